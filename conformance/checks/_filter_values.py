"""What the checks of filters share: the whole listing, values worth asking for, the filtered listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from conformance.checks._filter_pairs import pairs, two_pairs
from conformance.checks._walks import Attempts, at_least, cut, everything, items_of, pages
from conformance.checks.base import Cause, Skip
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.sentence import Sentence, Value, said
from conformance.spec.asked import asking, is_plain, written
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, in_order, is_there, satisfies

TEXT = frozenset({Relation.EQUALS, Relation.NOT, Relation.STARTS_WITH, Relation.HAS_TEXT})
"""Relations whose value is a text of an item, or a part of one."""
SEVERAL = 3
"""Fields of which values are asked for, where a text is searched for in many."""
NOBODY = "nobody-has-this-b7f3"


def needs_filters(contract: Contract) -> str:
    """Why there is no filter to test."""
    return "" if contract.filters else "no filter is documented"


def exact(contract: Contract) -> list[Filter]:
    """The filters that ask for one value or one of several, and stand alone."""
    return [one for one in contract.filters if one.relation in {Relation.EQUALS, Relation.IN} and one.stands_alone]


def hiding(contract: Contract) -> list[Filter]:
    """The filters that show what is hidden by default."""
    return [one for one in contract.filters if one.hides]


def whole_of(contract: Contract, visit: Visit) -> list[Json]:
    """Every item that can be listed; skips where there are too few to tell anything, or too many to read."""
    found, complete = known_of(contract, visit)
    if not complete:
        raise Skip(f"the first {len(found)} items are not the whole collection", Cause.COLLECTION)
    return found


def known_of(contract: Contract, visit: Visit) -> tuple[list[Json], bool]:
    """The items that can be listed, and whether that is all of them; skips where there are too few to tell anything."""
    walked = pages(visit, everything(contract))
    found = items_of(walked)
    at_least(2, found, "tell a filter that works from one that is ignored")
    return found, not cut(walked)


def asked(contract: Contract, visit: Visit, promise: Filter, value: Json, item: Json) -> list[Page]:
    """The listing with one filter."""
    return pages(visit, filtered(contract, promise, value, item))


def filtered(contract: Contract, promise: Filter, value: Json, item: Json) -> dict[str, Json]:
    """The query with one filter; one that has no effect alone comes with the parameter that it requires."""
    query = everything(contract) | asking(promise, value)
    if promise.needed is not None and not promise.stands_alone:
        query[promise.requires] = promise.needed
    for other in contract.filters:
        if other.parameter == promise.requires:
            query |= asking(other, value_for(other, item))
    return query


def value_for(promise: Filter, item: Json) -> Json:
    """What a filter is asked with for what one item has; None where it has nothing to ask for."""
    held = next((one for place in promise.fields if is_there(one := place.get(item))), None)
    if promise.relation is Relation.PRESENT:
        return promise.words.get("present" if is_there(held) else "absent")
    return held


def readable(
    contract: Contract, visit: Visit, promise: Filter, whole: list[Json], attempts: Attempts
) -> Iterator[tuple[Json, Json, list[Page]]]:
    """Values worth asking for, each with an item that has it and the listing; none that is refused or has no end."""
    for value, item in chosen(contract, promise, whole):
        walked: list[Page] = []
        with attempts.reading():
            walked = asked(contract, visit, promise, value, item)
        if walked and attempts.is_whole(contract, walked):
            yield value, item, walked


def wanted_of(contract: Contract, promise: Filter, whole: list[Json], value: Json, item: Json) -> list[Json]:
    """The items of the whole that a filter with a value asks for."""
    return [one for one in whole if asks_for(contract, promise, value, item, one)]


def asks_for(contract: Contract, promise: Filter, value: Json, item: Json, one: Json) -> bool:
    """Whether a filter with a value, and with the parameter that it requires, asks for `one`."""
    needed = next((other for other in contract.filters if other.parameter == promise.requires), None)
    return satisfies(promise, one, value) and (needed is None or satisfies(needed, one, value_for(needed, item)))


def chosen(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Values worth asking for, each with an item that has it: the commonest and the rarest, or low, middle, high.

    Where case is ignored, the last of them comes once more in another case.
    """
    asked: list[tuple[Json, Json]] = []
    for row in _held_values(contract, promise, whole):
        asked.append(row)
        yield row
    turned = [(_turned(value), item) for value, item in asked if promise.case == "ignored"]
    takes = contract.parameter(promise.parameter).validator.is_valid
    yield from [row for row in turned if row not in asked and takes(row[0])][-1:]


def _turned(value: Json) -> Json:
    """A text, or each of several, with upper case for lower and the reverse, from A to Z."""
    if isinstance(value, list):
        return [_turned(one) for one in value]
    return "".join(one.swapcase() if one.isascii() else one for one in value) if isinstance(value, str) else value


