"""Where the exchanges of one operation go: documented GET requests, each with documented credentials."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self
from weakref import WeakKeyDictionary

import httpx

from conformance.exchange import Exchange
from conformance.privacy.secrets import Redactor, names_secret
from conformance.spec.contract import Contract
from conformance.spec.credential import Carried, Credential, Kind, Requirement, Secrets, merged
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
        secret: Secrets,
        limits: Limits,
        others: Mapping[str, str] | None = None,
        trusted: bool = False,
        authorities: ssl.SSLContext | bool = True,
        transport: httpx.AsyncBaseTransport | None = None,
        observe: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self.contract = contract
        self.trusted = trusted
        """Whether the secret is known to be right, so that a refusal of it is the server's fault."""
        self.limits = limits
        self._secrets = _by_scheme(contract, secret)
        self._others = dict(others or {})
        self.requirement = next(filter(self.holds, contract.security), None)
        """The documented credentials that are sent: the first that are fed, or those that were found to be accepted."""
        self._observe = observe
        self._history: WeakKeyDictionary[Exchange, tuple[Sent, float]] = WeakKeyDictionary()
        self._redactor = self._hides()
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
    def carried(self) -> tuple[Carried, ...]:
        """What a request carries that is told nothing else."""
        return self.carrying(self.requirement) if self.requirement else ()

    def carrying(self, requirement: Requirement) -> tuple[Carried, ...]:
        """Documented credentials, each with its secret; those that nothing feeds are left out."""
        return tuple(
            Carried(one, self._secrets[one.scheme]) for one in requirement.credentials if one.scheme in self._secrets
        )

    @property
    def carried_by_another(self) -> tuple[Carried, ...]:
        """The same credentials of somebody else; nothing where not all of them are known."""
        known = [one.credential for one in self.carried]
        whole = all(one.scheme in self._others for one in known)
        return tuple(Carried(one, self._others[one.scheme]) for one in known) if whole else ()

    def holds(self, requirement: Requirement) -> bool:
        """Whether each of these credentials is fed."""
        return requirement.schemes <= self._secrets.keys()

    def alternatives(self) -> list[Requirement]:
        """The other documented ones that are fed."""
        return [one for one in self.contract.security if one != self.requirement and self.holds(one)]

    def settle(self, requirement: Requirement) -> None:
        """Send other documented credentials from now on."""
        self.requirement = requirement

    def _hides(self) -> Redactor:
        """What hides every secret, those that are sent first.

        What stands beside one and is not named like one, such as an account's id, may stand in items, which are judged.
        """
        first = {one.credential.scheme for one in self.carried}
        known = {one.scheme: one for one in self.contract.credentials}
        hidden = set(self._secrets) - _told(self.contract.security)
        order = sorted(filter(hidden.__contains__, self._secrets), key=lambda scheme: scheme not in first)
        named = [(self._secrets[one], _variable(known.get(one))) for one in order]
        others = {one: self._others[one] for one in self._others.keys() - _told(self.contract.security)}
        named += [(secret, _other_variable(known[scheme])) for scheme, secret in sorted(others.items())]
        (secret, placeholder), *beside = named or [("", _variable(None))]
        return Redactor(secret, placeholder, self.contract.documented_headers, tuple(beside))

    @property
    def sent(self) -> int:
        """How many requests were sent."""
        return self._attempts.made

    @property
    def left(self) -> int | None:
        """How many requests may still be sent; None where there is no ceiling."""
        return None if self.limits.requests is None else max(0, self.limits.requests - self.sent)

    def send(self, query: Query = (), *, carried: Sequence[Carried] | None = None, observed: bool = True) -> Exchange:
        """Send one GET of the operation; raises TargetError without an answer, BudgetSpent above the ceiling.

        `carried` replaces the documented credentials; an empty one sends none. An answer that asks for patience is no
        answer: the request is sent again after the pause that it asks for. A failure that may pass is asked about once
        more, and the second answer counts. One that is not `observed` is no part of what the run saw of the listing.
        """
        held = self.carried if carried is None else carried
        fixed = self.contract.fixed_headers
        told = {name: self._redactor.header(name, value) for name, value in fixed.items()}
        named = [(one, self._stands_for(one)) for one in held]
        return self._settled(
            Sent(
                self.contract.carried(query),
                tuple(pair for one in held for pair in one.credential.query(one.secret).items()),
                fixed | merged(one.credential.headers(one.secret) for one in held),
                tuple(pair for one, name in named for pair in one.credential.query(name or one.secret).items()),
                told | merged(_shown(one, name) for one, name in named),
            ),
            self._observe if observed else None,
        )

    def repeat(self, exchange: Exchange) -> Exchange:
        """Send once more what was sent for an exchange, with the credential that it had."""
        return self._settled(self._history[exchange][0], self._observe)

    def age(self, exchange: Exchange) -> float:
        """How many seconds ago an answer came."""
        return self.limits.clock.now() - self._history[exchange][1]

    def wait(self, seconds: float) -> bool:
        """Let time pass; False where it is more than a server may ask for at once."""
        return self.limits.clock.wait(seconds, most=self.limits.patience.pause)

    def _stands_for(self, one: Carried) -> str:
        """The variable that stands for a secret of ours; empty for what is none."""
        if self._secrets.get(one.credential.scheme) == one.secret:
            return _variable(one.credential)
        if self._others.get(one.credential.scheme) == one.secret:
            return _other_variable(one.credential)
        fed = (each for each in self.contract.credentials if self._secrets.get(each.scheme) == one.secret)
        return next(map(_variable, fed), "")

    def _settled(self, sent: Sent, observe: Callable[[Exchange], None] | None) -> Exchange:
        def keep(exchange: Exchange) -> None:
            self._history[exchange] = sent, self.limits.clock.now()
            if observe is not None:
                observe(exchange)

        exchange = self._attempts.settled(sent, keep)
        keep(exchange)
        return exchange


