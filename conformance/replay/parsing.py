"""Bodies parsed faster than Python's own parser does, where they are strict JSON."""

from __future__ import annotations

import msgspec

from conformance.exchange import Exchange

_STRICT = "read strictly"
_parse = msgspec.json.Decoder().decode


def parsed(exchange: Exchange) -> bool:
    """Whether `exchange.json` was read strictly; where it was not, the exchange reads it as it always does."""
    known = exchange.__dict__
    if _STRICT not in known:
        try:
            known["json"] = _parse(exchange.body)
            known[_STRICT] = True
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            known[_STRICT] = False
    return bool(known[_STRICT])
