"""What goes over the wire, as plain values that know nothing of the HTTP library, and what was set aside of it."""

from __future__ import annotations

from listing_runtime.model.pages import Skipped
from listing_runtime.wire import (
    JSON,
    AsyncHTTPClient,
    Detailed,
    Headers,
    HTTPClient,
    OnInvalid,
    Request,
    Response,
    Resume,
)

__all__ = [
    "JSON",
    "AsyncHTTPClient",
    "Detailed",
    "HTTPClient",
    "Headers",
    "OnInvalid",
    "Request",
    "Response",
    "Resume",
    "Skipped",
]
