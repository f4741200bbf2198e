"""The lies that the mock can be told to tell, by name."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from conformance.errors import UsageError
from conformance.mock.faults import (
    counting,
    edges,
    filtering,
    filtering_bounds,
    filtering_cut,
    filtering_equality,
    filtering_hidden,
    filtering_presence,
    filtering_whole,
    filtering_words,
    items,
    items_within,
    limit,
    ordering,
    ordering_words,
    paging,
    paging_changed,
    paging_expired,
    paging_private,
    paging_refused,
    paging_resized,
    projection,
    refusal,
    refusal_values,
    rows,
    subtle,
    wire,
    wire_bytes,
    wire_envelope,
    wire_fields,
)
from conformance.mock.faults.fault import Fault
from conformance.spec.document import did_you_mean

_FAMILIES = (
    wire_fields,
    wire_envelope,
    wire_bytes,
    rows,
    wire,
    refusal,
    refusal_values,
    paging,
    edges,
    paging_refused,
    paging_resized,
    paging_changed,
    paging_expired,
    paging_private,
    limit,
    ordering,
    ordering_words,
    filtering,
    filtering_equality,
    filtering_hidden,
    filtering_presence,
    filtering_bounds,
    filtering_whole,
    filtering_cut,
    filtering_words,
    counting,
    items,
    items_within,
    projection,
    subtle,
)

FAULTS: Mapping[str, Fault] = {
    fault.name: fault for fault in chain.from_iterable(family.FAULTS for family in _FAMILIES)
}


def fault_named(name: str) -> Fault:
    """The fault called `name`; raises UsageError for an unknown one."""
    if name not in FAULTS:
        raise UsageError(f"unknown fault {name!r}", hint=did_you_mean(name, FAULTS, kind="faults"))
    return FAULTS[name]
