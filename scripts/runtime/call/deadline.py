"""Lets no read last beyond the attempt that it is part of: a server may send its head byte by byte."""

from __future__ import annotations

import math
import threading
import time
from typing import Any

_SHORTEST = 0.001


class Deadline(threading.local):
    """The time by which the attempt of this thread must be done."""

    ends = math.inf

    def left(self, timeout: float | None) -> float:
        """Shorten a timeout to what is left."""
        left = max(_SHORTEST, self.ends - time.perf_counter())
        return left if timeout is None else min(left, timeout)


class WatchedStream:
    """A connection's stream."""

    def __init__(self, stream: object, deadline: Deadline) -> None:
        self._stream: Any = stream
        self._deadline = deadline

    def __getattr__(self, name: str) -> object:
        # Whatever else a stream can do.
        return getattr(self._stream, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read in the time that is left."""
        content: bytes = self._stream.read(max_bytes, timeout=self._deadline.left(timeout))
        return content

    def start_tls(self, *arguments: object, **named: object) -> WatchedStream:
        """Go on in TLS."""
        return WatchedStream(self._stream.start_tls(*arguments, **named), self._deadline)


class WatchedBackend:
    """What opens connections."""

    def __init__(self, backend: object, deadline: Deadline) -> None:
        self._backend: Any = backend
        self._deadline = deadline

    def __getattr__(self, name: str) -> object:
        # Whatever else it can do.
        return getattr(self._backend, name)

    def connect_tcp(self, *arguments: object, **named: object) -> WatchedStream:
        """Open a connection."""
        return WatchedStream(self._backend.connect_tcp(*arguments, **named), self._deadline)


def watch(client: object, deadline: Deadline) -> None:
    """Put a deadline on all connections of an HTTP client that is ours."""
    # No public setting reaches them without losing the proxies of the environment; where these names are gone,
    # only the body is bounded as a whole.
    for transport in (getattr(client, "_transport", None), *getattr(client, "_mounts", {}).values()):
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None:
            vars(pool)["_network_backend"] = WatchedBackend(backend, deadline)
