"""The one place that opens a connection: sends documented GET requests and records what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx
from attrs import frozen

from conformance.contract import Contract
from conformance.errors import BudgetSpent, TargetError
from conformance.exchange import Exchange, Request
from conformance.promises import Credential, Kind
from conformance.redaction import Redactor

Query = Sequence[tuple[str, str]]
MEGABYTE = 1_000_000


@frozen(kw_only=True)
class Limits:
    """What a target may cost."""

    requests: int | None = None
    """The most requests to one operation; no ceiling where None."""
    rate: float | None = None
    """The most requests per second; as fast as it goes where None."""
    timeout: float = 10.0
    """Seconds until an answer must be complete."""
    body: int = 64 * MEGABYTE
    """The most bytes of one body, decoded."""


class Target:
    """Where the exchanges of one operation go; a context manager that holds the connections."""

    def __init__(  # noqa: PLR0913 - a server, a secret, and how to treat both
        self,
        contract: Contract,
        base_url: str,
        *,
        secret: str,
        limits: Limits,
        trusted: bool = False,
        observe: Callable[[Exchange], None] = lambda _: None,
    ) -> None:
        self.contract = contract
        self.trusted = trusted
        """Whether the secret is known to be right, so that a refusal of it is the server's fault."""
        self.base_url = base_url.rstrip("/")
        self.sent = 0
        self.limits = limits
        self._secret = secret
        self._observe = observe
        self._next_slot = 0.0
        env = contract.credentials[0].env if contract.credentials else ""
        self._redactor = Redactor(secret, f"${env or 'TOKEN'}")
        self._client = _client(self.base_url, limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def credential(self) -> Credential | None:
        """The documented credential that the environment feeds; the first where none is fed."""
        fed = [credential for credential in self.contract.credentials if credential.env]
        return next(iter(fed or self.contract.credentials), None)

    def send(
        self,
        query: Query = (),
        *,
        credential: Credential | None = None,
        secret: str | None = None,
        anonymous: bool = False,
    ) -> Exchange:
        """Send one GET of the operation; raises TargetError without an answer, BudgetSpent above the ceiling.

        `credential` and `secret` replace the documented credential and its value; `anonymous` sends none.
        """
        credential = None if anonymous else credential or self.credential
        secret = self._secret if secret is None else secret
        headers = credential.headers(secret) if credential else {}
        extra = tuple(credential.query(secret).items()) if credential else ()
        self._take_slot()
        exchange = self._exchange(query, extra, headers)
        self._observe(exchange)
        return exchange

    def _take_slot(self) -> None:
        if self.limits.requests is not None and self.sent >= self.limits.requests:
            raise BudgetSpent(f"{self.sent} requests are spent", hint="Raise --max-requests to check more.")
        self.sent += 1
        if self.limits.rate is not None:
            now = time.monotonic()
            time.sleep(max(0.0, self._next_slot - now))
            self._next_slot = max(now, self._next_slot) + 1 / self.limits.rate

    def _exchange(self, query: Query, extra: Query, headers: Mapping[str, str]) -> Exchange:
        pairs = [*query, *extra]
        url = f"{self.base_url}{self.contract.path}" + (f"?{urlencode(pairs)}" if pairs else "")
        started = time.monotonic()
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                body = _read(response, deadline=started + self.limits.timeout, most=self.limits.body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise TargetError(self._redactor.text(_sentence(error, self.base_url)), hint=_hint(error)) from None
        return self._record(url, query, headers, response, body, time.monotonic() - started)

    def _record(  # noqa: PLR0913, PLR0917 - the parts of an exchange
        self,
        url: str,
        query: Query,
        headers: Mapping[str, str],
        response: httpx.Response,
        body: bytes,
        seconds: float,
    ) -> Exchange:
        shown, hidden = self._redactor.header, self._redactor.credential
        sent = tuple((name, hidden(value)) for name, value in headers.items())
        return Exchange(
            Request("GET", self._redactor.text(url), sent),
            response.status_code,
            httpx.Headers([(name, shown(name, value)) for name, value in response.headers.multi_items()]),
            self._redactor.data(body),
            seconds,
            tuple(query),
        )


def _client(base_url: str, limits: Limits) -> httpx.Client:
    try:
        httpx.URL(base_url)
        return httpx.Client(
            timeout=limits.timeout,
            follow_redirects=False,
            headers={"Accept": "application/json", "User-Agent": "sandbox-list-conformance"},
        )
    except (httpx.InvalidURL, ValueError) as error:
        raise TargetError(f"{base_url}: {error}", hint="Give an http:// or https:// address.") from None


def _read(response: httpx.Response, *, deadline: float, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        chunks.append(chunk)
        if size > most:
            raise httpx.DecodingError(f"the body is larger than {most // MEGABYTE} MB")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer was not complete in time")
    return b"".join(chunks)


def _sentence(error: Exception, base_url: str) -> str:
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return f"{base_url} did not answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"{base_url} cannot be reached: {error}"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"{base_url} broke off or did not speak HTTP: {error}"
    return f"{base_url} gave no usable answer: {error or type(error).__name__}"


def _hint(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Is the server overloaded, or --timeout too short?"
    return "Is the address right, and the server running?"


def alternatives(contract: Contract) -> list[Credential]:
    """Ways to send a credential that the contract does not document, to tell a switched scheme from a bad secret."""
    known = {(credential.kind, credential.name.lower()) for credential in contract.credentials}
    ways = ((Kind.BEARER, "Authorization"), (Kind.HEADER, "X-API-Key"), (Kind.HEADER, "Authorization"))
    return [
        Credential(scheme=f"{kind}:{name}", kind=kind, name=name, env="", pointer="/components/securitySchemes")
        for kind, name in ways
        if (kind, name.lower()) not in known
    ]
