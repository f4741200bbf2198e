"""What the items of all listings have in common: who they are, since when, and whether they still run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, Protocol

__all__ = ["Summarized", "Summary", "summary"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Summary(NamedTuple):
    """What is known of one item; None where its documentation does not say."""

    id: str
    """What tells it from all others of its listing."""
    status: str | None
    """As it came."""
    started_at: datetime | None
    """When it started, or was created where nothing else is documented; with a zone."""
    ended_at: datetime | None
    """When it ended; with a zone. None while it has not."""
    finished: bool | None
    """Whether its status is one that the documentation knows to be final."""


class Place(NamedTuple):
    """Where a value stands in an item."""

    attributes: tuple[str, ...]
    unit: Literal["milliseconds", "seconds"] | None = None
    """What its number counts since 1970, where it is a time."""


class Places(NamedTuple):
    """Where an item says what a summary holds."""

    identity: Place
    status: Place | None = None
    started_at: Place | None = None
    ended_at: Place | None = None
    final: tuple[str, ...] | None = None
    """The statuses of those that do not run again."""


class Summarized(Protocol):
    """An item of any of the clients."""

    @classmethod
    def __summary__(cls) -> Places:
        """Give where it says what a summary holds."""
        raise NotImplementedError


def summary(item: Summarized) -> Summary:
    """Say of an item what can be said of the items of all providers."""
    places = item.__summary__()
    status = _at(item, places.status)
    return Summary(
        str(_at(item, places.identity)),
        None if status is None else str(status),
        _time(item, places.started_at),
        _time(item, places.ended_at),
        None if places.final is None or status is None else str(status) in places.final,
    )


def _at(item: object, place: Place | None) -> object:
    for name in place.attributes if place is not None else ():
        item = getattr(item, name, None)
    return None if place is None else item


def _time(item: object, place: Place | None) -> datetime | None:
    """Read a time; one without a zone is taken as UTC, and what is none as nothing."""
    value = _at(item, place)
    try:
        if isinstance(value, (int, float)) and place is not None and place.unit is not None:
            return _EPOCH + timedelta(**{place.unit: value})
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except (ValueError, OverflowError):
        return None
    if not isinstance(found, datetime):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
