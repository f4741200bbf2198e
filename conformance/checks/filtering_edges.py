"""What filters do at their edges: at a bound, at a value that no item has, and where nothing is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from conformance.checks._filter_values import (
    NOBODY,
    asked_value,
    chosen,
    filtered,
    held_value,
    hiding,
    known_of,
    listed_values,
    needs_filters,
    readable,
)
from conformance.checks._walks import (
    Attempts,
    at_least,
    broken,
    everything,
    identity,
    items_of,
)
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import FILTERING
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json, elements_of, members_of
from conformance.listing.pages import items_in
from conformance.listing.visit import Visit
from conformance.pointer import MISSING, Pointer
from conformance.sentence import Value, said
from conformance.spec.asked import asking, written
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, contradicts, held_in, satisfies, suits


def _bounded(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if one.relation in BOUNDS]


def _needs_bounds(contract: Contract) -> str:
    return "" if _bounded(contract) else "no filter has a bound"


@visit_check(
    "filter-bounds",
    FILTERING,
    needs=_needs_bounds,
    tests=_bounded,
    recorded=True,
    headline="{about} has another bound: {actual}; expected {expected}",
)
def filter_bounds(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The item at a filter's bound is listed or not, as documented."""
    whole, _ = known_of(contract, visit)
    attempts = Attempts()
    for promise in _bounded(contract):
        inclusive = promise.relation in {Relation.AT_LEAST, Relation.AT_MOST}
        for value, item, walked in readable(contract, visit, promise, whole, attempts):
            listed = contract.identity_of(item) in [contract.identity_of(one) for one in items_of(walked)]
            if listed is not inclusive:
                bound, name = asked_value(promise, value), identity(contract, item)
                yield off_bound(promise, bound, name, exchange=walked[0].exchange, listed=listed)
                break
    attempts.end("no item at a bound could be looked for in a whole listing")


def off_bound(promise: Filter, bound: Value, name: Value, *, exchange: Exchange, listed: bool) -> Contradiction:
    """That the item at a bound is listed, or not, against the relation of the filter."""
    words = {True: "listed", False: "not listed"}
    return broken(
        promise,
        (exchange,),
        expected=said("the item at {value} {listed}", value=bound, listed=words[not listed]),
        actual=said("item {name} is {listed}", name=name, listed=words[listed]),
        also=() if promise.bound_stated else (promise.pointer.below("bound"),),
    )


