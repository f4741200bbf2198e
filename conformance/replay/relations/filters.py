"""What filtered listings hold: on each page nothing but what was asked for, and of the whole everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks._filter_values import asked_value, held_value, only_items
from conformance.checks._walks import boundary_is_open, broken, identity
from conformance.checks.filtering_edges import is_usual, not_hidden, off_bound
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.lawful import ruled_out
from conformance.listing.movement import between
from conformance.pointer import Found
from conformance.replay.quick.columns import EMPTY
from conformance.replay.quick.consistency import satisfied
from conformance.replay.relations.asked_values import Asked, asked_in
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.walks import Query, Step, Walk
from conformance.sentence import Names, Sentence, joined, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, contradicts, identities, satisfies, suits

BRACKET = 60.0
"""Seconds from the whole before a filtered listing to the whole after it."""


def sound(contract: Contract, step: Step, judgement: Judgement, *, first: Step | None = None) -> None:
    """Judge the filters of one page; `first` is the first page of its walk where this is a later one."""
    if not step.size:
        return
    for asked in asked_in(contract, step.exchange.query):
        leaked = _leaked(asked, step)
        later = first is not None and _kept_so_far(contract, asked, first)
        check = "cursor-keeps-filters" if later else "filter-sound"
        if asked.promise.relation is Relation.NULL_UNLESS_TRUE or not _telling(contract, asked, step, leaked):
            continue
        judgement.note(check, _leaks(contract, asked, [first, step] if first and later else [step], leaked))
        if asked.promise.relation in BOUNDS and first is None:
            judgement.note("filter-bounds", _at_bound(contract, asked, step))
    _hidden(contract, step, judgement)


def _leaked(asked: Asked, step: Step) -> list[Json]:
    """The items of a page that a filter should have left out; where a column has none, no item is looked at."""
    columns, place = step.sheet.columns, asked.promise.field
    if asked.promise.is_search:
        return [item for item in step.items if contradicts(asked.promise, item, asked.value)]
    if satisfied(asked.promise, columns, asked.value) or all(_good(asked, held) for held in columns[place]):
        return []
    return [item for item in step.items if not _good(asked, place.get(item))]


def _kept_so_far(contract: Contract, asked: Asked, first: Step) -> bool:
    """Whether the first page of a walk kept a filter, so that a later one that does not has lost it."""
    is_cursor = contract.paging is not None and asked.promise.parameter == contract.paging.parameter
    return not is_cursor and bool(first.size) and not _leaked(asked, first)


def _good(asked: Asked, held: Found) -> bool:
    """Whether an item that holds this may be listed; at the bound itself either is right here."""
    try:
        return _is_at_bound(asked, held) or suits(asked.promise, held, asked.value, perhaps=True)
    except TypeError:
        return True


def _is_at_bound(asked: Asked, held: Found) -> bool:
    return asked.promise.relation in BOUNDS and bool(comparable(held) == comparable(asked.value))


def _telling(contract: Contract, asked: Asked, step: Step, leaked: Sequence[Json]) -> bool:
    """Whether a page tells of a filter: a scope may be named in a way that items do not show, and bad values lie."""
    if asked.promise.parameter in contract.scopes and len(leaked) == step.size:
        return False
    return not leaked or asked.promise.parameter not in ruled_out(contract, step.exchange)


def _leaks(contract: Contract, asked: Asked, steps: Sequence[Step], leaked: Sequence[Json]) -> Iterator[Contradiction]:
    if leaked:
        promise = asked.promise
        yield broken(
            promise,
            [step.exchange for step in steps],
            expected=only_items(promise, asked.value, "only items whose {field} is {relation} {value}"),
            actual=said("{count} others, such as {value}", count=len(leaked), value=held_value(promise, leaked[0])),
            unexpected=tuple(identities(contract, leaked)),
        )


def _at_bound(contract: Contract, asked: Asked, step: Step) -> Iterator[Contradiction]:
    if asked.promise.relation in {Relation.AFTER, Relation.BEFORE} and not boundary_is_open(contract):
        held = step.sheet.columns[asked.promise.field]
        for item in step.items if any(_is_at_bound(asked, one) for one in held) else ():
            if _is_at_bound(asked, asked.promise.field.get(item)):
                bound, name = asked_value(asked.promise, asked.value), identity(contract, item)
                yield off_bound(asked.promise, bound, name, exchange=step.exchange, listed=True)
                return


def _hidden(contract: Contract, step: Step, judgement: Judgement) -> None:
    """Judge whether what is hidden by default is: where the parameter that shows it was not given, or is false."""
    names = {name for name, _ in step.exchange.query}
    for promise in contract.filters:
        given = promise.parameter in names
        if promise.hides and (not given or _asked(contract, promise, step) == promise.usual):
            judgement.note("filter-default", _shown(contract, promise, step))


def _asked(contract: Contract, promise: Filter, step: Step) -> Json:
    """What a page was asked for by a filter; None where that is not plain."""
    asked = {one.promise.parameter: one.value for one in asked_in(contract, step.exchange.query)}
    return asked.get(promise.parameter)


def _shown(contract: Contract, promise: Filter, step: Step) -> Iterator[Contradiction]:
    plain = step.sheet.columns.kind(promise.field) == EMPTY and promise.usual is False
    shown = [] if plain else [item for item in step.items if not is_usual(promise, item)]
    if shown:
        yield not_hidden(contract, promise, step.exchange, shown[0])


def complete(contract: Contract, walks: Sequence[Walk], judgement: Judgement) -> None:
    """Judge each filtered walk that stands between two walks of the whole, by the items that both show alike."""
    ended = [walk for walk in walks if ends(contract, walk)]
    for walk in ended:
        asked = [one for one in asked_in(contract, walk.query) if one.promise.relation is not Relation.NULL_UNLESS_TRUE]
        given = {name for name, _ in walk.query if _filters(contract, name)}
        is_told = bool(asked) and given == {one.promise.parameter for one in asked}
        around = _around(contract, walk, ended) if is_told else None
        if around is not None:
            judgement.note("filter-complete", _loses(contract, asked, walk, *around))


def ends(contract: Contract, walk: Walk) -> bool:
    """Whether a walk came to the end of its listing."""
    if contract.paging is not None:
        return walk.steps[-1].cursor is None
    limit = contract.limit
    given = [value for name, value in walk.query if limit is not None and name == limit.parameter]
    most = int(given[0]) if given and given[0].isdecimal() else (limit.default if limit else None)
    return limit is None or (most is not None and walk.steps[0].size < most)


def _around(contract: Contract, walk: Walk, ended: Sequence[Walk]) -> tuple[Walk, Walk] | None:
    """The nearest walks of the same listing without filters, before and after; None where one is missing or far."""
    whole = [one for one in ended if one is not walk and one.query == _unfiltered(contract, walk.query)] or [
        one for one in ended if one is not walk and _same_listing(contract, one.query, walk.query)
    ]
    before = max((one for one in whole if one.ended <= walk.started), key=lambda one: one.ended, default=None)
    after = min((one for one in whole if one.started >= walk.ended), key=lambda one: one.started, default=None)
    near = before is not None and after is not None and after.ended - before.started <= BRACKET
    return (before, after) if near and before is not None and after is not None else None


def _unfiltered(contract: Contract, query: Query) -> Query:
    return tuple(pair for pair in query if not _filters(contract, pair[0]))


def _filters(contract: Contract, name: str) -> bool:
    return any(one.parameter == name and one.relation is not Relation.NULL_UNLESS_TRUE for one in contract.filters)


def _same_listing(contract: Contract, whole: Query, filtered: Query) -> bool:
    """Whether two queries differ in filters and in the size and order of pages alone."""
    aside = {contract.limit.parameter if contract.limit else "", contract.order.parameter if contract.order else ""}
    plain = {pair for pair in _unfiltered(contract, filtered) if pair[0] not in aside}
    return plain == {pair for pair in whole if pair[0] not in aside}


def _loses(
    contract: Contract, asked: Sequence[Asked], walk: Walk, before: Walk, after: Walk
) -> Iterator[Contradiction]:
    movement = between(contract, before.items, after.items)
    lasting = [
        item
        for item, name in zip(before.items, identities(contract, before.items), strict=True)
        if name not in movement.aside
    ]
    wanted = [item for item in lasting if all(_certain(one, item) for one in asked)]
    lost = sorted(set(identities(contract, wanted)) - set(identities(contract, walk.items)))
    if len(lost) > (movement.drawn_up if len(walk.steps) > 1 else 0):
        yield broken(
            asked[0].promise,
            (before.steps[0].exchange, walk.steps[0].exchange),
            expected=said(
                "{count} items with {values}, as the whole listing had before and after",
                count=len(wanted),
                values=_values(asked),
            ),
            actual=said("{count} of them missing: {names}", count=len(lost), names=Names.of(lost)),
            missing=tuple(lost),
        )


def _values(asked: Sequence[Asked]) -> Sentence:
    given = ((one.promise.parameter, asked_value(one.promise, one.value)) for one in asked)
    return joined(" and ", (said("{name}={value}", name=name, value=value) for name, value in given))


def _certain(asked: Asked, item: Json) -> bool:
    try:
        held = asked.promise.field.get(item)
        return satisfies(asked.promise, item, asked.value) and not _is_at_bound(asked, held)
    except TypeError:
        return False
