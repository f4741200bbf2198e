"""Lets no read last beyond the attempt that it is part of: a server may send its head byte by byte."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

_SHORTEST = 0.001


class Deadline(threading.local):
    """The time by which the attempt of this thread must be done."""

    ends: float = math.inf

    @contextmanager
    def at(self, ends: float) -> Generator[None, None, None]:
        """Set it for one attempt: whatever else is sent with the same HTTP client has none of ours."""
        self.ends = ends
        try:
            yield
        finally:
            self.ends = math.inf

    def left(self, timeout: float | None) -> float | None:
        """Shorten a timeout to what is left."""
        if self.ends == math.inf:
            return timeout
        left = max(_SHORTEST, self.ends - time.perf_counter())
        return left if timeout is None else min(left, timeout)


DEADLINE = Deadline()
"""One for all: several clients may send with one HTTP client."""


class WatchedStream:
    """A connection's stream."""

    def __init__(self, stream: object) -> None:
        self._stream: Any = stream

    def __getattr__(self, name: str) -> object:
        # Whatever else a stream can do.
        return getattr(self._stream, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read in the time that is left."""
        content: bytes = self._stream.read(max_bytes, timeout=DEADLINE.left(timeout))
        return content

    def start_tls(self, *arguments: object, **named: object) -> WatchedStream:
        """Go on in TLS."""
        return WatchedStream(self._stream.start_tls(*arguments, **named))


class WatchedBackend:
    """What opens connections."""

    def __init__(self, backend: object) -> None:
        self._backend: Any = backend

    def __getattr__(self, name: str) -> object:
        # Whatever else it can do.
        return getattr(self._backend, name)

    def connect_tcp(self, *arguments: object, **named: object) -> WatchedStream:
        """Open a connection."""
        return WatchedStream(self._backend.connect_tcp(*arguments, **named))

    def connect_unix_socket(self, *arguments: object, **named: object) -> WatchedStream:
        """Open a connection to a socket of this machine."""
        return WatchedStream(self._backend.connect_unix_socket(*arguments, **named))


def watch(client: object) -> None:
    """Put the deadline on all connections of an HTTP client, those that are open included."""
    # No public setting reaches them without losing the proxies of the environment; where these names are gone,
    # only the body is bounded as a whole. Outside of our calls the deadline is never.
    for transport in (getattr(client, "_transport", None), *getattr(client, "_mounts", {}).values()):
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if pool is None or backend is None or isinstance(backend, WatchedBackend):
            continue
        vars(pool)["_network_backend"] = WatchedBackend(backend)
        for connection in list(getattr(pool, "connections", ())):
            _watch_open(connection)


def _watch_open(connection: object) -> None:
    # A connection that opens later asks the backend that it was made with.
    if hasattr(connection, "_network_backend"):
        vars(connection)["_network_backend"] = WatchedBackend(vars(connection)["_network_backend"])
    inner = getattr(connection, "_connection", None)
    stream = getattr(inner, "_network_stream", None)
    if inner is not None and stream is not None and not isinstance(stream, WatchedStream):
        vars(inner)["_network_stream"] = WatchedStream(stream)
