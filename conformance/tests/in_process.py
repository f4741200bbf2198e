"""Servers of the tests that answer in this process: each has an address, and no socket is behind it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette

_APPLICATIONS: dict[str, Any] = {}
_PORTS = itertools.count(2000)
"""Below the ports that the machine gives to sockets, so that no real server of a test has the same address."""


@contextmanager
def answering(application: Starlette) -> Iterator[str]:
    """Answer in this process while the context lasts; gives the base URL, which every Target reaches."""
    url = f"http://127.0.0.1:{next(_PORTS)}"
    _APPLICATIONS[url] = application
    try:
        yield url
    finally:
        del _APPLICATIONS[url]


@contextmanager
def reached_without_sockets() -> Iterator[None]:
    """While the context lasts, a Target whose address is one of these asks the application itself."""
    from conformance.target.connection import Connection  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.target.target import answered_by  # noqa: PLC0415 - as above

    opened = Connection._opened  # noqa: SLF001 - where a connection gets its transport

    def open_it(connection: Connection, transport: Any, **options: Any) -> Any:
        application = _APPLICATIONS.get(connection.base_url)
        return opened(connection, answered_by(application) if application else transport, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "_opened", open_it)
        yield


@contextmanager
def specs_read_once() -> Iterator[None]:
    """While the context lasts, a spec is read once for each text that its file has."""
    from conformance.spec import load  # noqa: PLC0415 - as above

    read, kept = load.read_contract, dict[Any, Any]()

    def read_once(path: Path, *, drafted: bool = False) -> Any:
        key = (path, drafted, path.read_bytes() if path.is_file() else None)
        if key not in kept:
            kept[key] = read(path, drafted=drafted)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_contract", read_once)
        yield


@contextmanager
def client(application: Starlette, headers: dict[str, str]) -> Iterator[httpx.Client]:
    """An ordinary client of the application, for tests that ask it themselves."""
    import httpx  # noqa: PLC0415 - nothing is loaded when tests are collected

    class Direct(httpx.BaseTransport):
        """Asks the application, one request after the other."""

        def __init__(self, runner: asyncio.Runner) -> None:
            self._runner, self._asks = runner, httpx.ASGITransport(application, raise_app_exceptions=False)

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            """The answer, whole."""

            async def ask() -> httpx.Response:
                response = await self._asks.handle_async_request(request)
                body = await response.aread()
                return httpx.Response(response.status_code, headers=response.headers, content=body)

            return self._runner.run(ask())

    with (
        asyncio.Runner() as runner,
        httpx.Client(base_url="http://127.0.0.1", headers=headers, transport=Direct(runner)) as made,
    ):
        yield made
