"""RFC 3339 times with their zone, as text and as datetime."""

from __future__ import annotations

import re
from datetime import datetime

_LOOK = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_WHOLE_SECONDS = len("2026-01-01T00:00:00Z")
_SIGNS = {7: "-", 10: "T", 13: ":", 16: ":"}


def parse_timestamp(text: str) -> datetime:
    """Read an RFC 3339 time; ValueError where the text is none."""
    if not _LOOK.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text.upper())


def timestamp_text(value: datetime) -> str:
    """Write an RFC 3339 time."""
    return value.isoformat().replace("+00:00", "Z")


def all_timestamps(texts: list[str]) -> bool:
    """Say whether all texts are RFC 3339 times; each is known to be ISO 8601, which allows more."""
    return not texts or _in_columns(texts) or all(map(_LOOK.fullmatch, texts))


def _in_columns(texts: list[str]) -> bool:
    """Say whether texts of one length, written one below the other, have the signs of RFC 3339 in UTC in columns.

    ISO 8601 with these signs in these places is RFC 3339. A column is one slice: so a text costs a tenth of a match.
    Nor can texts of other lengths look so: ISO 8601 allows one sign between date and time, so that a text with a line
    break of its own has no T, and there would be fewer T than lines.
    """
    rows, width = len(texts), len(texts[0])
    sheet = "\n".join(texts) + "\n"
    if len(sheet) != rows * (width + 1):
        return False
    if width < _WHOLE_SECONDS or width == _WHOLE_SECONDS + 1:  # too short, or a point without digits
        return False
    fraction = {} if width == _WHOLE_SECONDS else {_WHOLE_SECONDS - 1: "."}
    columns = _SIGNS | fraction | {width - 1: "Z", width: "\n"}
    return all(sheet[place :: width + 1] == sign * rows for place, sign in columns.items())
