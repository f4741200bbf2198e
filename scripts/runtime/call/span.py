"""A span around each call where OpenTelemetry is installed, nothing where it is not."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from listing_runtime.call.order import Order
    from listing_runtime.wire import Response

trace: Any
propagate: Any
try:
    from opentelemetry import propagate, trace
except ImportError:
    trace = propagate = None

_FIRST_REFUSAL = 400


class Noted:
    """What a span takes note of, and what it adds to the request; by itself it does nothing."""

    def headers(self) -> dict[str, str]:
        """Give the headers that let the server's spans join."""
        return {}

    def response(self, response: Response, attempts: int) -> Response:
        """Take note of what came in the end."""
        del attempts
        return response

    def failure(self, error: Exception, attempts: int) -> None:
        """Take note that nothing came."""


class _Propagated(Noted):
    """Nothing to note, where the program records no spans; what it propagates goes along all the same."""

    def headers(self) -> dict[str, str]:
        """Give `traceparent` and whatever else the program propagates."""
        carried: dict[str, str] = {}
        propagate.inject(carried)
        return carried


class _Span(_Propagated):
    """Notes in a span of OpenTelemetry."""

    def __init__(self, current: object) -> None:
        self._current: Any = current

    def response(self, response: Response, attempts: int) -> Response:
        """Set the status, which is an error where the server refused."""
        self._current.set_attribute("http.response.status_code", response.status)
        if response.status >= _FIRST_REFUSAL:
            self._failed(str(response.status))
        self._count(attempts)
        return response

    def failure(self, error: Exception, attempts: int) -> None:
        """Set the error's class; its text may hold what the caller filters by."""
        self._failed(type(error).__name__)
        self._count(attempts)

    def _failed(self, kind: str) -> None:
        self._current.set_attribute("error.type", kind)
        self._current.set_status(trace.StatusCode.ERROR)

    def _count(self, attempts: int) -> None:
        if attempts > 1:
            self._current.set_attribute("http.request.resend_count", attempts - 1)


_NOTHING, _PROPAGATED = Noted(), _Propagated()


def _records() -> bool:
    """Whether there is somebody to record a span, or one that a span would be a part of."""
    provider = trace.get_tracer_provider()
    return not isinstance(provider, trace.ProxyTracerProvider) or trace.get_current_span() is not trace.INVALID_SPAN


@contextmanager
def span(order: Order) -> Generator[Noted, None, None]:
    """Open a span for an order; the values that the caller filters by stay out of it."""
    if trace is None:
        yield _NOTHING
        return
    if not _records():
        # Libraries bring the interface of OpenTelemetry along: a span that nobody sees costs as much as the request.
        yield _PROPAGATED
        return
    parts = urlsplit(order.url)
    attributes: dict[str, Any] = {
        "http.request.method": order.method,
        "url.full": parts._replace(query="").geturl(),
        "server.address": parts.hostname or "",
    }
    if parts.port:
        attributes["server.port"] = parts.port
    with trace.get_tracer(order.package).start_as_current_span(
        f"{order.method} {parts.path}",
        kind=trace.SpanKind.CLIENT,
        attributes=attributes,
        # Their text would hold the query.
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        yield _Span(current)
