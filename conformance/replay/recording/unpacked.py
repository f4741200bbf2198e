"""The bytes of a recording as UTF-8: out of gzip or zlib, out of UTF-16, and out of the call around JSONP."""

from __future__ import annotations

import codecs
import io
import json
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 20
"""Bytes that are looked at to tell what a file is."""
_PIECE = 1 << 16
_GZIP, _ZLIB_METHOD, _ZLIB_CHECK = b"\x1f\x8b", 0x78, 31
_CALL = re.compile(rb"\s*[A-Za-z_$][\w$.]*\s*\(\s*(?=\{)")
_END = 64
"""Bytes at the end among which the closing of a call stands."""

Pieces = Iterator[bytes]


def unpacked(file: BinaryIO) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a file as UTF-8, and all of them.

    Reading raises EOFError, zlib.error or ValueError where the file breaks off; what came before has been given.
    """
    pieces = _uncalled(*_recoded(*_unzipped(*ahead(iter(lambda: file.read(_PIECE), b"")))))
    head, pieces = ahead(pieces, HEAD)
    return head, io.BufferedReader(_Raw(pieces), HEAD)


def is_packed(head: bytes) -> bool:
    """Whether the first bytes of a file are anything but the first bytes of its text in UTF-8."""
    return _is_zipped(head) or json.detect_encoding(head) != "utf-8" or _CALL.match(head) is not None


def ahead(pieces: Pieces, size: int = _PIECE) -> tuple[bytes, Pieces]:
    """At least so many of the first bytes, if there are, and all pieces; what breaks off there breaks off later."""
    first = bytearray()
    try:
        for piece in pieces:
            first += piece
            if len(first) >= size:
                break
    except (EOFError, OSError, zlib.error, ValueError) as error:
        return bytes(first), chain([bytes(first)], _breaking(error))
    return bytes(first), chain([bytes(first)], pieces)


def _breaking(error: Exception) -> Pieces:
    raise error
    yield b""


def _is_zipped(head: bytes) -> bool:
    is_zlib = head[:1] == bytes([_ZLIB_METHOD]) and int.from_bytes(head[:2]) % _ZLIB_CHECK == 0
    return head.startswith(_GZIP) or (is_zlib and len(head) > 1)


def _unzipped(head: bytes, pieces: Pieces) -> tuple[bytes, Pieces]:
    return ahead(_decompressed(pieces)) if _is_zipped(head) else (head, pieces)


def _decompressed(pieces: Pieces) -> Pieces:
    """What any number of compressed streams hold, one after the other; zeros may fill up the end."""
    unpacking = _unpacking()
    for piece in pieces:
        packed = piece
        while packed:
            if unpacking.eof:
                unpacking, packed = _unpacking(), packed.lstrip(b"\0")
                continue
            yield unpacking.decompress(packed, HEAD)
            packed = unpacking.unconsumed_tail or unpacking.unused_data
    if not unpacking.eof:
        raise EOFError("the compressed file ended before the end of what it holds")


def _unpacking() -> zlib._Decompress:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)


def _recoded(head: bytes, pieces: Pieces) -> tuple[bytes, Pieces]:
    """The pieces in UTF-8 without a byte order mark."""
    encoding = json.detect_encoding(head)
    if encoding == "utf-8":
        return head, pieces
    return ahead(text.encode() for text in codecs.iterdecode(pieces, encoding, "replace"))


def _uncalled(head: bytes, pieces: Pieces) -> Pieces:
    """The object that JSONP hands to a function."""
    call = _CALL.match(head)
    return _without_end(pieces, call.end()) if call else pieces


def _without_end(pieces: Pieces, start: int) -> Pieces:
    kept = next(pieces)[start:]
    for piece in pieces:
        yield kept[:-_END]
        kept = kept[-_END:] + piece
    yield kept.rstrip().removesuffix(b";").rstrip().removesuffix(b")")


class _Raw(io.RawIOBase):
    """Pieces as a file."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        data, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(data)] = data
        return len(data)
