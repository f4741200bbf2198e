"""Times as APIs write them: ISO 8601 text with or without a zone, and Unix numbers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeAlias

Moment: TypeAlias = tuple[int, str]
"""Seconds since year 1 in UTC, and the digits of the fraction without trailing zeros: they compare as times do."""

_TEXT: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_MILLISECONDS: Final = range(10**12, 10**13)
"""Whole numbers that are read as Unix milliseconds: the years 2001 to 2286."""
_GREGORIAN_CYCLE: Final = 400
_CYCLE_DAYS: Final = 146_097
_UNIX_EPOCH: Final = date(1970, 1, 1).toordinal() * 86_400


def is_time(value: object) -> bool:
    """Whether a value can only be a time: text of that form, or a number in the range of Unix milliseconds."""
    if isinstance(value, str):
        return parse(value) is not None
    return isinstance(value, int) and not isinstance(value, bool) and value in _MILLISECONDS


def parse(text: str, *, zone: bool = False) -> Moment | None:
    """The moment that `text` names, without a zone in UTC; None for other text, and for a missing `zone` if asked."""
    match = _TEXT.fullmatch(text)
    if match is None or (zone and match[8] is None):
        return None
    year, month, day, hour, minute, second = (int(match[group]) for group in range(1, 7))
    offset = _offset(match[8])
    if hour > 23 or minute > 59 or second > 60 or offset is None:  # noqa: PLR2004 - the clock
        return None
    days = _ordinal(year, month, day)
    if days is None:
        return None
    return days * 86_400 + hour * 3_600 + minute * 60 + second - offset, (match[7] or "").rstrip("0")


def _offset(zone: str | None) -> int | None:
    if zone is None or zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - the clock
        return None
    return (hours * 3_600 + minutes * 60) * (-1 if zone[0] == "-" else 1)


def _ordinal(year: int, month: int, day: int) -> int | None:
    """Days since year 1; the year 0, which RFC 3339 has and Python has not, is like the year 400."""
    try:
        days = date(year or _GREGORIAN_CYCLE, month, day).toordinal()
    except ValueError:
        return None
    return days if year else days - _CYCLE_DAYS


def milliseconds(value: str | int) -> int:
    """Unix milliseconds of a time in any of the forms; a smaller number is read as Unix seconds."""
    if isinstance(value, int):
        return value if value in _MILLISECONDS else value * 1000
    moment = parse(value)
    if moment is None:
        message = f"{value!r} is not a time"
        raise ValueError(message)
    return (moment[0] - _UNIX_EPOCH) * 1000 + int((moment[1] + "000")[:3])


def shift(value: str | int, by: int) -> str | int:
    """The time `by` milliseconds later, in the same form: kind of number, digits of the fraction, zone."""
    if isinstance(value, int):
        return value + by if value in _MILLISECONDS else value + by // 1000
    match = _TEXT.fullmatch(value)
    if match is None:
        return value
    zone = match[8] or ""
    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        milliseconds=milliseconds(value) + by, seconds=_offset(zone or None) or 0
    )
    digits = f"{local.microsecond:06d}{'0' * 9}"[: len(match[7] or "")]
    return local.strftime("%Y-%m-%dT%H:%M:%S") + (f".{digits}" if digits else "") + zone


def is_whole_seconds(value: str | int) -> bool:
    """Whether the form of a time cannot hold parts of a second."""
    if isinstance(value, int):
        return value not in _MILLISECONDS
    match = _TEXT.fullmatch(value)
    return match is None or match[7] is None
