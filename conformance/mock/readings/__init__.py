"""The lawful ways in which the mock can be told to serve, by name: what a page leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from conformance.errors import UsageError
from conformance.mock.readings import (
    access,
    collection,
    counters,
    filtering,
    links,
    numbers,
    order,
    paging,
    paging_by_time,
    paging_changed,
    paging_expired,
    paging_private,
    presence,
    projection,
    refusal,
    relations,
    rows,
    times,
    values,
    values_of_nothing,
    values_of_paging,
    wire,
)
from conformance.mock.readings.reading import Reading
from conformance.spec.document import did_you_mean

_FAMILIES = (
    access,
    refusal,
    values,
    values_of_nothing,
    values_of_paging,
    paging,
    paging_by_time,
    paging_changed,
    paging_expired,
    paging_private,
    order,
    links,
    counters,
    filtering,
    relations,
    presence,
    projection,
    numbers,
    times,
    collection,
    rows,
    wire,
)

READINGS: Mapping[str, Reading] = {
    reading.name: reading for reading in chain.from_iterable(family.READINGS for family in _FAMILIES)
}


def reading_named(name: str) -> Reading:
    """The reading called `name`; raises UsageError for an unknown one."""
    if name not in READINGS:
        raise UsageError(f"unknown reading {name!r}", hint=did_you_mean(name, READINGS, kind="readings"))
    return READINGS[name]
