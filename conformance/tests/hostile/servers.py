"""Servers on 127.0.0.1 that write to a socket as they like."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket, bytes], None]
"""What a server does with a connection, given the head of the request."""
MEGABYTE = 1_000_000


class Recorder:
    """The heads of all requests that a server got."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []

    @property
    def lines(self) -> set[str]:
        """Method and path of each, without its query."""
        return {head.split(b" HTTP/")[0].split(b"?")[0].decode("latin-1") for head in self.heads}


@contextmanager
def serving(script: Script, recorder: Recorder | None = None) -> Iterator[str]:
    """A server that answers each request on its own connection, in its own thread; gives its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, script, recorder or Recorder()), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, script: Script, recorder: Recorder) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, script, recorder), daemon=True).start()


def _serve(connection: socket.socket, script: Script, recorder: Recorder) -> None:
    with connection, contextlib.suppress(OSError):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return
            head += piece
        recorder.heads.append(head)
        script(connection, head)


def head(status: str = "200 OK", *headers: str, version: str = "1.1") -> bytes:
    """The head of an answer that ends the connection."""
    lines = [f"HTTP/{version} {status}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


JSON = "Content-Type: application/json"


def sends(*parts: bytes) -> Script:
    """A server that sends these bytes and hangs up."""

    def script(connection: socket.socket, _: bytes) -> None:
        for part in parts:
            connection.sendall(part)

    return script


def answers(body: bytes, *headers: str, status: str = "200 OK") -> Script:
    """A server that answers with a whole body."""
    return sends(head(status, JSON, f"Content-Length: {len(body)}", *headers), body)


def repeats(start: bytes, piece: bytes, times: int, *, pause: float = 0) -> Script:
    """A server that sends a piece again and again, until the other side has enough."""
    waiting = threading.Event()

    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        for _number in range(times):
            connection.sendall(piece)
            if pause:
                waiting.wait(pause)

    return script


def resets(part: bytes) -> Script:
    """A server that sends a part and resets the connection."""

    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(part)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return script
