"""One fact is one difference: what a document says once, or in one way throughout, is told once, with its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from conformance.published.difference import Difference
from conformance.sentence import said


def told_once(differences: Iterable[Difference]) -> list[Difference]:
    """The differences, those of one fact together at the place of the first."""
    facts: dict[object, list[Difference]] = {}
    for number, one in enumerate(differences):
        facts.setdefault((one.check.id, one.drift, one.fact) if one.fact else number, []).append(one)
    return [_together(found) for found in facts.values()]


def _together(found: Sequence[Difference]) -> Difference:
    first, others = found[0], {one.where for one in found} - {found[0].where}
    if not others:
        return first
    more = said("{expected}, and at {count} other places", expected=first.expected, count=len(others))
    return evolve(first, expected=more)
