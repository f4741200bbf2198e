"""Readings of the collection itself: how large it is, and how much alike its items are."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.collection import moments
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.growth import main_places
from conformance.mock.collection.order import boundary
from conformance.mock.collection.values import Json
from conformance.mock.faults.tools import changed
from conformance.mock.readings.reading import Reading
from conformance.pointer import Pointer
from conformance.spec.contract import Contract


def _first(count: int) -> Callable[[Contract, Dataset], Dataset]:
    return lambda _, dataset: evolve(dataset, entries=dataset.entries[:count])


def _of_one_moment(contract: Contract, dataset: Dataset) -> Dataset:
    """Items in groups of five that were made at once."""
    (place, *_) = list(main_places(contract))
    entries = list(dataset.entries)
    for index in range(len(entries)):
        ahead = place.get(entries[index - index % 5].value)
        entries[index] = changed(contract, entries[index], _moved(place, ahead))
    return evolve(dataset, entries=tuple(entries))


def _moved(place: Pointer, ahead: Json) -> Callable[[Contract, dict[str, Json]], None]:
    def change(_: Contract, item: dict[str, Json]) -> None:
        now: Json = place.get(item)
        by = moments.milliseconds(ahead) - moments.milliseconds(now)
        for name, value in item.items():
            if moments.is_time(value):
                item[name] = moments.shift(value, by)

    return change


def _ties_are_open(contract: Contract) -> bool:
    """Whether many items of one moment still make pages: a time as cursor would pass some over."""
    return next(main_places(contract), None) is not None and boundary(contract) is None


READINGS = (
    Reading(name="nothing-there", says="The collection is empty.", spoil=_first(0)),
    Reading(name="one-item-there", says="The collection holds one item.", spoil=_first(1)),
    Reading(name="two-items-there", says="The collection holds two items.", spoil=_first(2)),
    Reading(
        name="made-five-at-a-time",
        says="Items come in groups of one moment.",
        applies=_ties_are_open,
        spoil=_of_one_moment,
    ),
)
