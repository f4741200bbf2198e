"""How much of a response is taken in, and for how long: no server can make a call hang or fill the memory."""

from __future__ import annotations

import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

from listing_runtime.call.gzip_body import NAMES, NoGzipError, Unpacker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

_COMPRESSIONS = frozenset({*NAMES, "deflate", "br", "zstd"})
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

    @property
    def is_stream_consumed(self) -> bool:
        """Whether somebody has read the body already, as a hook of the client's may."""
        raise NotImplementedError


class Incoming(Head, Protocol):
    """A response whose body is still to come."""

    def iter_bytes(self) -> Iterator[bytes]:
        """Give the pieces of the body, decompressed."""
        raise NotImplementedError

    def iter_raw(self) -> Iterator[bytes]:
        """Give the pieces of the body as they came."""
        raise NotImplementedError

    def close(self) -> None:
        """Let the connection go."""


class AsyncIncoming(Head, Protocol):
    """A response whose body is still to come, to async code."""

    def aiter_bytes(self) -> AsyncGenerator[bytes, None]:
        """Give the pieces of the body, decompressed."""
        raise NotImplementedError

    def aiter_raw(self) -> AsyncGenerator[bytes, None]:
        """Give the pieces of the body as they came."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Let the connection go."""


class Receiving:
    """The pieces of one body, bounded in number of bytes and in time."""

    def __init__(self, head: Head, *, most: int, ends: float) -> None:
        coding = head.headers.get("content-encoding") or ""
        _check(coding)
        self.unpacks: bool = coding.strip().lower() in NAMES and not head.is_stream_consumed
        """Whether pieces come as gzip: the HTTP library reads the first member alone, and knows one of the names."""
        self._unpacker = Unpacker()
        self._pieces: list[bytes] = []
        self._left = most
        self._most = most
        self._ends = ends

    def take(self, piece: bytes) -> None:
        """Take one piece as it came."""
        try:
            for unpacked in self._unpacker.pieces(piece) if self.unpacks else (piece,):
                self._add(unpacked)
        except NoGzipError as error:
            raise RefusedError(f"the body is no gzip: {error}") from None

    def _add(self, piece: bytes) -> None:
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
    if len(compressions) > 1 or not set(compressions) <= {*NAMES, "deflate"}:
        raise RefusedError(f"the body is compressed as {coding!r}; {ACCEPTED} was asked for")


def receive(raw: Incoming, *, most: int, ends: float) -> bytes:
    """Read a body, and let its connection go."""
    try:
        receiving = Receiving(raw, most=most, ends=ends)
        for piece in raw.iter_raw() if receiving.unpacks else raw.iter_bytes():
            receiving.take(piece)
        return receiving.whole()
    finally:
        raw.close()


async def receive_async(raw: AsyncIncoming, *, most: int, ends: float) -> bytes:
    """Read a body, and let its connection go."""
    try:
        receiving = Receiving(raw, most=most, ends=ends)
        async with aclosing(raw.aiter_raw() if receiving.unpacks else raw.aiter_bytes()) as pieces:
            async for piece in pieces:
                receiving.take(piece)
        return receiving.whole()
    finally:
        await raw.aclose()
