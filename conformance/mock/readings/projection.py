"""Readings of a choice of fields: what no page says of what is not chosen, or has no value."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.faults.projection import of_chosen
from conformance.mock.readings.reading import Reading
from conformance.spec.contract import Contract


def _projects(contract: Contract) -> bool:
    return contract.projection is not None


def _names_itself(contract: Contract) -> bool:
    """Whether the page does not say if an item's identity must be chosen."""
    projection = contract.projection
    return projection is not None and not projection.omits and contract.identity.tokens[0] not in projection.always


def _with_identity(contract: Contract) -> Contract:
    projection = contract.projection
    if projection is None:
        return contract
    return evolve(contract, projection=evolve(projection, always=(*projection.always, contract.identity.tokens[0])))


READINGS = (
    Reading(
        name="identity-beside-chosen-fields",
        says="An item keeps its identity, whichever fields are chosen.",
        applies=_names_itself,
        misread=_with_identity,
    ),
    Reading(
        name="chosen-fields-without-null",
        says="A chosen field that is null is left out.",
        applies=_projects,
        garble=of_chosen(lambda _, one: {name: value for name, value in one.value.items() if value is not None}),
    ),
    Reading(
        name="chosen-fields-in-another-order",
        says="The members of an item whose fields are chosen stand in another order.",
        applies=_projects,
        garble=of_chosen(lambda _, one: dict(reversed([*one.value.items()]))),
    ),
)
