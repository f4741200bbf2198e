"""Sends requests; the one module that knows the HTTP library."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
import httpx

from ._deadlines import Deadline, watch
from ._receiving import ACCEPTED, RefusedError, TooSlowError, receive, receive_async
from ._retries import RETRIED_STATUS, Retries, retry_after
from ._tracing import span
from .errors import APIConnectionError, APITimeoutError, ConfigurationError
from .types import Headers, Request, Response

if TYPE_CHECKING:
    from ._recording import Recording
    from .types import AsyncHTTPClient, HTTPClient

_HEADERS = {"Accept": "application/json", "Accept-Encoding": ACCEPTED}
"""Sent with every request: a client of ours is made with them, one that a user gave is told each time."""

_LOGGER = logging.getLogger(__package__)


class Order(NamedTuple):
    """A request that is ready to be sent."""

    method: str
    url: str
    """Without credentials: this is what errors and logs show."""
    secret_query: str
    """What a credential adds to the URL."""
    headers: dict[str, str]
    """Beside those that are sent with every request."""
    timeout: float
    """Seconds for one attempt."""
    most: int
    """Bytes of a body."""

    @property
    def shown(self) -> Request:
        """What may be shown of it."""
        return Request(self.method, self.url)

    @property
    def full_url(self) -> str:
        """Where it goes."""
        if not self.secret_query:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{self.secret_query}"


class Attempts:
    """The attempts at one order: what became of each, and whether there is another."""

    def __init__(self, order: Order, retries: Retries) -> None:
        self._order = order
        self._retries = retries
        self._number = 0
        self._waited = 0.0
        self._started = 0.0
        self._final = False
        self.response: Response | None = None
        self.error: APIConnectionError | None = None

    @contextmanager
    def one(self) -> Generator[float, None, None]:
        """Surround one sending, which is given the time by which it must be done; translate what it raises."""
        self.response = self.error = None
        self._started = time.perf_counter()
        request = self._order.shown
        try:
            yield self._started + self._order.timeout
        except (httpx.TimeoutException, TooSlowError, TimeoutError) as error:
            self._failed(APITimeoutError(f"no whole response within {self._order.timeout} s", request=request), error)
        except httpx.RequestError as error:
            self._failed(APIConnectionError(f"{type(error).__name__}: {error}", request=request), error)
        except RefusedError as error:
            self._final = True
            self._failed(APIConnectionError(str(error), request=request), error)
        except httpx.InvalidURL as error:
            raise ConfigurationError(f"{self._order.url}: {error}") from None

    def _failed(self, error: APIConnectionError, cause: Exception) -> None:
        error.__cause__ = cause
        self.error = error
        self._log(type(error).__name__)

    def answered(self, raw: Any, content: bytes) -> Response:  # noqa: ANN401 - a response of whichever HTTP library
        """Keep what came back."""
        elapsed = time.perf_counter() - self._started
        headers = Headers(raw.headers.multi_items())
        self.response = Response(raw.status_code, headers, content, elapsed, self._order.shown)
        self._log(str(self.response.status))
        return self.response

    def wait(self) -> float | None:
        """Give the seconds until the next attempt; None when this one was the last."""
        if self._final or (self.response is not None and self.response.status not in RETRIED_STATUS):
            return None
        asked = None if self.response is None else retry_after(self.response.headers)
        wait = self._retries.wait(self._number, self._waited, asked)
        self._number += 1
        self._waited += wait or 0.0
        return wait

    def outcome(self) -> Response:
        """Give the last response, or raise the last error."""
        if self.response is None:
            raise self.error or APIConnectionError("nothing was sent", request=self._order.shown)
        return self.response

    def _log(self, outcome: str) -> None:
        milliseconds = (time.perf_counter() - self._started) * 1000
        order = self._order
        _LOGGER.debug("%s %s %s %.0f ms, attempt %d", order.method, order.url, outcome, milliseconds, self._number + 1)


class Transport:
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: HTTPClient | None, retries: Retries, recording: Recording | None) -> None:
        self._own = http_client is None
        self._headers = {} if self._own else _HEADERS
        self._client: HTTPClient = http_client or httpx.Client(headers=_HEADERS)
        self._deadline = Deadline()
        if self._own:
            watch(self._client, self._deadline)
        self._retries = retries
        self._recording = recording
        self._closed = False

    def send(self, order: Order) -> Response:
        """Send an order, again where that may help; the status is not judged."""
        _ensure_open(self._client, closed=self._closed)
        attempts = Attempts(order, self._retries)
        with span(order) as note:
            wait: float | None = 0.0
            while wait is not None:
                if wait:  # even sleep(0) gives the processor away
                    time.sleep(wait)
                with attempts.one() as ends:
                    self._deadline.ends = ends
                    raw = self._once(order)
                    response = attempts.answered(raw, receive(raw, most=order.most, ends=ends))
                    if self._recording is not None:
                        self._recording.add(_sent_to(raw, order), response, raw.headers.multi_items())
                wait = attempts.wait()
            return note(attempts.outcome())

    def _once(self, order: Order) -> Any:  # noqa: ANN401 - a response of whichever HTTP library
        headers = self._headers | order.headers
        request = self._client.build_request(order.method, order.full_url, headers=headers, timeout=order.timeout)
        # No redirects: a credential in a header of its own would go along to wherever they lead.
        return self._client.send(request, auth=None, follow_redirects=False, stream=True)

    def close(self) -> None:
        """Close the connections, once."""
        if self._recording is not None:
            self._recording.close()
        if self._own and not self._closed:
            self._client.close()
        self._closed = True


class AsyncTransport:
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: AsyncHTTPClient | None, retries: Retries, recording: Recording | None) -> None:
        self._own = http_client is None
        self._headers = {} if self._own else _HEADERS
        self._client: AsyncHTTPClient = http_client or httpx.AsyncClient(headers=_HEADERS)
        self._retries = retries
        self._recording = recording
        self._closed = False

    async def send(self, order: Order) -> Response:
        """Send an order, again where that may help; the status is not judged."""
        _ensure_open(self._client, closed=self._closed)
        attempts = Attempts(order, self._retries)
        with span(order) as note:
            wait: float | None = 0.0
            while wait is not None:
                if wait:
                    await anyio.sleep(wait)
                with attempts.one(), anyio.fail_after(order.timeout):
                    raw = await self._once(order)
                    response = attempts.answered(raw, await receive_async(raw, most=order.most, ends=math.inf))
                    if self._recording is not None:
                        self._recording.add(_sent_to(raw, order), response, raw.headers.multi_items())
                wait = attempts.wait()
            return note(attempts.outcome())

    async def _once(self, order: Order) -> Any:  # noqa: ANN401 - a response of whichever HTTP library
        headers = self._headers | order.headers
        request = self._client.build_request(order.method, order.full_url, headers=headers, timeout=order.timeout)
        # No redirects: a credential in a header of its own would go along to wherever they lead.
        return await self._client.send(request, auth=None, follow_redirects=False, stream=True)

    async def aclose(self) -> None:
        """Close the connections, once."""
        if self._recording is not None:
            self._recording.close()
        if self._own and not self._closed:
            await self._client.aclose()
        self._closed = True


def _sent_to(raw: Any, order: Order) -> str:  # noqa: ANN401 - a response of whichever HTTP library
    """Where a request went: a client that the user gave may have parameters of its own."""
    return str(getattr(raw, "url", order.full_url))


def _ensure_open(client: object, *, closed: bool) -> None:
    if closed or getattr(client, "is_closed", False):
        raise ConfigurationError("the client is closed; make a new one")


def mock_client(answer: Callable[[dict[str, str]], tuple[bytes, dict[str, str]]]) -> HTTPClient:
    """Make an HTTP client that asks a function instead of a server."""
    return httpx.Client(transport=httpx.MockTransport(_handler(answer)))


def mock_async_client(answer: Callable[[dict[str, str]], tuple[bytes, dict[str, str]]]) -> AsyncHTTPClient:
    """Make an async HTTP client that asks a function instead of a server."""
    return httpx.AsyncClient(transport=httpx.MockTransport(_handler(answer)))


def _handler(
    answer: Callable[[dict[str, str]], tuple[bytes, dict[str, str]]],
) -> Callable[[httpx.Request], httpx.Response]:
    def handle(request: httpx.Request) -> httpx.Response:
        content, headers = answer(dict(request.url.params))
        return httpx.Response(200, content=content, headers={"Content-Type": "application/json"} | headers)

    return handle
