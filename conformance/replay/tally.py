"""What parts of a recording showed, and how it adds up: in any order and grouping to the same whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.finding_text import tell

MOST_SHOWN = 20
"""Unreadable lines that are named; the others are counted."""

Unreadable = tuple[str, int, str]
"""File, line from 1 (or entry), and why."""


@frozen
class Found:
    """One drift with its smallest witness, and how often it was seen."""

    finding: Finding
    count: int

    def __or__(self, other: Found) -> Found:
        shortest = min(self.finding, other.finding, key=size)
        return Found(shortest, self.count + other.count)


def size(finding: Finding) -> tuple[Any, ...]:
    """What the smaller of two findings of the same drift has less of; nothing is left to chance."""
    witness = finding.witness
    told = (str(finding.level), tell(finding.expected), tell(finding.actual), finding.missing, finding.unexpected)
    return len(witness), sum(len(one.body) for one in witness), [_content(one) for one in witness], told


def _content(exchange: Exchange) -> tuple[Any, ...]:
    return exchange.request.url, exchange.status, exchange.body, exchange.headers.multi_items()


@frozen
class Tally:
    """Everything that a part of a recording showed of one operation."""

    lines: int = 0
    exchanges: int = 0
    """Those of the operation."""
    ignored: Counter[str] = field(factory=Counter)
    """Why an entry was left out, to how many were."""
    unreadable: tuple[Unreadable, ...] = ()
    unreadable_count: int = 0
    looks: Counter[str] = field(factory=Counter)
    """Check to how many exchanges, walks or pairs showed what it tests."""
    broken: Counter[str] = field(factory=Counter)
    """Of a relation that a moving collection may break by itself: in how many of its looks it was broken."""
    found: dict[str, Found] = field(factory=dict)
    """By the finding's id."""

    def __or__(self, other: Tally) -> Tally:
        return Tally(
            self.lines + other.lines,
            self.exchanges + other.exchanges,
            self.ignored + other.ignored,
            tuple(sorted((*self.unreadable, *other.unreadable))[:MOST_SHOWN]),
            self.unreadable_count + other.unreadable_count,
            self.looks + other.looks,
            self.broken + other.broken,
            together(self.found, other.found),
        )


def together(some: dict[str, Found], others: dict[str, Found]) -> dict[str, Found]:
    """The findings of both, each drift once."""
    both = dict(some)
    for name, found in others.items():
        both[name] = both[name] | found if name in both else found
    return both


def each_once(stem: str, findings: Iterable[Finding]) -> dict[str, Found]:
    """Findings by id."""
    found: dict[str, Found] = {}
    for finding in findings:
        one, name = Found(evolve(finding, smaller=None), 1), finding.id(stem)
        found[name] = found[name] | one if name in found else one
    return found
