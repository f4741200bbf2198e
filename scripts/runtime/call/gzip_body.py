"""A body that came as gzip, unpacked piece by piece: of several members all, which together are one body."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = frozenset({"gzip", "x-gzip"})
"""Two names of one coding (RFC 9110, 8.4.1.3)."""
_MEMBER = b"\x1f\x8b"
_STEP = 65_536
_GZIP = zlib.MAX_WBITS | 16


class NoGzipError(Exception):
    """The bytes are none."""


class Unpacker:
    """Unpacks what comes, in pieces of at most 64 kB; what follows the last member is not read."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Give what becomes of some bytes; raises NoGzipError."""
        left = packed
        while left or self._member.unused_data:
            if self._member.eof:
                left = self._member.unused_data + left
                if not _MEMBER.startswith(left[:2]):
                    return
                self._member = zlib.decompressobj(_GZIP)
            try:
                piece = self._member.decompress(left, _STEP)
            except zlib.error as error:
                raise NoGzipError(str(error)) from None
            left = b"" if self._member.eof else self._member.unconsumed_tail
            if piece:
                yield piece