@visit_check(
    "filter-shrinks",
    FILTERING,
    needs=needs_filters,
    headline="{about} lists what it does not ask for: {actual} instead of {expected}",
)
def filter_shrinks(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A value that no item has lists nothing, never everything, nor what resembles it."""
    tried = False
    for promise in contract.filters:
        beside = _beside(contract, visit, promise)
        for value, also in _values_of_nobody(contract, visit, promise) if beside is not None else ():
            tried = True
            exchange = visit.get(everything(contract) | (beside or {}) | asking(promise, value))
            found = [item for item in items_in(contract, exchange) if contradicts(promise, item, value)]
            if found:
                given = Value(written(promise, value), field=promise.field if isinstance(value, str) else "")
                expected = said("no item with {parameter}={value}", parameter=promise.parameter, value=given)
                actual = said("{count} items", count=len(found))
                yield broken(promise, (exchange,), expected=expected, actual=actual, also=also)
                break
    if not tried:
        raise Skip("no filter takes a value that nothing has", Cause.DOCUMENTATION)


def _beside(contract: Contract, visit: Visit, promise: Filter) -> dict[str, Json] | None:
    """What a filter that has no effect alone is asked with; None where no item has a value for it."""
    if not promise.requires:
        return {}
    whole, _ = known_of(contract, visit)
    return next((filtered(contract, promise, value, item) for value, item in chosen(contract, promise, whole)), None)


_OF_PARTS = frozenset({Relation.STARTS_WITH, Relation.HAS_TEXT})
_OF_WORDS = frozenset({Relation.EQUALS, Relation.IN}) | _OF_PARTS


def _values_of_nobody(contract: Contract, visit: Visit, promise: Filter) -> Iterator[tuple[Json, tuple[Pointer, ...]]]:
    """A value out of the air, a part of one that exists, and one in another case; and what else they rest on."""
    taken = contract.parameter(promise.parameter).schema
    schema = contract.item.part(promise.field).keywords if promise.expression else taken
    several = promise.relation is Relation.IN
    schema = schema.get("items", {}) if several else schema
    if promise.relation is Relation.CONTAINS:
        yield {NOBODY: NOBODY}, ()
        yield from ((pairs, ()) for pairs in _pairs_of_nobody(contract, promise, known_of(contract, visit)[0]))
    elif promise.relation is Relation.PRESENT:
        whole = known_of(contract, visit)[0]
        words = listed_values(contract, promise)
        yield from ((word, ()) for word in words if not any(satisfies(promise, item, word) for item in whole))
    elif promise.relation not in _OF_WORDS or schema.get("type") != "string" or "enum" in schema:
        return
    else:
        if contract.refusal(f"unknown-{promise.parameter}") is None:
            yield [NOBODY] if several else NOBODY, ()
        whole, near = known_of(contract, visit)[0], list[tuple[str, tuple[Pointer, ...]]]()
        held = {str(one) for item in whole for one in held_in(promise, item)}
        for value, _ in islice(chosen(contract, promise, whole), 1):
            text = str(elements_of(value)[0] if several else value)
            part = text[1:] if promise.relation in _OF_PARTS else text[:-1]
            near += [(part, ()), (text.swapcase(), (promise.pointer.below("case"),))]
        yield from (
            ([text] if several else text, also)
            for text, also in near
            if text and text not in held and not any(_may_suit(promise, one, text) for one in held)
        )


def _may_suit(promise: Filter, held: str, text: str) -> bool:
    return suits(promise, held, [text] if promise.relation is Relation.IN else text, perhaps=True)


def _pairs_of_nobody(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[dict[str, Json]]:
    """A part of a value that exists, and two pairs that items have, and none has both."""
    asked = [members_of(value) for value, _ in chosen(contract, promise, whole)]
    single = [next(iter(pairs.items())) for pairs in asked if len(pairs) == 1]
    near: list[dict[str, Json]] = [{name: str(value)[:-1]} for name, value in single[:1] if len(str(value)) > 1]
    if promise.takes_several:
        near += [dict((one, other)) for one, other in combinations(single, 2) if one[0] != other[0]]
    yield from (pairs for pairs in near if not any(satisfies(promise, item, pairs) for item in whole))


def _needs_hiding(contract: Contract) -> str:
    return "" if hiding(contract) else "nothing is documented to be hidden by default"


@visit_check(
    "filter-default",
    FILTERING,
    needs=_needs_hiding,
    tests=hiding,
    recorded=True,
    headline="{about} hides nothing by default: {actual}; expected {expected}",
)
def filter_default(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What is hidden by default is not listed unless it is asked for."""
    for promise in hiding(contract):
        for page in visit.walk({}):
            shown = [item for item in page.items if not is_usual(promise, item)]
            if shown:
                yield not_hidden(contract, promise, page.exchange, shown[0])
                return
        hidden = [item for item in known_of(contract, visit)[0] if not is_usual(promise, item)]
        at_least(1, hidden, "be hidden by default")


def is_usual(promise: Filter, item: Json) -> bool:
    """Whether an item may be listed where nothing is asked for; one without the field shows nothing."""
    return promise.field.get(item) in (None, MISSING) or satisfies(promise, item, promise.usual)


def not_hidden(contract: Contract, promise: Filter, exchange: Exchange, item: Json) -> Contradiction:
    """That an item is listed although it is hidden by default."""
    name, value = identity(contract, item), held_value(promise, item)
    expected = said("no item with {field}", field=promise.field)
    if promise.any is not None:
        usual = Value(promise.usual, field=promise.field)
        expected = said("only items where {field} equals {value}", field=promise.field, value=usual)
    return broken(
        promise, (exchange,), expected=expected, actual=said("item {name} has {value}", name=name, value=value)
    )


CHECKS: tuple[Check, ...] = (filter_bounds, filter_shrinks, filter_default)
