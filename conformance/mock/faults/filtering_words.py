"""Faults in how what a filter is asked with is read: pairs, beginnings of values, times with their offsets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection import moments
from conformance.mock.collection.pairs import as_object, read_pairs
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import filters_of, is_page
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_BOUNDS = (Relation.AFTER, Relation.AT_LEAST, Relation.BEFORE, Relation.AT_MOST)


def _paired(contract: Contract) -> list[Filter]:
    return filters_of(contract, Relation.CONTAINS)


def _several(contract: Contract) -> list[Filter]:
    return [one for one in _paired(contract) if one.takes_several]


def _pairs(known: Filter, request: Request) -> Mapping[str, Json]:
    """The pairs that a request asks for; none where it asks for none, or cannot be read."""
    given = request.values(known.parameter)
    try:
        pairs: Mapping[str, Json] = read_pairs(known.encoding, given[0]) if len(given) == 1 else {}
    except ValueError:
        return {}
    return pairs


def _one_pair(which: int) -> Callable[[Scene], Answer]:
    """Of several pairs one alone is compared: those of the page without the filter that have it."""

    def garble(scene: Scene) -> Answer:
        known = _several(scene.contract)[0]
        pairs = list(_pairs(known, scene.request).items())
        if len(pairs) < 2:  # noqa: PLR2004 - two pairs
            return scene.answer
        name, value = pairs[which]
        return _kept(scene, known, lambda had: had.get(name) == value)

    return garble


def _any_pair(scene: Scene) -> Answer:
    known = _several(scene.contract)[0]
    pairs = _pairs(known, scene.request)
    if len(pairs) < 2:  # noqa: PLR2004 - two pairs
        return scene.answer
    return _kept(scene, known, lambda had: any(had.get(name) == value for name, value in pairs.items()))


def _by_prefix(scene: Scene) -> Answer:
    known = _paired(scene.contract)[0]
    pairs = _pairs(known, scene.request)
    if not pairs or not all(isinstance(value, str) for value in pairs.values()):
        return scene.answer
    return _kept(
        scene, known, lambda had: all(str(had.get(name, "")).startswith(str(value)) for name, value in pairs.items())
    )


def _kept(scene: Scene, known: Filter, wanted: Callable[[Mapping[str, Json]], bool]) -> Answer:
    """The answer with those items of the page without the filter whose object is as wanted."""
    if not is_page(scene.answer):
        return scene.answer
    others = scene.server.answer(without(scene.request, known.parameter)).items or ()
    objects = [(one, as_object(known, known.field.get(one.value))) for one in others]
    return evolve(scene.answer, items=tuple(one for one, had in objects if isinstance(had, Mapping) and wanted(had)))


def _timed(contract: Contract) -> list[str]:
    schemas = {one.name: one.schema for one in contract.parameters}
    bounds = [one.parameter for one in filters_of(contract, *_BOUNDS)]
    return [name for name in bounds if schemas[name].get("format") == "date-time"]


def _offset_ignored(contract: Contract, request: Request) -> Request:
    """What the clock shows is read as UTC."""
    names = _timed(contract)
    query = tuple((name, _without_offset(value) if name in names else value) for name, value in request.query)
    return evolve(request, query=query)


def _without_offset(text: str) -> str:
    is_offset = moments.parse(text, zone=True) is not None and text[-6:-5] in ("+", "-")
    return f"{text[:-6]}Z" if is_offset else text


FAULTS = (
    Fault(
        name="contains-first-pair-only",
        says="Of several pairs only the first is compared.",
        check="filter-sound",
        applies=lambda contract: bool(_several(contract)),
        garble=_one_pair(0),
    ),
    Fault(
        name="contains-last-pair-only",
        says="Of several pairs only the last is compared.",
        check="filter-sound",
        applies=lambda contract: bool(_several(contract)),
        garble=_one_pair(-1),
    ),
    Fault(
        name="contains-any-pair",
        says="Of several pairs one is enough.",
        check="filter-sound",
        applies=lambda contract: bool(_several(contract)),
        garble=_any_pair,
    ),
    Fault(
        name="contains-by-prefix",
        says="A metadata filter compares beginnings of values.",
        check="filter-shrinks",
        applies=lambda contract: bool(_paired(contract)),
        garble=_by_prefix,
    ),
    Fault(
        name="offset-ignored",
        says="Of a bound the offset from UTC is ignored.",
        check="bound-reads-offset",
        applies=lambda contract: bool(_timed(contract)),
        mishear=_offset_ignored,
    ),
)
