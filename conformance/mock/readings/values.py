"""Readings of what answers a value that a page neither allows nor refuses."""

from __future__ import annotations

import json
from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import error, refuse
from conformance.mock.answers.request import Refused, Request, replaced, without
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import REFUSED, Reading, emptied, is_open, kinds_of, parameters
from conformance.spec.contract import Contract
from conformance.spec.moments import counts_milliseconds
from conformance.spec.promises import Filter, Relation

NO_VALUE = "?"
"""A text that no number, time or flag is read from."""


def refused(scene: Scene, name: str) -> Answer:
    """The refusal of a parameter's value."""
    return refuse(scene.contract, scene.dataset, Refused("invalid-parameter", "refused", parameter=name))


def refuses(contract: Contract) -> bool:
    """Whether any value is documented to be refused."""
    return contract.refusal("invalid-parameter") is not None


def _schema_place(contract: Contract, name: str, keyword: str) -> str:
    known = contract.parameter(name)
    return known.pointer.below("schema", *(("items",) if known.is_array else ()), keyword)


def may_answer_otherwise(contract: Contract, name: str, keyword: str) -> bool:
    """Whether no page says that a value against a keyword of a parameter is refused."""
    refusal = contract.refusal_of(name)
    return refusal is None or any(
        is_open(contract, place) for place in (refusal.pointer, _schema_place(contract, name, keyword))
    )


def _lists_of_words(contract: Contract) -> list[str]:
    filters = {known.parameter for known in contract.filters}
    named = parameters(contract, lambda schema: "enum" in schema)
    return [name for name in named if name in filters and may_answer_otherwise(contract, name, "enum")]


def _known_words(contract: Contract, name: str, words: list[str]) -> list[str]:
    schema = contract.parameter(name).schema
    return [word for word in words if word in schema.get("items", schema)["enum"]]


def _unknown_ignored(contract: Contract, request: Request) -> Request:
    for name in _lists_of_words(contract):
        kept = _known_words(contract, name, request.values(name))
        rest = without(request, name)
        request = evolve(rest, query=(*rest.query, *((name, word) for word in kept)))
    return request


def _unknown_matches_nothing(scene: Scene) -> Answer:
    for name in _lists_of_words(scene.contract):
        given = scene.request.values(name)
        if given and not _known_words(scene.contract, name, given) and scene.answer.status in REFUSED:
            answer = scene.server.answer(without(scene.request, name))
            return emptied(scene, answer) if is_page(answer) else answer
    return scene.answer


def _companions(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if not one.stands_alone and not contract.refusal(f"unmet-{one.parameter}")]


def _unread_alone(contract: Contract, request: Request) -> Request:
    for known in _companions(contract):
        if not request.values(known.requires):
            request = without(request, known.parameter)
    return request


def _loose_flags(contract: Contract) -> list[str]:
    named = parameters(contract, lambda schema: "boolean" in kinds_of(schema))
    return [name for name in named if may_answer_otherwise(contract, name, "type")]


def _flags_loosely(contract: Contract, request: Request) -> Request:
    for name in _loose_flags(contract):
        given = request.values(name)
        if given:
            request = replaced(request, name, "true" if given[-1].lower() in ("true", "1", "yes") else "false")
    return request


def _encoded(*encodings: str) -> Callable[[Contract], list[Filter]]:
    """Filters of an encoding whose mistakes no page speaks of; of any whose form it leaves open where none is named."""

    def find(contract: Contract) -> list[Filter]:
        return [
            known
            for known in contract.filters
            if known.relation is Relation.CONTAINS
            and (known.encoding in encodings or not encodings)
            and is_open(contract, f"{known.pointer}/encoding" if encodings else known.pointer)
        ]

    return find


_json_filters, _free_filters = _encoded("json"), _encoded()


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _bad_json_ignored(contract: Contract, request: Request) -> Request:
    for known in _json_filters(contract):
        if not all(map(_is_object, request.values(known.parameter))):
            request = without(request, known.parameter)
    return request


def _bad_json_400(scene: Scene) -> Answer:
    texts = [text for known in _json_filters(scene.contract) for text in scene.request.values(known.parameter)]
    if scene.answer.status in REFUSED and not all(map(_is_object, texts)):
        return error(scene.dataset, 400, message="no JSON")
    return scene.answer


def _free_form_refused(scene: Scene) -> Answer:
    given = [known.parameter for known in _free_filters(scene.contract) if scene.request.values(known.parameter)]
    return refused(scene, given[0]) if given and is_page(scene.answer) else scene.answer


def _numbers(contract: Contract) -> list[str]:
    """Parameters of numbers, but for those by which items are asked for that may have fractions: whole are times."""
    fields = {one.parameter: contract.item.part(one.field) for one in contract.filters}
    found = parameters(contract, lambda schema: "number" in kinds_of(schema))
    return [name for name in found if name not in fields or counts_milliseconds(fields[name].keywords)]


def _whole_alone(contract: Contract, request: Request) -> Request:
    for name in _numbers(contract):
        if any("." in text or "e" in text.lower() for text in request.values(name)):
            request = replaced(request, name, NO_VALUE)
    return request


READINGS = (
    Reading(
        name="unknown-word-matches-nothing",
        says="A word that is not listed matches nothing.",
        applies=lambda contract: bool(_lists_of_words(contract)),
        garble=_unknown_matches_nothing,
    ),
    Reading(
        name="unknown-word-ignored",
        says="A word that is not listed is not read.",
        applies=lambda contract: bool(_lists_of_words(contract)),
        mishear=_unknown_ignored,
    ),
    Reading(
        name="companion-awaited",
        says="A parameter that has no effect alone is not even read alone.",
        applies=lambda contract: bool(_companions(contract)),
        mishear=_unread_alone,
    ),
    Reading(
        name="flags-read-loosely",
        says="A flag is set by true, 1 and yes, and by no other text.",
        applies=lambda contract: bool(_loose_flags(contract)),
        mishear=_flags_loosely,
    ),
    Reading(
        name="bad-json-not-read",
        says="What is no JSON object is not read.",
        applies=lambda contract: bool(_json_filters(contract)),
        mishear=_bad_json_ignored,
    ),
    Reading(
        name="bad-json-answered-400",
        says="What is no JSON object is answered with 400.",
        applies=lambda contract: bool(_json_filters(contract)) and bool(contract.responses_for(400)),
        garble=_bad_json_400,
    ),
    Reading(
        name="query-of-another-form",
        says="A filter whose form the page does not show takes another form.",
        applies=lambda contract: bool(_free_filters(contract)) and refuses(contract),
        garble=_free_form_refused,
    ),
    Reading(
        name="fractions-refused",
        says="A number that is not whole is refused.",
        applies=lambda contract: bool(_numbers(contract)) and refuses(contract),
        mishear=_whole_alone,
    ),
)
