"""Every check of the suite: one module per family, one function per check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from conformance.checks import (
    access,
    access_existence,
    client,
    counting,
    counting_range,
    filtering,
    filtering_cut,
    filtering_defaults,
    filtering_edges,
    filtering_together,
    filtering_whole,
    filtering_words,
    fuzz,
    items,
    items_within,
    learned,
    limit,
    limit_capped,
    ordering,
    ordering_chosen,
    ordering_several,
    paging,
    paging_accepted,
    paging_changed,
    paging_cursors,
    paging_edges,
    paging_expired,
    paging_filters,
    paging_private,
    paging_resized,
    projection,
    published,
    refusal,
    wire,
    wire_bodies,
    wire_rows,
)
from conformance.checks.base import Check
from conformance.errors import UsageError
from conformance.spec.document import did_you_mean

ALL: tuple[Check, ...] = (
    *access_existence.CHECKS,
    *access.CHECKS,
    *refusal.CHECKS,
    *paging_expired.CHECKS,
    *paging_private.CHECKS,
    *paging.CHECKS,
    *paging_accepted.CHECKS,
    *paging_cursors.CHECKS,
    *paging_edges.CHECKS,
    *paging_resized.CHECKS,
    *paging_changed.CHECKS,
    *limit.CHECKS,
    *limit_capped.CHECKS,
    *ordering.CHECKS,
    *ordering_chosen.CHECKS,
    *ordering_several.CHECKS,
    *filtering.CHECKS,
    *filtering_edges.CHECKS,
    *filtering_whole.CHECKS,
    *filtering_cut.CHECKS,
    *filtering_words.CHECKS,
    *paging_filters.CHECKS,
    *filtering_together.CHECKS,
    *filtering_defaults.CHECKS,
    *counting.CHECKS,
    *counting_range.CHECKS,
    *items.CHECKS,
    *projection.CHECKS,
    *items_within.CHECKS,
    *learned.CHECKS,
    *fuzz.CHECKS,
    *wire.CHECKS,
    *wire_bodies.CHECKS,
    *wire_rows.CHECKS,
    *client.CHECKS,
)

COMPARED: tuple[Check, ...] = published.CHECKS
"""What `diff` tests of a published document; `run` sends requests and tests none of it."""
EVERY = (*ALL, *COMPARED)
_FINDING = re.compile("[0-9a-f]{12}")


def named(name: str, among: Sequence[Check] = EVERY) -> Check:
    """The check with an id; raises UsageError with the nearest ids for an unknown one."""
    for check in among:
        if check.id == name:
            return check
    if _FINDING.fullmatch(name):
        raise UsageError(f"{name!r} is the id of a finding", hint="Name its check, which stands before the id.")
    raise UsageError(f"unknown check {name!r}", hint=did_you_mean(name, (check.id for check in among), kind="checks"))


def select(only: Iterable[str], skip: Iterable[str]) -> Sequence[Check]:
    """The checks to run, in their order: those named, or all, without those skipped."""
    wanted, unwanted = {named(name, ALL).id for name in only}, {named(name, ALL).id for name in skip}
    return [check for check in ALL if (not wanted or check.id in wanted) and check.id not in unwanted]
