"""Faults in what a page repeats of its first and its last item."""

from __future__ import annotations

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import envelope, is_page
from conformance.spec.contract import Contract


def _has_edges(contract: Contract) -> bool:
    return bool(contract.edges)


def _turned(scene: Scene) -> Answer:
    """Each edge shows what the item at the other end has."""
    answer, items = scene.answer, scene.answer.items or ()
    edge = scene.contract.edges[-1]
    if not is_page(answer) or len(items) < 2:  # noqa: PLR2004 - one item has no other end
        return answer
    return envelope(scene, edge.value, edge.field.get(items[-1 if edge.item == "first" else 0].value))


FAULTS = (
    Fault(
        name="edge-of-the-other-end",
        says="What repeats an item at one end of the page is that of the other.",
        check="edge-is-item",
        applies=_has_edges,
        garble=_turned,
    ),
)
