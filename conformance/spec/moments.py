"""Moments as finely as they are written: Python's own know microseconds at most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self

MILLISECONDS_OF_2001, MILLISECONDS_OF_2100 = 10**12, 4_102_444_800_000
"""Unix times between which a number of milliseconds is taken for a time."""
_SMALL_LETTERS = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_LEAP = re.compile(r"^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:)60", re.ASCII)
"""A leap second, which is the moment at which the next second begins to whoever counts as POSIX does."""
_BEYOND = re.compile(r"[.,]\d{6}(\d*[1-9])")
"""The digits of a second after its microseconds, without zeros at their end."""


def counts_milliseconds(schema: Mapping[str, Any]) -> bool:
    """Whether a schema's minimum says that a number is a Unix time in milliseconds."""
    return bool(MILLISECONDS_OF_2001 <= schema.get("minimum", 0) < MILLISECONDS_OF_2100)


class FineMoment(datetime):
    """A moment with digits beyond microseconds; it compares with coarser ones as well."""

    beyond: str = ""

    @classmethod
    def of(cls, moment: datetime, beyond: str) -> Self:
        """The moment with further digits."""
        made = cls.combine(moment.date(), moment.timetz())
        made.beyond = beyond
        return made

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) is True and self.beyond == getattr(other, "beyond", "")

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.beyond))

    def __lt__(self, other: date) -> bool:
        if super().__eq__(other) is True:
            return self.beyond < getattr(other, "beyond", "")
        return super().__lt__(other)  # type: ignore[operator]

    def __le__(self, other: date) -> bool:
        return self == other or self < other

    def __gt__(self, other: date) -> bool:
        return not self <= other

    def __ge__(self, other: date) -> bool:
        return not self < other


@lru_cache(4096)
def read_moment(text: str) -> datetime | None:
    """The moment that ISO 8601 or RFC 3339 text names, in UTC where it says no zone; None for other text."""
    common = _LEAP.sub(r"\g<1>59", text)
    leap = timedelta(seconds=common != text)
    try:
        moment = datetime.fromisoformat(common.upper() if _SMALL_LETTERS.fullmatch(common) else common) + leap
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    further = _BEYOND.search(text)
    return FineMoment.of(moment, further[1]) if further else moment
