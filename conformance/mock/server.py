"""The mock over HTTP: Starlette on uvicorn, in a thread of its own or in the main one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from conformance.errors import ConformanceError
from conformance.mock.answers.request import Request
from conformance.mock.collection.dataset import Dataset
from conformance.mock.faults.fault import Fault
from conformance.mock.habit import Answers, Habit, accustomed
from conformance.mock.motion import Motion, Moving
from conformance.mock.readings.reading import Reading
from conformance.spec.contract import Contract
from conformance.spec.credential import Secrets

if TYPE_CHECKING:
    from conformance.mock.quiet import Quiet


def app(  # noqa: PLR0913 - what is listed, to whom, and in which way
    contract: Contract,
    dataset: Dataset,
    *,
    secret: Secrets,
    fault: Fault | None = None,
    readings: Sequence[Reading] = (),
    motion: Motion | None = None,
    now: Callable[[], float] = time.time,
    other: Secrets | None = None,
) -> Starlette:
    """The application that lists `dataset` as `contract` promises, to whoever knows `secret`.

    With `readings` it takes the page in lawful but unusual ways, with a `fault` it lies in one way; with a `motion`
    its collection grows and changes while it is read. Cursors that expire grow old by the clock `now`.
    Whoever has the credential `other` sees half of it, where a cursor gives nothing away to others.
    """
    habits: list[Habit] = [*readings, *([fault] if fault is not None else [])]
    responder = accustomed(contract, dataset, habits, secret=secret, now=now, other=other)
    if motion is not None:
        responder = Moving(contract, dataset, motion, habits, secret=secret, other=other, now=now)
    return Starlette(routes=[Mount("/", app=_Endpoint(responder))])


class _Endpoint:
    """A responder as an ASGI application."""

    def __init__(self, responder: Answers) -> None:
        self._responder = responder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - no request body
        answer = self._responder.answer(_request(scope))
        body = answer.wire
        headers = {"content-type": "application/json", **answer.headers, "content-length": str(len(body))}
        encoded = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items() if value
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _request(scope: Scope) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request.read(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), headers)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol's number asyncio leaves Nagle's delay on, which costs 40 ms for each answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        message = f"cannot listen on {host} port {port}: {error}"
        raise ConformanceError(message, hint="Choose another --port, or 0 for a free one.") from error
    return listening


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def running(application: Starlette, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in a thread while the context lasts; gives the base URL, at which requests are answered already."""
    with _listen(host, port) as listening:
        server = _uvicorn(application)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield _url(listening)
        finally:
            server.should_exit = True
            thread.join()


def serve(application: Starlette, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve in the main thread until SIGINT or SIGTERM; `ready` is told the base URL."""
    with _listen(host, port) as listening:
        ready(_url(listening))
        _uvicorn(application).run(sockets=[listening])


def _uvicorn(application: Starlette) -> Quiet:
    from conformance.mock.quiet import quiet  # noqa: PLC0415 - uvicorn is loaded where a socket is opened

    return quiet(application)
