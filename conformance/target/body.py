"""Reads an answer's body within bounds, whatever a server sends: a gigabyte, or a few bytes that unpack to one."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

import httpx
from attrs import frozen

from conformance.jsontext import weight

MEGABYTE = 1_000_000
ASKED_FOR = "gzip, deflate"
"""The encodings that can be unpacked piece by piece."""
_STEP = 65_536
_AUTOMATIC, _RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b"
"""How a member of gzip begins: of several the body is all (RFC 1952, 2.2), and what else follows is no part of it."""


class TooMuch(httpx.DecodingError):
    """The answer is larger than anything that a page of a listing needs; `option` raises the bound that it met."""

    def __init__(self, message: str, *, option: str = "") -> None:
        super().__init__(message)
        self.option = option


@frozen(kw_only=True)
class Bounds:
    """How much of one answer is taken in."""

    body: int = 32 * MEGABYTE
    """Bytes, unpacked."""
    values: int = 1_000_000
    """JSON values; in memory each takes up to a hundred times the room that it takes in a body."""
    headers: int = 500


async def read(response: httpx.Response, bounds: Bounds) -> bytes:
    """The unpacked body; raises TooMuch above a bound, DecodingError for an encoding that was not asked for."""
    if len(response.headers.raw) > bounds.headers:
        raise TooMuch(f"it has more than {bounds.headers} headers")
    body = bytearray()
    async for piece in _unpacked(response):
        body += piece
        if len(body) > bounds.body:
            raise TooMuch(f"the body is larger than {bounds.body / MEGABYTE:.0f} MB", option="--max-bytes")
    if weight(body) > bounds.values:
        raise TooMuch(f"the body holds more than {bounds.values:,} JSON values", option="--max-values")
    return bytes(body)


async def _unpacked(response: httpx.Response) -> AsyncIterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"identity", ""}:
        async for piece in response.aiter_raw(_STEP):
            yield piece
    elif encoding in {"gzip", "x-gzip", "deflate"}:
        async for piece in _inflated(response, encoding):
            yield piece
    else:
        raise httpx.DecodingError(f"Content-Encoding {encoding[:40]!r} was not asked for")


async def _inflated(response: httpx.Response, encoding: str) -> AsyncIterator[bytes]:
    inflater = None
    async for packed in response.aiter_raw(_STEP):
        inflater = inflater or zlib.decompressobj(_window(encoding, packed))
        left = inflater.unused_data + packed if inflater.eof else packed
        while left:
            if inflater.eof:
                if not _MEMBER.startswith(left[:2]):
                    return
                inflater = zlib.decompressobj(_AUTOMATIC)
            try:
                piece = inflater.decompress(left, _STEP)
            except zlib.error as error:
                raise httpx.DecodingError(f"the body is no {encoding}: {error}") from None
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            yield piece
    if inflater is not None and not inflater.eof:
        raise httpx.DecodingError(f"the {encoding} body breaks off")


def _window(encoding: str, start: bytes) -> int:
    """What zlib calls the kind of stream; some servers send `deflate` without the header that RFC 9110 asks for."""
    headed = encoding != "deflate" or int.from_bytes(start[:2], "big") % 31 == 0
    return _AUTOMATIC if headed else _RAW
