"""A documented default is what is meant where a parameter is not given."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._filter_values import hiding
from conformance.checks._repeats import different
from conformance.checks._walks import widest
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import FILTERING
from conformance.finding import Contradiction
from conformance.finding_text import show
from conformance.listing.visit import Visit
from conformance.sentence import Names, Value, said
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Parameter
from conformance.spec.values import identities


def _defaults(contract: Contract) -> list[Parameter]:
    """Parameters with a documented default, without those that the checks of limit and order ask for."""
    others = {contract.limit.parameter if contract.limit else "", contract.order.parameter if contract.order else ""}
    return [one for one in contract.parameters if "default" in one.schema and one.name not in others]


def _needs(contract: Contract) -> str:
    return "" if _defaults(contract) else "no default is documented but that of a limit or an order"


@visit_check(
    "defaults-neutral",
    FILTERING,
    needs=_needs,
    tests=hiding,
    headline="the default of {about} is not what none means: {actual}; expected {expected}",
)
def defaults_neutral(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Giving a parameter its documented default lists what giving none lists."""
    plain = visit.page(widest(contract))
    if not plain.items:
        raise Skip("0 items cannot tell one listing from another; 1 is needed", Cause.COLLECTION)
    before = identities(contract, plain.items)
    for parameter in _defaults(contract):
        given = parameter.schema["default"]
        asked = visit.page(widest(contract) | {parameter.name: given})
        moved = different(contract, plain, asked)
        if len(moved) > 2 * len(visit.movement.aside):
            yield Contradiction(
                pointer=parameter.pointer,
                says=f"{parameter.name} is {show(given)} where it is not given",
                expected=said(
                    "the same items with {parameter}={value} as without", parameter=parameter.name, value=Value(given)
                ),
                actual=said(
                    "{size} items rather than {plain}; different: {names}",
                    size=asked.size,
                    plain=plain.size,
                    names=Names.of(sorted(moved)),
                ),
                witness=(plain.exchange, asked.exchange),
                missing=tuple(sorted(set(before) & moved)),
                unexpected=tuple(sorted(moved - set(before))),
            )


CHECKS: tuple[Check, ...] = (defaults_neutral,)
