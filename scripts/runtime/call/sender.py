"""What both ways of sending have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listing_runtime import __version__
from listing_runtime.call.http import HEADERS
from listing_runtime.errors import APIError, ClosedError
from listing_runtime.secret import SecretHeaders
from listing_runtime.wire import Request

if TYPE_CHECKING:
    from listing_runtime.call.attempts import Attempts
    from listing_runtime.call.body import Head
    from listing_runtime.call.order import Order
    from listing_runtime.call.span import Noted
    from listing_runtime.operation import Operation
    from listing_runtime.recording.recording import Recording
    from listing_runtime.wire import AsyncHTTPClient, HTTPClient, Response


class Sender:
    """What both ways of sending have in common."""

    def __init__(self, own: object, operation: Operation, recording: Recording | None) -> None:
        self._own = own is None
        self._headers = SecretHeaders({} if self._own else HEADERS).and_of(_agent(own, operation))
        self._recording = recording
        self._closed = False

    def _built(self, client: HTTPClient | AsyncHTTPClient, order: Order, noted: Noted) -> object:
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

    def _keep(self, raw: Head, response: Response, order: Order) -> None:
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


def _agent(given: object, operation: Operation) -> dict[str, str]:
    agent = f"{operation.package}/{operation.version} listing-runtime/{__version__}"
    # A user's client that says who it is goes on doing so; a library's own name says nothing.
    known = str(getattr(given, "headers", {}).get("user-agent", ""))
    return {"User-Agent": agent} if not known or known.startswith("python-httpx") else {}


def outcome(attempts: Attempts, noted: Noted) -> Response:
    """Give what came in the end, or raise why nothing did."""
    try:
        return noted.response(attempts.outcome(), attempts.number)
    except APIError as error:
        noted.failure(error, attempts.number)
        raise
