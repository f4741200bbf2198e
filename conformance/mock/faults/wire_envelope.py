"""Faults in what stands around the items of a page."""

from __future__ import annotations

import copy
import json

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json, encode
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page
from conformance.mock.faults.wire_fields import CHECK, recased
from conformance.pointer import MISSING, TOP, Pointer
from conformance.spec.contract import Contract


def _wrapped(contract: Contract) -> bool:
    return bool(contract.items.place)


def _bare(contract: Contract) -> bool:
    return not contract.items.place


def body_of(answer: Answer) -> Json:
    """The whole body as JSON."""
    return json.loads(answer.raw)


def _became_array(scene: Scene) -> Answer:
    return evolve(scene.answer, place=TOP) if is_page(scene.answer) else scene.answer


def _became_object(scene: Scene) -> Answer:
    if not is_page(scene.answer):
        return scene.answer
    return evolve(scene.answer, body={"data": []}, place=Pointer.of("data"))


def _items_renamed(scene: Scene) -> Answer:
    if not is_page(scene.answer):
        return scene.answer
    body = copy.deepcopy(scene.answer.body)
    scene.answer.place.put(body, MISSING)
    return evolve(scene.answer, body=body, place=Pointer(f"{scene.answer.place}_list"))


def _items_null(scene: Scene) -> Answer:
    if not is_page(scene.answer):
        return scene.answer
    body = copy.deepcopy(scene.answer.body)
    if scene.answer.place:
        scene.answer.place.put(body, None)
    return evolve(scene.answer, sent=encode(body if scene.answer.place else None))


def _item_null(scene: Scene) -> Answer:
    if not is_page(scene.answer) or not scene.answer.items:
        return scene.answer
    body = body_of(scene.answer)
    items: Json = scene.answer.place.get(body)
    items[-1] = None
    return evolve(scene.answer, sent=encode(body))


def _one_object(scene: Scene) -> Answer:
    if not is_page(scene.answer) or not scene.answer.items:
        return scene.answer
    return evolve(scene.answer, sent=scene.answer.items[0].raw)


def _recased(part: Json) -> Json:
    if isinstance(part, dict):
        return {recased(name): _recased(value) for name, value in part.items()}
    return [_recased(value) for value in part] if isinstance(part, list) else part


def _keys_recased(scene: Scene) -> Answer:
    return evolve(scene.answer, sent=encode(_recased(body_of(scene.answer)))) if is_page(scene.answer) else scene.answer


def _beside(contract: Contract) -> list[str]:
    required = contract.page_schema
    names = contract.resolve(required).get("required", ())
    first = contract.items.place.tokens[:1]
    return [name for name in names if (name,) != first]


def _member_gone(scene: Scene) -> Answer:
    if not is_page(scene.answer):
        return scene.answer
    body = copy.deepcopy(scene.answer.body)
    body.pop(_beside(scene.contract)[0], None)
    return evolve(scene.answer, body=body)


FAULTS = (
    Fault(
        name="envelope-became-array",
        says="The items come as a bare array.",
        check=CHECK,
        applies=_wrapped,
        garble=_became_array,
    ),
    Fault(
        name="envelope-became-object",
        says="The bare array is wrapped in an object.",
        check=CHECK,
        applies=_bare,
        garble=_became_object,
    ),
    Fault(
        name="items-renamed",
        says="The array of items has another name.",
        check=CHECK,
        applies=_wrapped,
        garble=_items_renamed,
    ),
    Fault(name="items-null", says="There is null where the array of items should be.", check=CHECK, garble=_items_null),
    Fault(name="item-null", says="The last item of a page is null.", check=CHECK, garble=_item_null),
    Fault(name="one-item-for-all", says="A single item is the body.", check=CHECK, garble=_one_object),
    Fault(
        name="all-keys-recased",
        says="All names changed between camelCase and snake_case.",
        check=CHECK,
        garble=_keys_recased,
    ),
    Fault(
        name="envelope-member-gone",
        says="A required member beside the items is gone.",
        check=CHECK,
        applies=lambda contract: bool(_wrapped(contract) and _beside(contract)),
        garble=_member_gone,
    ),
)
