"""Sends requests whose responses are awaited."""

from __future__ import annotations

import asyncio
import math
import sys
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

import anyio
from listing_runtime.call.attempts import Attempts
from listing_runtime.call.body import receive_async
from listing_runtime.call.failures import answer_in
from listing_runtime.call.http import new_async_client
from listing_runtime.call.sender import Sender, outcome
from listing_runtime.call.span import span

if TYPE_CHECKING:
    from listing_runtime.call.body import AsyncIncoming
    from listing_runtime.call.order import Order
    from listing_runtime.call.span import Noted
    from listing_runtime.operation import Operation
    from listing_runtime.recording.recording import Recording
    from listing_runtime.wire import AsyncHTTPClient, Response


class AsyncTransport(Sender):
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: AsyncHTTPClient | None, operation: Operation, recording: Recording | None) -> None:
        super().__init__(http_client, operation, recording)
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
            return outcome(attempts, noted)

    async def _once(self, order: Order, noted: Noted) -> AsyncIncoming:
        client = self._client()
        try:
            # No redirects: a credential in a header of its own would go along to wherever they lead.
            # Nor is the request named here: its representation shows a credential in the query.
            raw: AsyncIncoming = await client.send(
                self._built(client, order, noted), auth=None, follow_redirects=False, stream=True
            )
        except Exception as error:
            if (answer := answer_in(error)) is None:
                raise
            return cast("AsyncIncoming", answer)
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
