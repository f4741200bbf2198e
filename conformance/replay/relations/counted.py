"""What the numbers along one recorded walk count, and where its pages say that they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from conformance.checks import counting
from conformance.checks._walks import boundary_is_open
from conformance.finding import Contradiction
from conformance.replay.relations.asked_values import asked_in
from conformance.replay.relations.filters import ends
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.visit import found_in
from conformance.replay.relations.walks import Walk
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts


def counted(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge totals, what matches, and ranges."""
    _totals(contract, walk, judgement)
    if not boundary_is_open(contract):
        for counter in contract.counters:
            if counter.counts is Counts.MATCHING and counter.filtered:
                _matching(contract, counter, walk, judgement)
    if any(one.is_range and one.counts is Counts.PAGE for one in contract.counters):
        found = found_in("range-is-page", contract, walk.steps)
        if found or len(walk.steps) > 1:
            judgement.note("range-is-page", found)


def _matching(contract: Contract, counter: Counter, walk: Walk, judgement: Judgement) -> None:
    """Judge what is counted on a walk to its end by what it lists, and on any other page by what that holds.

    Where an item came or went while pages were read, the first page or the last one counts what was listed.
    """
    told = [counting.number_of(counting.told_by(contract, counter, step.exchange)) for step in walk.steps]
    shown = [counting.counted(counter, step.items) if counter.where else step.size for step in walk.steps]
    first = walk.steps[0].exchange
    if ends(contract, walk) and type(told[0]) is int:
        wrong = sum(shown) not in (told[0], told[-1])
        judgement.note("total-is-matching", [counting.miscounted(counter, first, sum(shown), told[0])] if wrong else ())
        return
    for step, number, least in zip(walk.steps, told, shown, strict=True):
        if type(number) is int and number < least:
            judgement.note("total-is-matching", [counting.miscounted(counter, step.exchange, least, number)])


def _totals(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge totals of the whole collection, where no filter was given."""
    counters = [one for one in contract.counters if one.counts is Counts.COLLECTION]
    if not counters or asked_in(contract, walk.query):
        return
    totals = [[one.of(step.sheet.value(one.value)) for one in counters] for step in walk.steps]
    complete = ends(contract, walk)
    for one, other in pairwise(range(len(totals))):
        same = totals[one] == totals[other]
        judgement.note("total-constant", () if same or not complete else _constant(contract, walk))
    if complete:
        listed = sum(step.size for step in walk.steps)
        good = all(value == listed for value in totals[0])
        judgement.note("total-is-collection", () if good else found_in("total-is-collection", contract, walk.steps))


def _constant(contract: Contract, walk: Walk) -> Iterator[Contradiction]:
    yield from found_in("total-constant", contract, walk.steps)
