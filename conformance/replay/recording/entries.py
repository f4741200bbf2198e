"""Lines of a recording as the exchanges of one operation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from attrs import define, field, frozen

from conformance.exchange import Exchange
from conformance.replay.recording import lines
from conformance.replay.recording.belongs import Matching
from conformance.replay.recording.blocks import Lines
from conformance.replay.recording.secrets import Exchanges

UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError)
"""What a line raises that is no exchange."""


@frozen
class Recorded:
    """An exchange and when it was."""

    exchange: Exchange
    started: float
    """Seconds since 1970."""

    @property
    def ended(self) -> float:
        """When the answer was complete; seconds since 1970."""
        return self.started + self.exchange.seconds


@define
class Entries:
    """Reads lines, and keeps account of those that it leaves out."""

    matching: Matching
    exchanges: Exchanges
    ignored: Counter[str] = field(factory=Counter)
    """Why, to how many."""
    unreadable: list[tuple[int, str]] = field(factory=list)
    """Number of the line, and why."""

    def read(self, texts: Lines, first: int) -> Iterator[Recorded]:
        """The operation's exchanges; `first` is the number of the first line."""
        for number, text in enumerate(texts, first):
            if not text.isspace():
                try:
                    recorded = self._recorded(text)
                except UNREADABLE as error:
                    self.unreadable.append((number, why_unreadable(text, error)))
                    continue
                if recorded is not None:
                    yield recorded

    def _recorded(self, text: bytes) -> Recorded | None:
        entry = lines.read(text)
        why_not = self.matching.why_not(entry)
        if why_not:
            self.ignored[why_not] += 1
            return None
        if entry.started.tzinfo is None:
            raise ValueError("started has no time zone")
        return Recorded(self.exchanges.of(entry, entry.content() or b""), entry.started.timestamp())


def why_unreadable(text: bytes, error: Exception) -> str:
    """Why a line is no entry: as its reader said, or as the decoder does."""
    if text.startswith(b'{"unreadable":'):
        return str(json.loads(text)["unreadable"])
    return f"no exchange: {error}" if str(error) else f"no exchange: {type(error).__name__}"
