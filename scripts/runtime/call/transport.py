"""Sends requests, and waits for their responses."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from listing_runtime.call.attempts import Attempts
from listing_runtime.call.body import receive
from listing_runtime.call.deadline import DEADLINE, watch
from listing_runtime.call.failures import answer_in
from listing_runtime.call.http import new_client
from listing_runtime.call.sender import Sender, outcome
from listing_runtime.call.span import span

if TYPE_CHECKING:
    from listing_runtime.call.body import Incoming
    from listing_runtime.call.order import Order
    from listing_runtime.call.span import Noted
    from listing_runtime.operation import Operation
    from listing_runtime.recording.recording import Recording
    from listing_runtime.wire import HTTPClient, Response


class Transport(Sender):
    """Sends with a client of its own, or with one that the user gave and closes."""

    def __init__(self, http_client: HTTPClient | None, operation: Operation, recording: Recording | None) -> None:
        super().__init__(http_client, operation, recording)
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
            return outcome(attempts, noted)

    def _once(self, order: Order, noted: Noted) -> Incoming:
        watch(self._client)
        try:
            # No redirects: a credential in a header of its own would go along to wherever they lead.
            # Nor is the request named here: its representation shows a credential in the query.
            raw: Incoming = self._client.send(
                self._built(self._client, order, noted), auth=None, follow_redirects=False, stream=True
            )
        except Exception as error:
            if (answer := answer_in(error)) is None:
                raise
            return cast("Incoming", answer)
        return raw

    def close(self) -> None:
        """Close the connections, once."""
        if self._close_recording():
            self._client.close()
