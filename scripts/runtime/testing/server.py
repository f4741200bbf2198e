"""A server inside of the HTTP client: serves given items in pages, and refuses what the documentation refuses."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import anyio
import httpx
from listing_runtime.call.http import mock_async_client, mock_client
from listing_runtime.credential import carriers
from listing_runtime.errors import InvalidArgumentError
from listing_runtime.model.objects import Model
from listing_runtime.operation import Operation
from listing_runtime.testing.ordering import ordered
from listing_runtime.testing.pages import Pages, Query, last
from listing_runtime.testing.rows import rows_of
from listing_runtime.testing.selection import selected
from listing_runtime.wire import AsyncHTTPClient, HTTPClient

TOKEN = "test-token"  # noqa: S105 - of no account
URL = "http://testing.invalid"


class Seen(NamedTuple):
    """A request that the server saw; the credential is left out."""

    method: str
    path: str
    query: Mapping[str, list[str]]


class _Refusal(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """Serves items as the documentation says: its pages, filters, order, bounds and refusals."""

    def __init__(
        self, operation: Operation, model: type[Model], items: Iterable[Any], page_size: int, *, strict: bool
    ) -> None:
        if page_size < 1:
            raise InvalidArgumentError(f"page_size={page_size}: a page holds one item at least")
        self._operation = operation
        self._rows = rows_of(items, model, strict=strict)
        self._pages = Pages(operation, page_size)
        self._refusals: deque[_Refusal] = deque()
        self._delay = 0.0
        self._begun: dict[str, list[str]] = {}
        self.requests: list[Seen] = []
        """What was asked, in its order; each attempt counts."""

    def refuse(self, status: int, *, retry_after: float | None = None, body: object = None, times: int = 1) -> None:
        """Answer the next requests with a status; clients ask again after some of them, as they do in life."""
        headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
        self._refusals.extend([_Refusal(status, headers, json.dumps({} if body is None else body).encode())] * times)

    def delay(self, seconds: float) -> None:
        """Let every answer from now on take so long."""
        self._delay = seconds

    def http_client(self) -> HTTPClient:
        """Make an HTTP client that asks this server."""

        def handle(request: httpx.Request) -> httpx.Response:
            time.sleep(self._due(request))
            return self.answer(request)

        return mock_client(handle)

    def async_http_client(self) -> AsyncHTTPClient:
        """Make an async HTTP client that asks this server."""

        async def handle(request: httpx.Request) -> httpx.Response:
            await anyio.sleep(self._due(request))
            return self.answer(request)

        return mock_async_client(handle)

    def _due(self, request: httpx.Request) -> float:
        given = request.extensions.get("timeout", {}).get("read")
        if given is not None and self._delay > given:
            # A test of a timeout does not wait for it.
            raise httpx.ReadTimeout("the server was told to be slower than that", request=request)
        return self._delay

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, as a transport of `httpx` hands it on."""
        query = parse_qs(request.url.query.decode(), keep_blank_values=True)
        hidden = carriers(self._operation)
        shown = {name: values for name, values in query.items() if name not in hidden}
        self.requests.append(Seen(request.method, unquote(request.url.path), shown))
        if self._refusals:
            refusal = self._refusals.popleft()
            return _response(refusal.status, refusal.body, refusal.headers)
        if problem := self._invalid(shown):
            body = {"error": {"code": "invalid_parameter", "message": problem}}
            return _response(self._operation.invalid_status or 400, json.dumps(body).encode(), {})
        narrowing = self._narrowing(shown)
        rows = ordered(selected(self._rows, self._operation, narrowing), self._operation.order, narrowing)
        content, headers = self._pages.page(rows, shown)
        return _response(200, content, headers)

    def _narrowing(self, query: Query) -> Query:
        """Give what a query narrows the listing by: a cursor stands for what its walk was begun with."""
        narrowing = dict(query)
        for name in self._pages.cursors:
            if self._pages.is_cursor(last(query, name)):
                narrowing[name] = self._begun.get(name, [])
            else:
                self._begun[name] = query.get(name, [])
        return {name: texts for name, texts in narrowing.items() if texts}

    def _invalid(self, query: Query) -> str | None:
        """Say which value the documentation does not allow, where it says that such values are refused."""
        if self._operation.invalid_status is None:
            return None
        for parameter in self._operation.parameters:
            for text in query.get(parameter.name, []):
                if parameter.least is None and parameter.most is None and not parameter.numeric:
                    continue
                try:
                    number = float(text)
                except ValueError:
                    return f"{parameter.name}: {text!r} is no number"
                if number < (parameter.least or number) or number > (parameter.most or number):
                    return f"{parameter.name}: {text} is out of bounds"
        return None


def _response(status: int, content: bytes, headers: dict[str, str]) -> httpx.Response:
    return httpx.Response(status, content=content, headers={"Content-Type": "application/json"} | headers)
