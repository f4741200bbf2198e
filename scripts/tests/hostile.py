"""Servers that mean harm: each answers every connection with bytes of its own choice, over real TCP."""

import gzip
import json
import random
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache

from tests.answers import sandbase_page

Harm = Callable[[socket.socket], None]

BODY = json.dumps(sandbase_page()).encode()


def head(length: int | None, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """Make the head of a response."""
    length_line = [] if length is None else [b"Content-Length: %d" % length]
    return b"\r\n".join([b"HTTP/1.1 " + status, b"Content-Type: application/json", *length_line, *lines, b"", b""])


def saying(content: bytes, *lines: bytes, status: bytes = b"200 OK") -> Harm:
    """Answer with this body."""
    return lambda peer: peer.sendall(head(len(content), *lines, status=status) + content)


def gigabyte(peer: socket.socket) -> None:
    """Send 1 GB of array."""
    peer.sendall(head(10**9) + b"[")
    for _ in range(10**9 // 2**16):
        peer.sendall(b"1," * 2**15)


@cache
def bomb() -> bytes:
    """Make a quarter of a megabyte that unfolds to a quarter of a gigabyte."""
    squeezer = zlib.compressobj(9, wbits=31)
    return b"".join(squeezer.compress(bytes(2**20)) for _ in range(256)) + squeezer.flush()


def gzip_bomb(peer: socket.socket) -> None:
    """Send it."""
    saying(bomb(), b"Content-Encoding: gzip")(peer)


def endless_headers(peer: socket.socket) -> None:
    """Send header after header."""
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.sendall(b"X-More: more\r\n" * 1000)


def dripping(peer: socket.socket) -> None:
    """Send a body byte by byte, each well within the time that a read may take."""
    peer.sendall(head(len(BODY)))
    _drip(peer, BODY)


def dripping_head(peer: socket.socket) -> None:
    """Send the head byte by byte."""
    _drip(peer, head(len(BODY)))


def _drip(peer: socket.socket, content: bytes) -> None:
    pause = threading.Event()
    for byte in content:
        peer.sendall(bytes([byte]))
        pause.wait(0.05)


def half_a_body(peer: socket.socket) -> None:
    """Close in mid-body."""
    peer.sendall(head(len(BODY)) + BODY[: len(BODY) // 2])


def reset(peer: socket.socket) -> None:
    """Reset the connection in mid-body."""
    peer.sendall(head(len(BODY)) + BODY[:10])
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def old_http(peer: socket.socket) -> None:
    """Answer properly, in HTTP/1.0 and without a length."""
    peer.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)


def noise(seed: int) -> Harm:
    """Send random bytes, alone or as a body."""
    source = random.Random(seed)  # noqa: S311 - no secret
    content = source.randbytes(source.randrange(1, 2000))
    return saying(content) if seed % 2 else lambda peer: peer.sendall(content)


@contextmanager
def serving(harm: Harm) -> Iterator[str]:
    """Serve on a port of this machine, one thread a connection; give the URL."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer(peer: socket.socket) -> None:
        with peer, suppress(OSError):
            peer.recv(65536)
            harm(peer)

    def accept() -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=answer, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def nested(depth: int) -> bytes:
    """Make a page with an unknown field that is an array in an array in an array."""
    return BODY[:-1] + b', "novel": ' + b"[" * depth + b"]" * depth + b"}"


def longest_garbage(peer: socket.socket) -> None:
    """Send as much as is read, and nothing that is text."""
    peer.sendall(head(32 * 2**20) + b"\xff" * (32 * 2**20))


def squeezed_twice() -> bytes:
    """Make a body that was compressed two times."""
    return gzip.compress(gzip.compress(BODY))
