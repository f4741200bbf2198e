"""Sends requests, sync and async."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import anyio
from listing_runtime.call.attempts import Attempts
from listing_runtime.call.body import receive, receive_async
from listing_runtime.call.deadline import Deadline, watch
from listing_runtime.call.http import HEADERS, new_async_client, new_client
from listing_runtime.call.span import span
from listing_runtime.errors import ConfigurationError

if TYPE_CHECKING:
    from listing_runtime.call.body import AsyncIncoming, Incoming
    from listing_runtime.call.order import Order
    from listing_runtime.call.retries import Retries
    from listing_runtime.recording.recording import Recording
    from listing_runtime.types import AsyncHTTPClient, HTTPClient, Response


class Transport:
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: HTTPClient | None, retries: Retries, recording: Recording | None) -> None:
        self._own = http_client is None
        self._headers = {} if self._own else HEADERS
        self._client: HTTPClient = http_client or new_client()
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

    def _once(self, order: Order) -> Incoming:
        headers = self._headers | order.headers
        request = self._client.build_request(order.method, order.full_url, headers=headers, timeout=order.timeout)
        # No redirects: a credential in a header of its own would go along to wherever they lead.
        raw: Incoming = self._client.send(request, auth=None, follow_redirects=False, stream=True)
        return raw

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
        self._headers = {} if self._own else HEADERS
        self._client: AsyncHTTPClient = http_client or new_async_client()
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

    async def _once(self, order: Order) -> AsyncIncoming:
        headers = self._headers | order.headers
        request = self._client.build_request(order.method, order.full_url, headers=headers, timeout=order.timeout)
        # No redirects: a credential in a header of its own would go along to wherever they lead.
        raw: AsyncIncoming = await self._client.send(request, auth=None, follow_redirects=False, stream=True)
        return raw

    async def aclose(self) -> None:
        """Close the connections, once."""
        if self._recording is not None:
            self._recording.close()
        if self._own and not self._closed:
            await self._client.aclose()
        self._closed = True


def _sent_to(raw: object, order: Order) -> str:
    """Where a request went: a client that the user gave may have parameters of its own."""
    return str(getattr(raw, "url", order.full_url))


def _ensure_open(client: object, *, closed: bool) -> None:
    if closed or getattr(client, "is_closed", False):
        raise ConfigurationError("the client is closed; make a new one")
