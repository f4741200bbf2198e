"""What a place in a spec rests on: a clause of the page, a reading of it, or nothing that the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from conformance import pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Promise


class Standing(StrEnum):
    """What the documentation says of a place in a spec."""

    STATED = "stated"
    """The page says it."""
    UNSTATED = "unstated"
    """The page leaves the meaning open, and the spec reads it in one way (`meaning: unstated`)."""
    DEVIATION = "deviation"
    """The page shows something else, and the spec says why (`deviations`)."""


def standing(contract: Contract, place: str) -> Standing:
    """The standing of a place: that of the promise around it, or else of the deviation around it."""
    around = [promise for promise in promises(contract) if _is_within(place, promise.pointer)]
    if around:
        return Standing.STATED if all(promise.stated for promise in around) else Standing.UNSTATED
    deviates = any(_is_within(place, known) for known in deviations(contract))
    return Standing.DEVIATION if deviates else Standing.STATED


def promises(contract: Contract) -> Iterator[Promise]:
    """Every promise of a contract."""
    single = (contract.order, contract.limit, contract.paging, contract.finished, contract.retention)
    yield from (promise for promise in single if promise is not None)
    for several in (contract.filters, contract.counters, contract.invariants, contract.refusals):
        yield from several


def deviations(contract: Contract) -> Iterator[str]:
    """Where a spec says something else than the page."""
    noted = pointer.get(contract.document, f"{contract.pointer}/x-conformance/deviations") or ()
    yield from (one["pointer"] for one in noted)


def _is_within(place: str, around: str) -> bool:
    return f"{place}/".startswith(f"{around}/")
