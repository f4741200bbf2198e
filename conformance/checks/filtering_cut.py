"""Filters come before the cut into pages: small pages lose nothing, and nothing that matches is a page, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from attrs import frozen

from conformance.checks._filter_values import (
    NOBODY,
    asked_value,
    certain,
    chosen,
    filtered,
    known_of,
    listed_values,
    needs_filters,
    wanted_of,
    whole_of,
)
from conformance.checks._walks import FEW, SMALL, Attempts, at_edges, broken, everything, items_of, open_boundary, sized
from conformance.checks.base import Check, visit_check
from conformance.checks.family import FILTERING
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import Json
from conformance.listing.pages import Page, is_page
from conformance.listing.visit import Visit
from conformance.sentence import Names, Status, said
from conformance.spec.asked import asking, asking_both, go_together
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, identities, named, satisfies


@visit_check(
    "filter-precedes-cut",
    FILTERING,
    needs=needs_filters,
    costly=True,
    headline="{about} loses items in small pages: of {expected}, {actual}",
)
def filter_precedes_cut(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A filtered listing in small pages holds all that matches: what is left out fills no place on a page."""
    whole, _ = known_of(contract, visit)
    attempts = Attempts()
    for promise in _cut(contract):
        # Where the first item of the whole does not match, a page of one shows whether it is cut before the filter.
        rows = _matching(contract, promise, whole)
        telling = min(rows, key=lambda row: (whole[0] in row[2], len(row[2])), default=None)
        if telling is None:
            continue
        value, item, wanted = telling
        walked: list[Page] = []
        with attempts.reading():
            walked.extend(_cut_walk(contract, visit, filtered(contract, promise, value, item)))
        if not walked or not attempts.is_whole(contract, walked):
            continue
        listed = set(identities(contract, items_of(walked)))
        lost = [(one, name) for one, name in named(contract, wanted) if name not in listed]
        if len(lost) > visit.movement.drawn_up:
            names = sorted(name for _, name in lost)
            yield broken(
                promise,
                [page.exchange for page in walked],
                expected=said(
                    "{count} items with {parameter}={value} in small pages",
                    count=len(wanted),
                    parameter=promise.parameter,
                    value=asked_value(promise, value),
                ),
                actual=said("{count} of them missing: {names}", count=len(lost), names=Names.of(names)),
                also=open_boundary(contract) if at_edges(contract, walked, [one for one, _ in lost]) else (),
                missing=tuple(names),
            )
    attempts.end("no filtered listing in small pages could be read to its end")


def _cut_walk(contract: Contract, visit: Visit, query: dict[str, Json]) -> list[Page]:
    """The filtered listing in small pages: a page of one item alone, where it is empty and the last."""
    one = visit.page(query | sized(contract, 1))
    if not one.size and one.cursor is None:
        return [one]
    return list(visit.walk(query | sized(contract, SMALL), most=FEW))


def _cut(contract: Contract) -> list[Filter]:
    """The filters beside which pages are cut by something else."""
    cursor = contract.paging.parameter if contract.paging else ""
    hiding = Relation.NULL_UNLESS_TRUE
    return [one for one in contract.filters if one.parameter != cursor and one.relation is not hiding]


def _matching(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[tuple[Json, Json, list[Json]]]:
    """Values worth asking for, each with an item that has it, and those that are listed for sure."""
    for value, item in chosen(contract, promise, whole):
        yield value, item, certain(promise, wanted_of(contract, promise, whole, value, item), value)


@frozen
class _Nothing:
    """A query that nothing matches, by a filter, and what makes it less than sure that it may be asked."""

    promise: Filter
    query: Mapping[str, Json]
    doubt: Doubt | None = None


@visit_check(
    "no-match-is-a-page",
    FILTERING,
    needs=needs_filters,
    headline="what nothing matches is no page: {actual} instead of {expected}",
)
def no_match_is_a_page(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A listing of which nothing matches is an empty page, not a refusal."""
    whole = whole_of(contract, visit)
    attempts, told = Attempts(), set[str]()
    for nothing in _nothings(contract, whole):
        answer = visit.get({**everything(contract), **nothing.query})
        attempts.seen = True
        if not is_page(contract, answer) and nothing.promise.parameter not in told:
            told.add(nothing.promise.parameter)
            yield broken(
                nothing.promise,
                (answer,),
                expected=said("a page without items for {names}, which no item has", names=_asked(nothing)),
                actual=said("{status}", status=Status(answer.status)),
                also=tuple(one.pointer for one in contract.filters if one.parameter in nothing.query),
                doubt=nothing.doubt,
            )
    attempts.end("every value that can be asked for is had by some item")


_WORDED = frozenset({Relation.EQUALS, Relation.IN, Relation.PRESENT})
"""Relations whose documented values may be such as no item has."""


def _asked(nothing: _Nothing) -> str:
    return " and ".join(nothing.query)


def _nothings(contract: Contract, whole: list[Json]) -> Iterator[_Nothing]:
    """Documented values that no item has, values of two filters that no item has at once, and a name of nobody."""
    free = [one for one in _cut(contract) if not one.requires]
    for promise in [one for one in free if one.relation in _WORDED]:
        values = [[value] if promise.relation is Relation.IN else value for value in listed_values(contract, promise)]
        unused = [value for value in values if not any(satisfies(promise, item, value) for item in whole)]
        default = contract.parameter(promise.parameter).schema.get("default")
        yield from (_Nothing(promise, asking(promise, value)) for value in unused[:1] if value != default)
    pairs = [pair for pair in combinations(free, 2) if go_together(*pair)]
    pairs = [pair for pair in pairs if not all(one.relation in BOUNDS for one in pair)]
    yield from (one for pair in pairs for one in _apart(contract, pair, whole))
    for promise in free:
        if promise.relation is Relation.CONTAINS:
            yield _Nothing(promise, asking(promise, {NOBODY: NOBODY}))
        schema = contract.parameter(promise.parameter).schema
        open_text = promise.relation is Relation.EQUALS and set(schema) <= {"type", "description", "example"}
        if open_text and schema.get("type") == "string" and not contract.refusal(f"unknown-{promise.parameter}"):
            yield _Nothing(promise, asking(promise, NOBODY), Doubt.AMBIGUOUS)


def _apart(contract: Contract, pair: tuple[Filter, Filter], whole: list[Json]) -> Iterator[_Nothing]:
    """A value for each of two filters, such that items have either and none has both."""
    one, other = pair
    for left, _ in chosen(contract, one, whole):
        for right, _ in chosen(contract, other, whole):
            if not any(satisfies(one, item, left) and satisfies(other, item, right) for item in whole):
                yield _Nothing(one, asking_both(one, left, other, right))
                return


CHECKS: tuple[Check, ...] = (filter_precedes_cut, no_match_is_a_page)
