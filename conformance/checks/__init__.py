"""Every check of the suite: one module per family, one function per check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conformance.checks import (
    access,
    bodies,
    client,
    combining,
    counting,
    defaults,
    existence,
    filtering,
    generated_data,
    items,
    learned,
    limiting,
    ordering,
    paging,
    published,
    refusal,
    wire,
    within,
)
from conformance.checks.base import Check
from conformance.errors import UsageError
from conformance.spec.document import did_you_mean

ALL: tuple[Check, ...] = (
    *existence.CHECKS,
    *access.CHECKS,
    *refusal.CHECKS,
    *paging.CHECKS,
    *limiting.CHECKS,
    *ordering.CHECKS,
    *filtering.CHECKS,
    *combining.CHECKS,
    *defaults.CHECKS,
    *counting.CHECKS,
    *items.CHECKS,
    *within.CHECKS,
    *learned.CHECKS,
    *generated_data.CHECKS,
    *wire.CHECKS,
    *bodies.CHECKS,
    *client.CHECKS,
)

COMPARED: tuple[Check, ...] = published.CHECKS
"""What `diff` tests of a published document; `run` sends requests and tests none of it."""
EVERY = (*ALL, *COMPARED)


def named(name: str, among: Sequence[Check] = EVERY) -> Check:
    """The check with an id; raises UsageError with the nearest ids for an unknown one."""
    for check in among:
        if check.id == name:
            return check
    raise UsageError(f"unknown check {name!r}", hint=did_you_mean(name, (check.id for check in among), kind="checks"))


def select(only: Iterable[str], skip: Iterable[str]) -> Sequence[Check]:
    """The checks to run, in their order: those named, or all, without those skipped."""
    wanted, unwanted = {named(name, ALL).id for name in only}, {named(name, ALL).id for name in skip}
    return [check for check in ALL if (not wanted or check.id in wanted) and check.id not in unwanted]
