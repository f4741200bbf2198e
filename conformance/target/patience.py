"""When a server asks for patience (429, or 503 with Retry-After): how long to wait, and when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from attrs import frozen

TOO_MANY, UNAVAILABLE = 429, 503
FIRST_PAUSE = 0.5


@frozen(kw_only=True)
class Patience:
    """How often a request is sent again, and how long all waiting of an operation may take."""

    attempts: int = 5
    """Of one request, the first one included."""
    pause: float = 120.0
    """The most seconds that a server may ask for at once."""
    total: float = 600.0
    """The most seconds of waiting in one operation."""


def asks_to_wait(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer says nothing but that it is too early."""
    return status == TOO_MANY or (status == UNAVAILABLE and _seconds(headers) is not None)


def pause(headers: Mapping[str, str], attempt: int) -> float:
    """Seconds to wait before the next attempt: what the server says, or else twice as long as the last time."""
    said = _seconds(headers)
    return FIRST_PAUSE * 2.0**attempt if said is None else said


def _seconds(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds from now (RFC 9110, 10.2.3); None where there is none that can be read."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
