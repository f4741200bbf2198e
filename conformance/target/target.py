"""Where the exchanges of one operation go: documented GET requests, each with a documented credential."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Self
from weakref import WeakKeyDictionary

import httpx

from conformance.exchange import Exchange
from conformance.privacy.secrets import Redactor
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential
from conformance.target.attempts import Attempts
from conformance.target.connection import Connection, Query, Sent
from conformance.target.limits import Limits
from conformance.target.passing import PAUSE


class Target:
    """Where the exchanges of one operation go; a context manager that holds the connections."""

    def __init__(  # noqa: PLR0913 - a server, a secret, and how to treat both
        self,
        contract: Contract,
        base_url: str,
        *,
        secret: str,
        others: Mapping[str, str] | None = None,
        limits: Limits,
        trusted: bool = False,
        authorities: ssl.SSLContext | bool = True,
        transport: httpx.AsyncBaseTransport | None = None,
        observe: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self.contract = contract
        self.trusted = trusted
        """Whether the secret is known to be right, so that a refusal of it is the server's fault."""
        self.limits = limits
        self._secret = secret
        self._others = dict(others or {})
        self._credential = self._first()
        self._observe = observe
        self._history: WeakKeyDictionary[Exchange, Sent] = WeakKeyDictionary()
        beside = tuple((held, _variable(known)) for known, held in self.alternatives())
        self._redactor = Redactor(secret, _variable(self._credential), contract.documented_headers, beside)
        self._connection = Connection(
            contract,
            base_url,
            limits=limits,
            redactor=self._redactor,
            trusted=trusted,
            authorities=authorities,
            transport=transport,
        )
        self._attempts = Attempts(contract, self._connection, limits, rest=0.0 if trusted else PAUSE)

    def __enter__(self) -> Self:
        """Open the connections."""
        self._connection.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.__exit__(kind, error, trace)

    @property
    def credential(self) -> Credential | None:
        """The documented credential that is sent: the first that is fed, or the one that was found to be accepted."""
        return self._credential

    def _first(self) -> Credential | None:
        known = [credential for credential in self.contract.credentials if credential.scheme not in self._others]
        fed = [credential for credential in known if credential.env]
        return next(iter(fed or known or self.contract.credentials), None)

    def alternatives(self) -> list[tuple[Credential, str]]:
        """The other documented credentials, each with the secret that feeds it."""
        known = [credential for credential in self.contract.credentials if credential != self._credential]
        return [(one, self._others[one.scheme]) for one in known if one.scheme in self._others]

    def settle(self, credential: Credential, secret: str) -> None:
        """Send another documented credential from now on."""
        self._credential, self._secret = credential, secret

    @property
    def sent(self) -> int:
        """How many requests were sent."""
        return self._attempts.made

    @property
    def left(self) -> int | None:
        """How many requests may still be sent; None where there is no ceiling."""
        return None if self.limits.requests is None else max(0, self.limits.requests - self.sent)

    def send(
        self,
        query: Query = (),
        *,
        credential: Credential | None = None,
        secret: str | None = None,
        anonymous: bool = False,
    ) -> Exchange:
        """Send one GET of the operation; raises TargetError without an answer, BudgetSpent above the ceiling.

        `credential` and `secret` replace the documented credential and its value; `anonymous` sends none. An answer
        that asks for patience is no answer: the request is sent again after the pause that it asks for. A failure that
        may pass is asked about once more, and the second answer counts.
        """
        credential = None if anonymous else credential or self.credential
        secret = self._secret if secret is None else secret
        extra = tuple(credential.query(secret).items()) if credential else ()
        return self._settled(Sent(self.contract.carried(query), extra, *self._headers(credential, secret)))

    def repeat(self, exchange: Exchange) -> Exchange:
        """Send once more what was sent for an exchange, with the credential that it had."""
        return self._settled(self._history[exchange])

    def _headers(self, credential: Credential | None, secret: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What every request and a credential have, as it is sent and as it is shown: what is no secret, as it is."""
        fixed = self.contract.fixed_headers
        sent = credential.headers(secret) if credential else {}
        own = credential is not None and secret == self._secret
        shown = credential.shown(self._redactor.placeholder) if credential and own else sent
        told = {name: self._redactor.header(name, value) for name, value in fixed.items()}
        return fixed | dict(sent), told | dict(shown)

    def _settled(self, sent: Sent) -> Exchange:
        def keep(exchange: Exchange) -> None:
            self._history[exchange] = sent
            self._observe(exchange)

        exchange = self._attempts.settled(sent, keep)
        keep(exchange)
        return exchange


def _variable(credential: Credential | None) -> str:
    """What stands for a secret: the variable that a shell fills in."""
    return f"${(credential.env if credential else '') or 'TOKEN'}"


def answered_by(application: Callable[..., Coroutine[None, None, None]]) -> httpx.AsyncBaseTransport:
    """A transport that asks an ASGI application in this process; where it crashes, the answer is a 500."""
    return httpx.ASGITransport(application, raise_app_exceptions=False)
