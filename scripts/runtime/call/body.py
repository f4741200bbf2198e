"""How much of a response is taken in, and for how long: no server can make a call hang or fill the memory."""

from __future__ import annotations

import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

_COMPRESSIONS = frozenset({"gzip", "deflate", "br", "zstd"})
ACCEPTED = "gzip, deflate"
"""Their pieces cannot grow more than a thousandfold, which the pieces of others can."""


class RefusedError(Exception):
    """A response that is not taken in; asking again would give the same."""


class TooSlowError(Exception):
    """The body did not come in time."""


class IncomingHeaders(Protocol):
    """The headers of a response."""

    def get(self, name: str, /) -> str | None:
        """Give the header of a name, found in any case; None where there is none."""

    def multi_items(self) -> list[tuple[str, str]]:
        """Give all headers in their order, repeated ones too."""
        raise NotImplementedError


class Head(Protocol):
    """The head of a response of whichever HTTP library."""

    @property
    def status_code(self) -> int:
        """HTTP status."""
        raise NotImplementedError

    @property
    def headers(self) -> IncomingHeaders:
        """The headers."""
        raise NotImplementedError


class Incoming(Head, Protocol):
    """A response whose body is still to come."""

    def iter_bytes(self) -> Iterator[bytes]:
        """Give the pieces of the body, decompressed."""
        raise NotImplementedError

    def close(self) -> None:
        """Let the connection go."""


class AsyncIncoming(Head, Protocol):
    """A response whose body is still to come, to async code."""

    def aiter_bytes(self) -> AsyncGenerator[bytes, None]:
        """Give the pieces of the body, decompressed."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Let the connection go."""


class Receiving:
    """The pieces of one body, bounded in number of bytes and in time."""

    def __init__(self, headers: IncomingHeaders, *, most: int, ends: float) -> None:
        if coding := headers.get("content-encoding"):
            _check(coding)
        self._pieces: list[bytes] = []
        self._left = most
        self._most = most
        self._ends = ends

    def add(self, piece: bytes) -> None:
        """Take one piece."""
        self._left -= len(piece)
        if self._left < 0:
            raise RefusedError(f"the body is longer than {self._most} bytes (max_body_bytes)")
        if time.perf_counter() > self._ends:
            raise TooSlowError
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """Give the body."""
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)


def _check(coding: str) -> None:
    found = [each.strip().lower() for each in coding.split(",")]
    compressions = [each for each in found if each in _COMPRESSIONS]
    if len(compressions) > 1 or not set(compressions) <= {"gzip", "deflate"}:
        raise RefusedError(f"the body is compressed as {coding!r}; {ACCEPTED} was asked for")


def receive(raw: Incoming, *, most: int, ends: float) -> bytes:
    """Read a body, and let its connection go."""
    try:
        receiving = Receiving(raw.headers, most=most, ends=ends)
        for piece in raw.iter_bytes():
            receiving.add(piece)
        return receiving.whole()
    finally:
        raw.close()


async def receive_async(raw: AsyncIncoming, *, most: int, ends: float) -> bytes:
    """Read a body, and let its connection go."""
    try:
        receiving = Receiving(raw.headers, most=most, ends=ends)
        async with aclosing(raw.aiter_bytes()) as pieces:
            async for piece in pieces:
                receiving.add(piece)
        return receiving.whole()
    finally:
        await raw.aclose()
