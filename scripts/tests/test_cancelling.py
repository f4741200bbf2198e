"""Async walks under asyncio and trio: they can be cut off at any time."""

import importlib
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from tests.answers import sandbase_page


async def _walk_that_is_cancelled(sandbase: Any) -> list[str]:
    """Cancel a walk during its second page; give what connections the server still has a second later."""
    open_connections: list[str] = []
    hanging = anyio.Event()
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", family=socket.AF_INET)
    url = f"http://127.0.0.1:{listener.extra(anyio.abc.SocketAttribute.local_port)}"  # noqa: S610 - no Django

    async def serve(stream: anyio.abc.SocketStream) -> None:
        open_connections.append("one")
        body = json.dumps(sandbase_page("page_2")).encode()
        async with stream:
            await stream.receive()
            await stream.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await stream.receive()
            hanging.set()
            with pytest.raises(anyio.EndOfStream):
                await stream.receive()
        open_connections.pop()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, serve)
        client = sandbase.AsyncClient("t", base_url=url)
        async with anyio.create_task_group() as walk:

            async def items() -> None:
                async for _ in client.list_sessions():
                    pass

            walk.start_soon(items)
            await hanging.wait()
            walk.cancel_scope.cancel()
        with anyio.move_on_after(1):
            while open_connections:  # noqa: ASYNC110 - the server runs on by itself
                await anyio.sleep(0.01)
        await client.aclose()
        await client.aclose()
        tasks.cancel_scope.cancel()
    return open_connections


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_walk_leaves_no_connection_open(backend: str) -> None:
    """The connection in use is closed at once, before the client is."""
    walk: Callable[[Any], Awaitable[list[str]]] = _walk_that_is_cancelled

    assert anyio.run(walk, importlib.import_module("sandbase_sessions"), backend=backend) == []
