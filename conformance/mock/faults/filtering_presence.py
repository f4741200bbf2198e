"""Faults in filters by whether a field is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import without
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.filtering import has, ignored
from conformance.mock.faults.tools import filters_of, is_page
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.query import text

_OTHER = {"present": "absent", "absent": "present"}
_BOTH = 2


def _present(contract: Contract) -> list[Filter]:
    return filters_of(contract, Relation.PRESENT)


def _worded(change: Callable[[Mapping[str, Json]], Mapping[str, Json]]) -> Callable[[Contract], Contract]:
    """Reads the words of every such filter as others."""

    def misread(contract: Contract) -> Contract:
        wrong = _present(contract)
        changed = (evolve(one, words=change(one.words)) if one in wrong else one for one in contract.filters)
        return evolve(contract, filters=tuple(changed))

    return misread


def _inverted(words: Mapping[str, Json]) -> Mapping[str, Json]:
    return {_OTHER[name]: word for name, word in words.items()}


def _without_absent(words: Mapping[str, Json]) -> Mapping[str, Json]:
    return {name: word for name, word in words.items() if name != "absent" or len(words) < _BOTH}


def _nullable(word: str) -> Callable[[Contract], list[Filter]]:
    """Filters by presence of a field that may be null, which have the word."""

    def find(contract: Contract) -> list[Filter]:
        return [
            one for one in _present(contract) if word in one.words and "null" in contract.item.part(one.field).types
        ]

    return find


def _by_key(word: str) -> Callable[[Scene], Answer]:
    """What is asked for by the word is seen by the key alone, whatever stands there."""

    def garble(scene: Scene) -> Answer:
        known = _nullable(word)(scene.contract)[0]
        if scene.request.values(known.parameter) != [text(known.words[word])] or not is_page(scene.answer):
            return scene.answer
        others = scene.server.answer(without(scene.request, known.parameter)).items or ()
        lack = [one for one in others if known.field.get(one.value) is MISSING]
        return evolve(scene.answer, items=tuple(one for one in others if (one in lack) is (word == "absent")))

    return garble


def _on_null(name: str, says: str, word: str, check: str) -> Fault:
    """A fault that shows in items that have a null where the word is asked for."""
    find = _nullable(word)
    return Fault(name=name, says=says, check=check, applies=lambda contract: bool(find(contract)), garble=_by_key(word))


FAULTS = (
    ignored("presence-ignored", "A filter by whether a field is there is ignored.", Relation.PRESENT),
    Fault(
        name="presence-inverted",
        says="A filter by whether a field is there lists what it should leave out.",
        check="filter-sound",
        applies=has(Relation.PRESENT),
        misread=_worded(_inverted),
    ),
    Fault(
        name="absence-not-read",
        says="Of a filter by whether a field is there only the word for its presence is read.",
        check="filter-sound",
        applies=lambda contract: any(len(one.words) == _BOTH for one in _present(contract)),
        misread=_worded(_without_absent),
    ),
    _on_null("null-counts-as-present", "What is null counts as present.", "present", "filter-sound"),
    _on_null("null-counts-not-as-absent", "What is null does not count as absent.", "absent", "filter-complete"),
)
