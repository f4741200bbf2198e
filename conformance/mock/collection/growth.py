"""A collection grown from the few items of a fixture: new identities, other times, other values, the same promises."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from conformance.mock.collection import moments
from conformance.mock.collection.fixture import Fixture
from conformance.mock.collection.identities import Identities
from conformance.mock.collection.invariants import holds
from conformance.mock.collection.values import Entry, Json
from conformance.pointer import MISSING, TOP, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Bond, Relation

NEWEST = "2026-05-06T12:00:00Z"
"""The time of the newest item: fixed, so that the same seed grows the same collection on any day."""

_RANGES = (Relation.AFTER, Relation.AT_LEAST, Relation.BEFORE, Relation.AT_MOST)
_LONGEST_GAP = 90 * 60 * 1000
_TIE_IN = 4

_T = TypeVar("_T")


def grow(contract: Contract, fixture: Fixture, *, count: int, seed: int) -> tuple[Entry, ...]:
    """`count` entries, the newest first."""
    shapes = _in_turn(range(len(fixture.items)), f"{seed} shapes")
    turns = {place: _in_turn(values, f"{seed} {place}") for place, values in _varied(contract, fixture).items()}
    owners = {name: _in_turn(values, f"{seed} {name}") for name, values in fixture.known.items()}
    left_out = {place: _in_turn((True, False, False), f"{seed} -{place}") for place in _droppable(contract, fixture)}
    schema = contract.item.part(contract.identity).keywords
    identities = Identities(f"{seed} identities", schema=schema)
    grown = []
    for moment, shape in zip(_moments(fixture, count, seed), shapes, strict=False):
        item = _at(contract, fixture, fixture.items[shape], moment)
        contract.identity.put(item, identities.like(contract.identity_of(item)))
        for place, values in turns.items():
            place.put(item, copy.deepcopy(next(values)))
        for place, dropped in left_out.items():
            if next(dropped):
                place.put(item, MISSING)
        belongs = {name: next(values)[0] for name, values in owners.items()}
        _show_owners(contract, item, belongs)
        grown.append(Entry.of(_mended(contract, item), belongs))
    return tuple(grown)


def _in_turn(values: Sequence[_T], seed: str) -> Iterator[_T]:
    """All values in a drawn order, then all again in another, for ever: each appears early and equally often."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    while True:
        yield from draw.sample(values, len(values))


def _moments(fixture: Fixture, count: int, seed: int) -> Iterator[int]:
    """Unix milliseconds that fall, with pairs that tie, never three; apart by a second at least where they do not."""
    draw = random.Random(f"{seed} moments")  # noqa: S311 - no secret
    whole = any(moments.is_whole_seconds(time) for item in fixture.items for _, time in _times(fixture, item))
    step = 1000 if whole else 1
    moment, tied = moments.milliseconds(NEWEST), True
    for _ in range(count):
        yield moment
        tied = not tied and draw.randrange(_TIE_IN) == 0
        moment -= 0 if tied else draw.randrange(1000, _LONGEST_GAP) // step * step


def _times(fixture: Fixture, part: Json, place: Pointer = TOP) -> Iterator[tuple[Pointer, Json]]:
    for name, value in part.items():
        here = place.below(name)
        if isinstance(value, dict):
            yield from _times(fixture, value, here)
        elif moments.is_time(value) or (here in fixture.times and value is not None):
            yield here, value


def _at(contract: Contract, fixture: Fixture, shape: Mapping[str, Json], moment: int) -> dict[str, Json]:
    """A copy of `shape` whose times all moved by the same, so that its main time is `moment`."""
    item: dict[str, Json] = copy.deepcopy(dict(shape))
    times = dict(_times(fixture, item))
    main = next((times[place] for place in main_places(contract) if place in times), next(iter(times.values()), None))
    if main is not None:
        by = moment - moments.milliseconds(main)
        for place, time in times.items():
            place.put(item, moments.shift(time, by))
    return item


def main_places(contract: Contract) -> Iterator[Pointer]:
    """The places of the time that a listing is about: what sorts it, then what narrows it."""
    if contract.order is not None:
        yield from contract.order.by
    yield from (known.field for known in contract.filters if known.relation in _RANGES)


def _varied(contract: Contract, fixture: Fixture) -> dict[Pointer, tuple[Json, ...]]:
    """What varies: what the fixture says, and documented values that its items do not show."""
    varied = dict(fixture.vary)
    for name, schema in contract.item_schema.get("properties", {}).items():
        place = Pointer.of(name)
        values = contract.resolve(schema).get("enum", ())
        shown = [item.get(name) for item in fixture.items]
        if place not in varied and any(value not in shown for value in values):
            varied[place] = tuple(values)
    return varied


def _droppable(contract: Contract, fixture: Fixture) -> list[Pointer]:
    """Optional fields that every item of the fixture shows, and on which nothing depends."""
    needed = {contract.identity, *main_places(contract), *(known.field for known in contract.filters if known.any)}
    required = contract.item_schema.get("required", ())
    return [
        place
        for name in contract.item_schema.get("properties", {})
        if name not in required
        and not _holds(place := Pointer.of(name), needed)
        and (place in fixture.vary or all(name in item for item in fixture.items))
    ]


def _holds(place: str, needed: Iterable[str]) -> bool:
    """Whether what stands at a place, or in it, is needed."""
    return any(one == place or one.startswith(f"{place}/") for one in needed)


def _show_owners(contract: Contract, item: dict[str, Json], owners: Mapping[str, str]) -> None:
    for known in contract.filters:
        if known.parameter in owners and known.relation in (Relation.EQUALS, Relation.IN):
            known.field.put(item, owners[known.parameter])


def _mended(contract: Contract, item: dict[str, Json]) -> dict[str, Json]:
    """The item without what its new values forbid."""
    for invariant in contract.invariants:
        if not holds(invariant, item):
            if invariant.relation is Bond.EQUALS:
                other = invariant.right[0].get(item)
                invariant.left.put(item, invariant.otherwise if other is None else other)
            else:
                invariant.left.put(item, MISSING)
    return item