def _held_values(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[tuple[Json, Json]]:
    siblings = [other for other in contract.filters if other.parameter == promise.requires]
    askable = [item for item in whole if not any(value_for(other, item) is None for other in siblings)]
    if promise.relation is Relation.PRESENT:
        had = {value_for(promise, item): item for item in reversed(askable)}
        yield from ((word, had[word]) for word in listed_values(contract, promise) if word in had)
        return
    for place in promise.fields[:SEVERAL]:
        yield from _values_at(contract, promise, place, askable)


def _values_at(contract: Contract, promise: Filter, place: Pointer, whole: list[Json]) -> Iterator[tuple[Json, Json]]:
    documented = listed_values(contract, promise)
    held: list[tuple[Json, Json]] = [
        (value, item)
        for item in whole
        if is_there(value := place.get(item))
        and (not documented or value in documented)
        and may_be_asked(contract, promise, value)
    ]
    if not held or promise.relation is Relation.NULL_UNLESS_TRUE:
        return
    if promise.relation is Relation.CONTAINS:
        yield from pairs(promise, held)
        if promise.takes_several:
            yield from two_pairs(promise, held)
    elif promise.relation in BOUNDS:
        ordered = in_order(held, lambda row: row[0])
        yield from (ordered[index] for index in dict.fromkeys((0, len(ordered) // 2, len(ordered) - 1)))
    elif promise.relation in {Relation.STARTS_WITH, Relation.HAS_TEXT}:
        parts = _parts(promise, [(value, item) for value, item in held if isinstance(value, str) and value])
        yield from (pair for pair in parts if may_be_asked(contract, promise, pair[0]))
    else:
        words = [(value, item) for value, item in held if isinstance(value, str | int)]
        items, ranked = dict(words), [value for value, _ in Counter(value for value, _ in words).most_common()]
        if promise.several and len(ranked) > 1:
            yield [ranked[0], ranked[-1]], items[ranked[0]]
        for value in dict.fromkeys((*ranked[:1], *ranked[-1:], *_beginnings(ranked))):
            yield ([value] if promise.several else value), items[value]


def _beginnings(words: list[str | int]) -> list[str]:
    """A word with which another begins, if there is one: it tells equality from likeness."""
    texts = [word for word in words if isinstance(word, str)]
    return [one for one in texts if any(other != one and other.startswith(one) for other in texts)][:1]


def certain(promise: Filter, items: Iterable[Json], value: Json) -> list[Json]:
    """The items of which no bound leaves open whether they are listed: those that do not stand at it."""
    bounded = promise.relation in BOUNDS
    return [one for one in items if not bounded or comparable(promise.field.get(one)) != comparable(value)]


def may_be_asked(contract: Contract, promise: Filter, value: Json) -> bool:
    """Whether a filter's parameter takes a value that an item has: an item's may be longer, or of another form."""
    if promise.expression:
        takes = contract.parameter(promise.parameter).validator.is_valid
        return is_plain(promise, value) and takes(written(promise, value))
    text_or_bound = promise.relation in BOUNDS or (promise.relation in TEXT and isinstance(value, str))
    asked = [value] if promise.several else value
    return not text_or_bound or contract.parameter(promise.parameter).validator.is_valid(asked)


def listed_values(contract: Contract, promise: Filter) -> list[Json]:
    """The values that a filter's parameter is documented to take; empty where they are not listed."""
    if promise.relation is Relation.PRESENT:
        return list(promise.words.values())
    if promise.expression:
        return []
    schema = contract.parameter(promise.parameter).schema
    values: list[Json] = schema.get("items", schema).get("enum", [])
    return values


def asked_value(promise: Filter, value: object) -> Value:
    """The value that a filter was asked with, for a sentence; one of several values, or a word, is nobody's field."""
    return Value(value, field="" if promise.several or promise.relation is Relation.PRESENT else promise.field)


def held_value(promise: Filter, item: Json) -> Value:
    """What an item has where a filter looks, for a sentence."""
    held = promise.field.get(item)
    nothing = promise.relation is Relation.PRESENT and not is_there(held)
    return Value(None if nothing else held, field=promise.field)


def only_items(promise: Filter, value: Json, compared: str) -> Sentence:
    """What a filter with a value asks for, for a sentence; `compared` is how that is told of values."""
    if promise.relation is Relation.PRESENT:
        have = "that have" if value == promise.words.get("present") else "without"
        return said("only items {have} {field}", have=have, field=promise.field)
    return said(compared, field=promise.field, relation=promise.relation, value=asked_value(promise, value))


def _parts(promise: Filter, held: list[tuple[str, Json]]) -> Iterator[tuple[Json, Json]]:
    """The whole of a text, and a part of it: the shortest that some other text has not, so that it tells."""
    for value, item in held[len(held) // 2 :][:1]:
        from_end = promise.relation is Relation.HAS_TEXT
        parts = [value[-size:] if from_end else value[:size] for size in range(1, len(value))]
        found = [[satisfies(promise, one, part) for _, one in held] for part in parts]
        yield from (
            (part, item) for part, had in [pair for pair in zip(parts, found, strict=True) if not all(pair[1])][:1]
        )
        yield value, item
