"""A small proxy before a server, that lies in one way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from wild.server import Server

Pairs = list[tuple[str, str]]
DROPPED = {"transfer-encoding", "content-encoding", "content-length", "connection", "host", "accept-encoding", "date"}
FAULTS = ("drop the last item", "ignore a filter", "rename a field", "refuse following pages")
REFUSED = 400


def applicable(server: Server) -> list[str]:
    """The faults that this server can be made to show; a whole listing that nothing counts shows no lost item."""
    paged = server.lies.following
    has = {FAULTS[0]: paged, FAULTS[1]: server.lies.ignored, FAULTS[3]: paged}
    return [name for name in FAULTS if has.get(name, True)]


@contextmanager
def lying(server: Server, upstream: str, fault: str) -> Iterator[str]:
    """Forward to a server while the context lasts, with one fault; gives the address of the API."""
    parts = urlsplit(upstream)
    with httpx.Client(base_url=f"{parts.scheme}://{parts.netloc}", timeout=60) as client:
        handler = type("Handler", (_Handler,), {"client": client, "server_known": server, "fault": fault})
        httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}{parts.path}"
        finally:
            httpd.shutdown()
            httpd.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    client: httpx.Client
    server_known: Server
    fault: str

    def do_GET(self) -> None:
        """Forward a request, and lie."""
        parts, lies = urlsplit(self.path), self.server_known.lies
        query = parse_qsl(parts.query, keep_blank_values=True)
        if self.fault == FAULTS[3] and any(name == lies.following and value not in lies.first for name, value in query):
            self._send(REFUSED, {"content-type": "application/json"}, b"{}")
            return
        if self.fault == FAULTS[1]:
            query = [(name, value) for name, value in query if name != lies.ignored]
        headers = {name: value for name, value in self.headers.items() if name.lower() not in DROPPED}
        url = f"{parts.path}?{urlencode(query)}" if query else parts.path
        answer = self.client.get(url, headers=headers)
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in DROPPED}
        self._send(answer.status_code, kept, self._told(answer))

    def _told(self, answer: httpx.Response) -> bytes:
        change = {FAULTS[0]: _shortened, FAULTS[2]: self._renamed}.get(self.fault)
        if change is None or not answer.is_success:
            return answer.content
        return json.dumps(_changed(answer.json(), self.server_known.items, change)).encode()

    def _renamed(self, items: list[Any]) -> list[Any]:
        name = self.server_known.lies.renamed
        return [{f"{key}_" if key == name else key: value for key, value in item.items()} for item in items]

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _shortened(items: list[Any]) -> list[Any]:
    return items[:-1]


def _changed(body: Any, place: tuple[str, ...], change: Callable[[list[Any]], list[Any]]) -> Any:  # noqa: ANN401 - JSON
    if not place:
        return change(body)
    key, *rest = place
    return {**body, key: _changed(body[key], tuple(rest), change)} if key in body else body
