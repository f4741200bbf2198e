"""Faults of servers that refuse what they gave to ask for the next page."""

from __future__ import annotations

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.links import address
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.next_page import asked_next, is_later, leading, leads_on, pages, paging_of
from conformance.mock.faults.paging import filterable, text_cursor


def _refuses_next(scene: Scene) -> Answer:
    """Whatever the server gave to ask for the next page, it refuses."""
    return _refused(scene) if is_later(scene) else scene.answer


def _refuses_next_of_filtered(scene: Scene) -> Answer:
    names = filterable(scene.contract)
    return _refused(scene) if is_later(scene) and any(map(scene.request.values, names)) else scene.answer


def _refused(scene: Scene) -> Answer:
    parameter = paging_of(scene).parameter
    given = f"unknown-{parameter}" if scene.contract.refusal(f"unknown-{parameter}") else "invalid-parameter"
    return refuse(scene.contract, scene.dataset, Refused(given, "the cursor is not valid", parameter=parameter))


def _address_for_token(scene: Scene) -> Answer:
    """The address of the next page stands where the token should."""
    if not leads_on(scene):
        return scene.answer
    return leading(scene, address(scene.contract, scene.request, asked_next(scene)))


FAULTS = (
    Fault(
        name="next-page-refused",
        says="Every page after the first is refused.",
        check="cursor-accepted",
        applies=pages,
        garble=_refuses_next,
    ),
    Fault(
        name="filtered-next-page-refused",
        says="Every page after the first of a filtered listing is refused.",
        check="cursor-accepted",
        applies=lambda contract: pages(contract) and bool(filterable(contract)),
        garble=_refuses_next_of_filtered,
    ),
    Fault(
        name="address-for-token",
        says="The next page is given as an address, and asked for by a token.",
        check="cursor-accepted",
        applies=text_cursor,
        garble=_address_for_token,
    ),
)
