"""One fact is one difference: what a document says once, or in one way throughout, is told once, with its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve

from conformance.published.difference import Difference
from conformance.sentence import said


def told_once(differences: Iterable[Difference]) -> list[Difference]:
    """The differences: those of one place in our spec once, and those of one fact together, each at its shortest place.

    Which place is told may not depend on the order, nor on the references, in which a document is written.
    """
    places = _groups(differences, lambda one: (one.pointer, one.place))
    facts = _groups(map(_shortest, places), lambda one: one.fact or (one.pointer, one.place))
    return [_together(found) for found in facts]


def _groups(differences: Iterable[Difference], key: Callable[[Difference], object]) -> list[list[Difference]]:
    groups: dict[object, list[Difference]] = {}
    for one in differences:
        groups.setdefault((one.check.id, one.drift, key(one)), []).append(one)
    return list(groups.values())


def _shortest(found: Sequence[Difference]) -> Difference:
    return min(found, key=lambda one: (len(one.where), one.where))


def _together(found: Sequence[Difference]) -> Difference:
    first = _shortest(found)
    others = {one.where for one in found} - {first.where}
    if not others:
        return first
    more = said("{expected}, and at {count} other places", expected=first.expected, count=len(others))
    return evolve(first, expected=more)
