"""What a filter is asked with is read as it is documented: a time with its offset, a parameter with its companion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from conformance.checks._filter_values import certain, chosen, filtered, known_of, wanted_of
from conformance.checks._repeats import different, settled
from conformance.checks._walks import Attempts, broken, everything, items_of
from conformance.checks.base import Check, visit_check
from conformance.checks.family import FILTERING
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import Json
from conformance.listing.pages import NotAPage, Page
from conformance.listing.visit import Visit
from conformance.sentence import Names, Status, Value, said
from conformance.spec.asked import asking
from conformance.spec.contract import Contract
from conformance.spec.moments import read_moment
from conformance.spec.promises import Filter
from conformance.spec.values import BOUNDS, contradicts, identities

OFFSETS = (2, 14)
"""Hours east of UTC: a common offset, and the greatest that there is, for collections with few items."""


def _timed(contract: Contract) -> list[Filter]:
    """The filters that bound a time which is written as RFC 3339 has it."""
    return [
        one
        for one in contract.filters
        if one.relation in BOUNDS and contract.parameter(one.parameter).schema.get("format") == "date-time"
    ]


def _needs_timed(contract: Contract) -> str:
    return "" if _timed(contract) else "no filter bounds a time that is written with its offset"


@visit_check(
    "bound-reads-offset",
    FILTERING,
    needs=_needs_timed,
    tests=_timed,
    headline="{about} does not read the offset of a time: {actual}; expected {expected}",
)
def bound_reads_offset(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A bound is the same moment with whatever offset from UTC it is written."""
    whole, _ = known_of(contract, visit)
    attempts = Attempts()
    for promise in _timed(contract):
        for value, text, item in _elsewhere(contract, promise, whole):
            walked: list[Page] = []
            with attempts.reading():
                walked.extend(visit.walk(filtered(contract, promise, text, item)))
            if not walked:
                attempts.seen = True
                yield _not_taken(contract, visit, promise, (text, item))
            elif attempts.is_whole(contract, walked):
                yield from _misread(contract, visit, promise, (value, text, item), walked)
            break
    attempts.end("no item lies between a moment and the one that an ignored offset makes of it")


def _elsewhere(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[tuple[Json, str, Json]]:
    """A bound, and the same moment with an offset, where an item tells whether the offset is read."""
    for value, item in chosen(contract, promise, whole):
        for hours in OFFSETS:
            text = _written_at(value, hours)
            if text and _differ(promise, whole, value, f"{text[:-6]}Z"):
                yield value, text, item


def _written_at(value: Json, hours: int) -> str:
    """A time of RFC 3339 as clocks show it some hours east of UTC; empty for another value."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    # What is written anew has microseconds at most: with finer digits it would be another moment.
    if moment.tzinfo is None or read_moment(str(value)) != moment:
        return ""
    return moment.astimezone(timezone(timedelta(hours=hours))).isoformat()


def _differ(promise: Filter, whole: list[Json], one: Json, other: Json) -> bool:
    return any(contradicts(promise, item, one) is not contradicts(promise, item, other) for item in whole)


def _not_taken(contract: Contract, visit: Visit, promise: Filter, asked: tuple[str, Json]) -> Contradiction:
    answer = visit.get(filtered(contract, promise, *asked))
    return broken(
        promise,
        (answer,),
        expected=said("a listing for {parameter}={text}", parameter=promise.parameter, text=Value(asked[0])),
        actual=said("{status}", status=Status(answer.status)),
        place="refused",
        doubt=Doubt.AMBIGUOUS,
        also=(contract.parameter(promise.parameter).pointer.below("schema", "format"),),
    )


def _misread(
    contract: Contract, visit: Visit, promise: Filter, asked: tuple[Json, str, Json], walked: list[Page]
) -> Iterator[Contradiction]:
    value, text, item = asked
    whole, _ = known_of(contract, visit)
    listed = items_of(walked)
    wanted = certain(promise, wanted_of(contract, promise, whole, value, item), value)
    lost = set(identities(contract, wanted)) - set(identities(contract, listed))
    foreign = [one for one in certain(promise, listed, value) if contradicts(promise, one, value)]
    leaked = set(identities(contract, foreign))
    if leaked or len(lost) > visit.movement.drawn_up:
        yield broken(
            promise,
            (walked[0].exchange,),
            expected=said(
                "what {utc} bounds, for {parameter}={text}",
                utc=Value(value),
                parameter=promise.parameter,
                text=Value(text),
            ),
            actual=said(
                "{lost} items too few and {leaked} too many, such as {names}",
                lost=len(lost),
                leaked=len(leaked),
                names=Names.of(sorted(lost | leaked)),
            ),
            also=(contract.parameter(promise.parameter).pointer.below("schema", "format"),),
            missing=tuple(sorted(lost)),
            unexpected=tuple(sorted(leaked)),
        )


def _dependent(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if one.requires and one.needed is None]


def _needs_dependent(contract: Contract) -> str:
    return "" if _dependent(contract) else "no parameter is documented to have no effect alone"


@visit_check(
    "alone-without-effect",
    FILTERING,
    needs=_needs_dependent,
    tests=_dependent,
    headline="{about} has an effect alone: {actual}; expected {expected}",
)
def alone_without_effect(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A parameter that is documented to have no effect alone has none."""
    whole, _ = known_of(contract, visit)
    attempts, plain = Attempts(), visit.page(everything(contract))
    for promise in _dependent(contract):
        for value, _item in chosen(contract, promise, whole):
            if not any(contradicts(promise, one, value) for one in plain.items):
                continue
            attempts.seen = True
            try:
                alone = visit.page(everything(contract) | asking(promise, value))
            except NotAPage:  # what answers it alone, no page says
                break
            moved = different(contract, plain, alone)
            if settled(contract, plain) and len(moved) > 2 * len(visit.movement.aside):
                yield broken(
                    promise,
                    (plain.exchange, alone.exchange),
                    expected=said(
                        "the listing without {parameter}, where {other} is not given",
                        parameter=promise.parameter,
                        other=promise.requires,
                    ),
                    actual=said("another listing; different: {names}", names=Names.of(sorted(moved))),
                    also=(promise.pointer.below("requires"),),
                    missing=tuple(sorted(moved)),
                )
            break
    attempts.end("no value tells an effect from none")


CHECKS: tuple[Check, ...] = (bound_reads_offset, alone_without_effect)
