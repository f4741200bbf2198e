"""A span around each call where OpenTelemetry is installed, nothing where it is not."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from listing_runtime.call.order import Order
    from listing_runtime.types import Response

trace: Any
try:
    from opentelemetry import trace
except ImportError:
    trace = None

_FIRST_REFUSAL = 400

Note: TypeAlias = "Callable[[Response], Response]"


@contextmanager
def span(order: Order) -> Generator[Note, None, None]:
    """Open a span for an order; what it gives takes note of the response."""
    if trace is None:
        yield lambda response: response
        return
    parts = urlsplit(order.url)
    attributes = {
        "http.request.method": order.method,
        "url.full": order.url,
        "server.address": parts.hostname or "",
    }
    with trace.get_tracer(order.package).start_as_current_span(
        f"{order.method} {parts.path}", kind=trace.SpanKind.CLIENT, attributes=attributes
    ) as current:

        def note(response: Response) -> Response:
            current.set_attribute("http.response.status_code", response.status)
            if response.status >= _FIRST_REFUSAL:
                current.set_attribute("error.type", str(response.status))
            return response

        try:
            yield note
        except Exception as error:
            current.set_attribute("error.type", type(error).__name__)
            raise
