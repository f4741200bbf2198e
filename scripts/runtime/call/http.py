"""The one module that knows the HTTP library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import httpx
from listing_runtime.call.body import ACCEPTED
from listing_runtime.types import AsyncHTTPClient, HTTPClient

HEADERS = {"Accept": "application/json", "Accept-Encoding": ACCEPTED}
"""Sent with every request: a client of ours is made with them, one that a user gave is told each time."""

TIMEOUTS = (httpx.TimeoutException,)
FAILURES = (httpx.RequestError,)
UNSENDABLE = (httpx.InvalidURL,)
"""What the library raises: nothing in time, no response, no request."""

Answer: TypeAlias = Callable[[dict[str, str]], tuple[bytes, dict[str, str]]]
"""From the query of a request to a body and headers."""


def new_client() -> HTTPClient:
    """Make an HTTP client."""
    return httpx.Client(headers=HEADERS)


def new_async_client() -> AsyncHTTPClient:
    """Make an async HTTP client."""
    return httpx.AsyncClient(headers=HEADERS)


def mock_client(answer: Answer) -> HTTPClient:
    """Make an HTTP client that asks a function instead of a server."""
    return httpx.Client(transport=httpx.MockTransport(_handler(answer)))


def mock_async_client(answer: Answer) -> AsyncHTTPClient:
    """Make an async HTTP client that asks a function instead of a server."""
    return httpx.AsyncClient(transport=httpx.MockTransport(_handler(answer)))


def _handler(answer: Answer) -> Callable[[httpx.Request], httpx.Response]:
    def handle(request: httpx.Request) -> httpx.Response:
        content, headers = answer(dict(request.url.params))
        return httpx.Response(200, content=content, headers={"Content-Type": "application/json"} | headers)

    return handle
