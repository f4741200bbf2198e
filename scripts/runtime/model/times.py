"""RFC 3339 times with their zone, as text and as datetime."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from msgspec import MsgspecError, convert

# As RFC 3339 has it, but that a zone may come without its colon: the fast reader takes it.
_LOOK = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII)
_LEAP = re.compile(r"(?<=^.{17})60")


def parse_timestamp(text: str) -> datetime:
    """Read an RFC 3339 time as the fast reader does, which rounds nanoseconds; ValueError where the text is none.

    A leap second is the moment at which the next second begins: datetime has no other for it.
    """
    if not _LOOK.fullmatch(text):
        raise ValueError(text)
    common, leaps = _LEAP.subn("59", text)
    try:
        return convert(common, datetime) + timedelta(seconds=leaps)
    except (MsgspecError, OverflowError):
        raise ValueError(text) from None


def timestamp_text(value: datetime) -> str:
    """Write an RFC 3339 time."""
    return value.isoformat().replace("+00:00", "Z")
