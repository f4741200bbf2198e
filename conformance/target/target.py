"""The one place that opens a connection: sends documented GET requests and records what came back."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx
from anyio.from_thread import start_blocking_portal

from conformance.errors import BudgetSpent, TargetError
from conformance.exchange import Exchange, Request
from conformance.privacy.secrets import Redactor
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential
from conformance.target.body import MEGABYTE, TooMuch, read, weight
from conformance.target.connections import connections
from conformance.target.failures import explained
from conformance.target.limits import Limits
from conformance.target.patience import asks_to_wait, pause

Query = Sequence[tuple[str, str]]
Headers = tuple[Mapping[str, str], Mapping[str, str]]
MOST_SILENCE = 5
"""Requests in a row without an answer, after which none is sent any more."""


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
        self.base_url = base_url.rstrip("/")
        self.sent = 0
        self.limits = limits
        self._secret = secret
        self._others = dict(others or {})
        self._credential = self._first()
        self._observe = observe
        self._waited = 0.0
        self._silence = self._bytes = self._values = 0
        beside = tuple((held, _variable(known)) for known, held in self.alternatives())
        self._redactor = Redactor(secret, _variable(self._credential), contract.documented_headers, beside)
        self._client = self._connections(transport, authorities=authorities)
        self._stack = ExitStack()

    def _connections(
        self, transport: httpx.AsyncBaseTransport | None, *, authorities: ssl.SSLContext | bool
    ) -> httpx.AsyncClient:
        """The connections; with a `transport` there are none: it answers, from an application in this process say."""
        return connections(
            self.base_url,
            timeout=self.limits.timeout,
            verify=authorities,
            transport=transport,
            trust_env=not self.trusted,
        )

    def __enter__(self) -> Self:
        """Start the loop in a thread of its own: whoever runs a check may run in a loop already."""
        self._portal = self._stack.enter_context(start_blocking_portal())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            self._portal.call(self._client.aclose)

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
        that asks for patience is no answer: the request is sent again after the pause that it asks for.
        """
        credential = None if anonymous else credential or self.credential
        secret = self._secret if secret is None else secret
        headers = self._headers(credential, secret)
        extra = tuple(credential.query(secret).items()) if credential else ()
        query = self.contract.carried(query)
        for attempt in range(self.limits.patience.attempts):
            exchange = self._once(query, extra, headers)
            if not asks_to_wait(exchange.status, exchange.headers):
                self._observe(exchange)
                return exchange
            self._wait(pause(exchange.headers, attempt))
        raise TargetError(
            f"{self.base_url} answered {exchange.status} {self.limits.patience.attempts} times in a row",
            hint="Run again later, or with a lower --rate.",
        )

    def _headers(self, credential: Credential | None, secret: str) -> Headers:
        """What carries a credential, as it is sent and as it is shown; what is no secret is shown as it is sent."""
        sent = credential.headers(secret) if credential else {}
        return sent, credential.shown(self._redactor.placeholder) if credential and secret == self._secret else sent

    def _once(self, query: Query, extra: Query, headers: Headers) -> Exchange:
        if self._silence >= MOST_SILENCE:
            hint = "Is the server still running, and --timeout long enough?"
            raise TargetError(f"{self._silence} requests in a row got no answer; no more are sent", hint=hint)
        self._take_slot()
        self._silence += 1
        exchange = self._exchange(query, extra, headers)
        self._silence = 0
        return exchange

    def _take_slot(self) -> None:
        if self.limits.requests is not None and self.sent >= self.limits.requests:
            raise BudgetSpent(f"{self.sent} requests are spent", hint="Raise --max-requests to check more.")
        self.sent += 1
        if self.limits.rate is not None:
            self.limits.pace.wait(self.base_url, self.limits.rate)

    def _wait(self, seconds: float) -> None:
        patience = self.limits.patience
        self._waited += seconds
        if seconds > patience.pause or self._waited > patience.total:
            raise TargetError(
                f"{self.base_url} asks to wait {seconds:.0f} s, {self._waited:.0f} s in all", hint="Run again later."
            )
        time.sleep(seconds)

    def _exchange(self, query: Query, extra: Query, headers: Headers) -> Exchange:
        started = time.monotonic()
        try:
            url = self._url([*query, *extra])
            response, body = self._awaited(url, headers[0])
            self._keep(body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            told = explained(error, self.base_url)
            raise TargetError(self._redactor.text(str(told)), hint=told.hint) from None
        return self._record(query, extra, headers, response, body, time.monotonic() - started)

    def _awaited(self, url: str, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer; whoever interrupts the wait for it does not wait until it comes."""
        answer = self._portal.start_task_soon(self._answer, url, headers)
        try:
            return answer.result()
        except KeyboardInterrupt:
            answer.cancel()
            raise

    def _url(self, pairs: Query) -> str:
        return f"{self.base_url}{self.contract.path}" + (f"?{urlencode(pairs)}" if pairs else "")

    async def _answer(self, url: str, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The whole answer in time, however slowly its head or its body trickles."""
        async with asyncio.timeout(self.limits.timeout), self._client.stream("GET", url, headers=headers) as response:
            return response, await read(response, self.limits.bounds)

    def _keep(self, body: bytes) -> None:
        self._bytes += len(body)
        self._values += weight(body)
        if self._bytes > self.limits.bodies or self._values > self.limits.values:
            raise TooMuch(f"all answers together hold {self._bytes / MEGABYTE:.0f} MB, more than a run keeps")

    def _record(  # noqa: PLR0913, PLR0917 - the parts of an exchange
        self,
        query: Query,
        extra: Query,
        headers: Headers,
        response: httpx.Response,
        body: bytes,
        seconds: float,
    ) -> Exchange:
        shown, hidden = self._redactor.header, self._redactor.credential
        given = response.headers.multi_items()
        pairs = [*query, *((name, hidden(value)) for name, value in extra)]
        return Exchange(
            Request(
                "GET",
                self._redactor.url(self._url(pairs)),
                tuple((name, hidden(value)) for name, value in headers[1].items()),
            ),
            response.status_code,
            httpx.Headers([(name, shown(name, value)) for name, value in given], encoding="utf-8"),
            self._redactor.data(body),
            seconds,
            tuple(query),
        )


def _variable(credential: Credential | None) -> str:
    """What stands for a secret: the variable that a shell fills in."""
    return f"${(credential.env if credential else '') or 'TOKEN'}"


def answered_by(application: Callable[..., Coroutine[None, None, None]]) -> httpx.AsyncBaseTransport:
    """A transport that asks an ASGI application in this process; where it crashes, the answer is a 500."""
    return httpx.ASGITransport(application, raise_app_exceptions=False)
