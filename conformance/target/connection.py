"""The connections to one server: a request goes out, and what came back is an exchange without secrets."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx
from attrs import field, frozen

from conformance.errors import TargetError
from conformance.exchange import Exchange, Request
from conformance.privacy.secrets import Redactor
from conformance.spec.contract import Contract
from conformance.spec.row_text import with_objects
from conformance.target.bodies import Bodies
from conformance.target.body import read
from conformance.target.failures import explained
from conformance.target.http_client import connections
from conformance.target.limits import Limits
from conformance.target.loop import Loop
from conformance.target.memory import give_back

Query = Sequence[tuple[str, str]]


@frozen
class Sent:
    """A request: its query, and what carries credentials there and in the headers, as it is sent and as it is shown."""

    query: tuple[tuple[str, str], ...]
    extra: Query = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    shown_extra: Query
    shown_headers: Mapping[str, str]


class Connection:
    """Asks one server for one operation; a context manager."""

    def __init__(  # noqa: PLR0913 - a server, and how to treat it
        self,
        contract: Contract,
        base_url: str,
        *,
        limits: Limits,
        redactor: Redactor,
        trusted: bool,
        authorities: ssl.SSLContext | bool,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._address = self.base_url + contract.address
        self._limits = limits
        self._redactor = redactor
        self._bodies = Bodies(limits)
        self._client = self._opened(transport, authorities=authorities, trusted=trusted)
        self._loop = Loop()
        self._contract = contract

    def _opened(
        self, transport: httpx.AsyncBaseTransport | None, *, authorities: ssl.SSLContext | bool, trusted: bool
    ) -> httpx.AsyncClient:
        """The client; with a `transport` nothing is opened: it answers, from an application in this process say."""
        give_back()
        timeout = self._limits.timeout
        return connections(
            self.base_url, timeout=timeout, verify=authorities, transport=transport, trust_env=not trusted
        )

    def __enter__(self) -> Self:
        """Start the loop in a thread of its own: whoever runs a check may run in a loop already."""
        self._loop.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._loop.soon(self._client.aclose()).result()
        finally:
            self._loop.__exit__(kind, error, trace)

    def ask(self, sent: Sent) -> Exchange:
        """Send a request once; raises TargetError where no whole answer comes, or more than is taken in."""
        started = time.monotonic()
        try:
            response, answered = self._awaited(self._url([*sent.query, *sent.extra]), sent.headers)
            body = self._bodies.kept(self._redactor.data(answered))
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            told = explained(error, self.base_url)
            raise TargetError(self._redactor.text(str(told)), hint=told.hint) from None
        return self._recorded(sent, response, body, time.monotonic() - started)

    def _awaited(self, url: str, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer; whoever interrupts the wait for it does not wait until it comes."""
        answer = self._loop.soon(self._answer(url, headers))
        try:
            return answer.result()
        except KeyboardInterrupt:
            answer.cancel()
            raise

    async def _answer(self, url: str, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The whole answer in time, however slowly its head or its body trickles."""
        async with asyncio.timeout(self._limits.timeout), self._client.stream("GET", url, headers=headers) as response:
            return response, await read(response, self._limits.bounds)

    def _url(self, pairs: Query) -> str:
        return self._address + (f"?{urlencode(pairs)}" if pairs else "")

    def _recorded(self, sent: Sent, response: httpx.Response, body: bytes, seconds: float) -> Exchange:
        called, shown, hidden = self._redactor.header_name, self._redactor.header, self._redactor.credential
        given = response.headers.multi_items()
        pairs = [*sent.query, *((name, hidden(value)) for name, value in sent.shown_extra)]
        return Exchange(
            Request(
                "GET",
                self._redactor.url(self._url(pairs)),
                tuple((name, hidden(value)) for name, value in sent.shown_headers.items()),
            ),
            response.status_code,
            httpx.Headers([(called(name), shown(name, value)) for name, value in given], encoding="utf-8"),
            with_objects(self._contract, body),
            seconds,
            sent.query,
            original=None if self._contract.rows is None else body,
        )
