"""Sends requests, sync and async."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import anyio
from listing_runtime.call.attempts import Attempts
from listing_runtime.call.body import receive, receive_async
from listing_runtime.call.deadline import DEADLINE, watch
from listing_runtime.call.failures import answer_in
from listing_runtime.call.http import HEADERS, new_async_client, new_client
from listing_runtime.call.span import span
from listing_runtime.errors import APIError, ClosedError
from listing_runtime.secret import SecretHeaders
from listing_runtime.types import Request

if TYPE_CHECKING:
    from listing_runtime.call.order import Order
    from listing_runtime.call.span import Noted
    from listing_runtime.recording.recording import Recording
    from listing_runtime.types import AsyncHTTPClient, HTTPClient, Response


class _Shared:
    """What both ways of sending have in common."""

    def __init__(self, own: object, agent: str, recording: Recording | None) -> None:
        self._own = own is None
        self._headers = SecretHeaders({} if self._own else HEADERS).and_of(_agent(own, agent))
        self._recording = recording
        self._closed = False

    def _built(self, client: Any, order: Order, noted: Noted) -> Any:  # noqa: ANN401 - of whichever HTTP library
        return client.build_request(
            order.method,
            order.full_url.value,
            headers=self._headers.and_of(noted.headers(), order.headers),
            timeout=order.timeout,
        )

    def _check_open(self, client: object, order: Order) -> None:
        if self._closed or getattr(client, "is_closed", False):
            request = Request(order.method, order.url)
            raise ClosedError("the client is closed; make a new one", request=request)

    def _keep(self, raw: Any, response: Response, order: Order) -> None:  # noqa: ANN401 - of whichever HTTP library
        if self._recording is not None:
            # A client that the user gave may have parameters of its own.
            url = str(getattr(raw, "url", order.url))
            self._recording.add(url, response, raw.headers.multi_items())

    def _close_recording(self) -> bool:
        """Close what is written; say whether connections are to be closed too."""
        if self._recording is not None:
            self._recording.close()
        first, self._closed = not self._closed, True
        return first and self._own


def _agent(given: object, agent: str) -> dict[str, str]:
    # A user's client that says who it is goes on doing so; a library's own name says nothing.
    known = str(getattr(given, "headers", {}).get("user-agent", ""))
    return {"User-Agent": agent} if not known or known.startswith("python-httpx") else {}


class Transport(_Shared):
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: HTTPClient | None, agent: str, recording: Recording | None) -> None:
        super().__init__(http_client, agent, recording)
        self._client: HTTPClient = new_client() if http_client is None else http_client
        watch(self._client)

    def send(self, order: Order) -> Response:
        """Send an order, again where that may help; the status is not judged."""
        attempts = Attempts(order)
        with span(order) as noted:
            wait: float | None = 0.0
            while wait is not None:
                if wait:  # even sleep(0) gives the processor away
                    time.sleep(wait)
                self._check_open(self._client, order)
                with attempts.one() as ends, DEADLINE.at(ends):
                    raw = self._once(order, noted)
                    response = attempts.answered(raw, receive(raw, most=order.most, ends=ends))
                    self._keep(raw, response, order)
                if attempts.error is not None:
                    self._check_open(self._client, order)
                wait = attempts.wait()
            return _outcome(attempts, noted)

    def _once(self, order: Order, noted: Noted) -> Any:  # noqa: ANN401 - a response of whichever HTTP library
        watch(self._client)
        try:
            # No redirects: a credential in a header of its own would go along to wherever they lead.
            request = self._built(self._client, order, noted)
            return self._client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:
            if (raw := answer_in(error)) is None:
                raise
            return raw

    def close(self) -> None:
        """Close the connections, once."""
        if self._close_recording():
            self._client.close()


class AsyncTransport(_Shared):
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: AsyncHTTPClient | None, agent: str, recording: Recording | None) -> None:
        super().__init__(http_client, agent, recording)
        self._first: AsyncHTTPClient | None = new_async_client() if http_client is None else http_client
        self._given = http_client
        self._by_loop: WeakKeyDictionary[Any, AsyncHTTPClient] = WeakKeyDictionary()

    def _client(self) -> AsyncHTTPClient:
        """Give the client of this event loop: connections do not live on in another one."""
        if self._given is not None:
            return self._given
        loop = _running_loop()
        client = self._by_loop.get(loop)
        if client is None:
            client, self._first = self._first or new_async_client(), None
            self._by_loop[loop] = client
        return client

    async def send(self, order: Order) -> Response:
        """Send an order, again where that may help; the status is not judged."""
        attempts = Attempts(order)
        with span(order) as noted:
            wait: float | None = 0.0
            while wait is not None:
                if wait:
                    await anyio.sleep(wait)
                self._check_open(self._given, order)
                with attempts.one(), anyio.fail_after(order.timeout):
                    raw = await self._once(order, noted)
                    response = attempts.answered(raw, await receive_async(raw, most=order.most, ends=math.inf))
                    self._keep(raw, response, order)
                if attempts.error is not None:
                    self._check_open(self._given, order)
                wait = attempts.wait()
            return _outcome(attempts, noted)

    async def _once(self, order: Order, noted: Noted) -> Any:  # noqa: ANN401 - a response of whichever HTTP library
        client = self._client()
        try:
            # No redirects: a credential in a header of its own would go along to wherever they lead.
            request = self._built(client, order, noted)
            return await client.send(request, auth=None, follow_redirects=False, stream=True)
        except Exception as error:
            if (raw := answer_in(error)) is None:
                raise
            return raw

    async def aclose(self) -> None:
        """Close the connections of this event loop, once; those of a loop that is gone went with it."""
        if self._close_recording():
            client = self._first or self._by_loop.get(_running_loop())
            if client is not None:
                await client.aclose()


def _running_loop() -> object:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        token: object = sys.modules["trio"].lowlevel.current_trio_token()
        return token


def _outcome(attempts: Attempts, noted: Noted) -> Response:
    try:
        return noted.response(attempts.outcome(), attempts.number)
    except APIError as error:
        noted.failure(error, attempts.number)
        raise
