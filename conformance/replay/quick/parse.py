"""Bodies parsed faster than Python's own parser does, where they are strict JSON."""

from __future__ import annotations

import msgspec

from conformance.exchange import Exchange
from conformance.jsontext import DEEPEST, is_deep

_STRICT = "read strictly"
_parse = msgspec.json.Decoder().decode
_write_into = msgspec.json.Encoder().encode_into
_WRITTEN = bytearray()
"""Where values are written, again and again."""


def parsed(exchange: Exchange) -> bool:
    """Whether `exchange.json` was read strictly; where it was not, the exchange reads it as it always does."""
    known = exchange.__dict__
    if _STRICT not in known:
        known[_STRICT] = _is_read(exchange)
    return bool(known[_STRICT])


def _is_read(exchange: Exchange) -> bool:
    try:
        value = _parse(exchange.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    if may_be_deep(exchange.body) and is_deep(value):
        return False
    exchange.__dict__["json"] = value
    return True


def may_be_deep(body: bytes) -> bool:
    """Whether a body has brackets enough to be nested deeper than can be judged."""
    return body.count(b"{") + body.count(b"[") > DEEPEST


def has_every_string(body: bytes, value: object, *, exact: bool = False) -> bool:
    """Whether what was read from a body has plainly lost no name, as it would have where one stands twice.

    What is written from it is as long as the body then, where nothing shorter says the same (`exact`), or has as many
    quotation marks, with those that are escaped in the usual way.
    """
    _write_into(value, _WRITTEN)
    if exact and len(_WRITTEN) == len(body):
        return True
    if b"\\" in body and b"\\u0022" in body:
        return False
    return _WRITTEN.count(b'"') == body.count(b'"')