def _by_scheme(contract: Contract, secret: Secrets) -> dict[str, str]:
    """The secrets by scheme; one alone feeds the first alternative that something may feed."""
    if not isinstance(secret, str):
        return dict(secret)
    fed = [one for one in contract.security if one.is_fed]
    first = next(iter(fed or contract.security), Requirement(()))
    return {one.scheme: secret for one in first.credentials} or {"": secret}


def _shown(one: Carried, name: str) -> dict[str, str]:
    """The headers of a credential with a variable in the place of its secret; without one as they are."""
    return one.credential.shown(name) if name else one.credential.headers(one.secret)


def _other_variable(credential: Credential) -> str:
    """What stands for the secret of somebody else."""
    return f"${credential.other_env or 'TOKEN'}"


def _variable(credential: Credential | None) -> str:
    """What stands for a secret: the variable that a shell fills in."""
    return f"${(credential.env if credential else '') or 'TOKEN'}"


def answered_by(application: Callable[..., Coroutine[None, None, None]]) -> httpx.AsyncBaseTransport:
    """A transport that asks an ASGI application in this process; where it crashes, the answer is a 500."""
    return httpx.ASGITransport(application, raise_app_exceptions=False)


def _told(security: Iterable[Requirement]) -> set[str]:
    """The schemes that are no secret: wherever they count, something beside them is one."""
    guarded = {one.scheme for each in security if any(map(_is_secret, each.credentials)) for one in each.credentials}
    alone = {one.scheme for each in security if not any(map(_is_secret, each.credentials)) for one in each.credentials}
    secret = {one.scheme for each in security for one in each.credentials if _is_secret(one)}
    return guarded - alone - secret


def _is_secret(credential: Credential) -> bool:
    """Whether it is one by its kind or its name."""
    return credential.kind is not Kind.HEADER or names_secret(credential.name)
