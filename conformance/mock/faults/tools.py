"""What faults of several families need: places to lie at, and ways of changing what is said there."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.ranges import counted
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.matches import matcher
from conformance.mock.collection.values import Entry, Json
from conformance.mock.faults.fault import Scene
from conformance.pointer import MISSING, Expression, Pointer
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter
from conformance.spec.promises import Filter, Relation

Change = Callable[[Contract, dict[str, Json]], None]
"""Changes an item in place."""


def is_page(answer: Answer) -> bool:
    """Whether an answer lists items."""
    return answer.status == 200 and answer.items is not None  # noqa: PLR2004 - OK


def properties(contract: Contract) -> dict[str, Mapping[str, Json]]:
    """Field of an item to its schema, references resolved."""
    fields = contract.item_schema.get("properties", {})
    return {name: contract.resolve(schema) for name, schema in fields.items()}


def plain(contract: Contract, *, required: bool | None = None, kind: str = "") -> Iterator[str]:
    """Fields of one JSON type, where a `kind` is named: those on which no other promise depends, then the others.

    What names or sorts an item is none of them: without it nothing else shows.
    """
    main = {contract.identity, *(contract.order.by if contract.order is not None else ())}
    used = {place for known in contract.filters for place in known.fields}
    for invariant in contract.invariants:
        used |= {invariant.left, *invariant.right, invariant.field}
    fitting = [name for name in _of_kind(contract, required, kind) if Pointer.of(name) not in main]
    yield from sorted(fitting, key=lambda name: Pointer.of(name) in used)


def _of_kind(contract: Contract, required: bool | None, kind: str) -> Iterator[str]:  # noqa: FBT001 - of `plain`
    for name, schema in properties(contract).items():
        kinds = schema.get("type", ())
        is_required = name in contract.item_schema.get("required", ())
        if required in (None, is_required) and (not kind or kind in ([kinds] if isinstance(kinds, str) else kinds)):
            yield name


def each_item(change: Change) -> Callable[[Contract, Dataset], Dataset]:
    """Spoils every item in the same way."""

    def spoil(contract: Contract, dataset: Dataset) -> Dataset:
        return evolve(dataset, entries=tuple(changed(contract, entry, change) for entry in dataset.entries))

    return spoil


def one_item(
    change: Change, *, where: Callable[[Contract, Mapping[str, Json]], bool] | None = None
) -> Callable[[Contract, Dataset], Dataset]:
    """Spoils one item, deep in the collection: the first of its second half that is as wanted."""

    def spoil(contract: Contract, dataset: Dataset) -> Dataset:
        entries = list(dataset.entries)
        middle = len(entries) // 2
        for index in (*range(middle, len(entries)), *range(middle)):
            if is_shown(contract, entries[index]) and (where is None or where(contract, entries[index].value)):
                entries[index] = changed(contract, entries[index], change)
                break
        return evolve(dataset, entries=tuple(entries))

    return spoil


def is_shown(contract: Contract, entry: Entry) -> bool:
    """Whether a listing without parameters may show the entry."""
    hiding = [known for known in contract.filters if known.hides]
    return all(matcher(known, known.usual)(entry) for known in hiding)


def changed(contract: Contract, entry: Entry, change: Change) -> Entry:
    """The entry after a change."""
    value = copy.deepcopy(dict(entry.value))
    change(contract, value)
    return Entry.of(value, entry.owners)


def envelope(scene: Scene, place: Expression, value: Json) -> Answer:
    """The answer with another value in its body or headers."""
    if place.header:
        kept = {name: text for name, text in scene.answer.headers.items() if name.lower() != place.header.lower()}
        return evolve(scene.answer, headers=kept if value in (None, MISSING) else {**kept, place.header: value})
    body = copy.deepcopy(scene.answer.body)
    place.place.put(body, value)
    return evolve(scene.answer, body=body)


def number_at(scene: Scene, counter: Counter) -> int | None:
    """The number that a counter shows in an answer, if it does."""
    shown = counter.of(read(scene, counter.value))
    return None if shown is MISSING or shown is None else int(shown)  # type: ignore[arg-type]


def with_number(scene: Scene, counter: Counter, number: Json) -> Answer:
    """The answer with another number in a counter; of a range None is one that nobody knows."""
    shown = read(scene, counter.value)
    if counter.is_range and shown is not MISSING and number is not MISSING:
        return envelope(scene, counter.value, counted(counter, shown, number))
    return envelope(scene, counter.value, str(number) if counter.value.header and number is not MISSING else number)


def read(scene: Scene, place: Expression) -> Json:
    """What an answer says at a place of body or headers."""
    if place.header:
        return scene.answer.headers.get(place.header, MISSING)
    return place.place.get(scene.answer.body)


def filters_of(contract: Contract, *relations: Relation) -> list[Filter]:
    """The filters of these relations that show in the items and whose parameter is no cursor; last those that hide."""
    cursor = contract.paging.parameter if contract.paging is not None else ""
    found = [known for known in contract.filters if known.relation in relations and known.parameter != cursor]
    return sorted(found, key=lambda known: known.hides)
