"""Readings of filters, limits and pages that are asked for where nothing is, or in a way that no page describes."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import refuse
from conformance.mock.answers.request import Refused, Request, without
from conformance.mock.collection.matches import IN_ASCII
from conformance.mock.collection.values import Json
from conformance.mock.faults.filtering_cut import after_cut, unfiltered
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, counted, emptied, kinds_of
from conformance.mock.readings.values import refused, refuses
from conformance.pointer import TOP
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts
from conformance.spec.promises import Filter, Relation, Style


def _may_be_sparse(contract: Contract) -> bool:
    """Whether pages lead on by themselves, need not be full, and nothing on them tells what was left out.

    Numbers, cursors and edges may tell it. Where fields are chosen, an item need not show what it is left out by.
    """
    paging, limit = contract.paging, contract.limit
    leads_on = paging is not None and paging.cursor is not None and paging.style is not Style.LAST_ITEM
    leads_on = leads_on and not (paging and paging.changed) and not contract.edges and contract.projection is None
    matching = any(one.counts is Counts.MATCHING for one in contract.counters)
    own = {one.parameter for one in unfiltered(contract).filters}
    gone = [one for one in contract.filters if one.parameter not in own]
    free = not any("default" in contract.parameter(one.parameter).schema for one in gone)
    needed = {one.requires for one in contract.filters} & {one.parameter for one in gone}
    return leads_on and bool(gone) and free and not needed and not matching and not (limit is not None and limit.full)


def _sparse(scene: Scene) -> Answer:
    answer = after_cut(scene)
    return counted(evolve(scene, answer=answer), len(answer.items or ())) if is_page(answer) else answer


def _companion_missing(scene: Scene) -> Answer:
    given = scene.request.values
    lonely = [one for one in scene.contract.filters if one.requires and not one.stands_alone]
    alone = [one for one in lonely if given(one.parameter) and not given(one.requires)]
    return refused(scene, alone[0].parameter) if alone and is_page(scene.answer) else scene.answer


def _limit(contract: Contract) -> str:
    return contract.limit.parameter if contract.limit is not None else ""


def _open_minimum(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.minimum is None


def _zero_is_none(contract: Contract, request: Request) -> Request:
    return without(request, _limit(contract)) if request.values(_limit(contract)) == ["0"] else request


def _zero_is_empty(scene: Scene) -> Answer:
    if scene.request.values(_limit(scene.contract)) != ["0"] or scene.answer.status in (401, 403):
        return scene.answer
    plain = scene.server.answer(without(scene.request, _limit(scene.contract)))
    return emptied(evolve(scene, answer=plain), plain) if is_page(plain) else plain


def _no_such_page(scene: Scene) -> Answer:
    parameter = scene.contract.paging.parameter if scene.contract.paging is not None else ""
    if not is_page(scene.answer) or scene.answer.items or not scene.request.values(parameter):
        return scene.answer
    return refuse(scene.contract, scene.dataset, Refused("invalid-parameter", "no such page", parameter=parameter))


def _untold_words(contract: Contract) -> dict[str, Json]:
    """Of each filter by presence that documents one word, another that its parameter takes."""
    found: dict[str, Json] = {}
    for known in (one for one in contract.filters if one.relation is Relation.PRESENT and len(one.words) == 1):
        schema = contract.parameter(known.parameter).schema
        taken = [True, False] if "boolean" in kinds_of(schema) else schema.get("enum", ())
        others = [word for word in taken if word not in known.words.values()]
        found |= {known.parameter: others[0]} if others and "default" not in schema else {}
    return found


def _other_word(contract: Contract) -> Contract:
    others = _untold_words(contract)
    filters = []
    for known in contract.filters:
        words = {**dict.fromkeys(("present", "absent"), others.get(known.parameter)), **known.words}
        filters.append(evolve(known, words=words) if known.parameter in others else known)
    return evolve(contract, filters=tuple(filters))


def _ignoring(contract: Contract) -> list[Filter]:
    return [known for known in contract.filters if known.case == "ignored"]


def _in_ascii(contract: Contract) -> Contract:
    ignoring = _ignoring(contract)
    filters = (evolve(one, case=IN_ASCII) if one in ignoring else one for one in contract.filters)
    return evolve(contract, filters=tuple(filters))


def _everywhere(contract: Contract) -> Contract:
    filters = (evolve(one, field=TOP, others=()) if one.anywhere else one for one in contract.filters)
    return evolve(contract, filters=tuple(filters))


READINGS = (
    Reading(
        name="search-looks-everywhere",
        says="What is searched for in any field is found in words, times and numbers, at whatever depth.",
        applies=lambda contract: any(one.anywhere for one in contract.filters),
        misread=_everywhere,
    ),
    Reading(
        name="case-ignored-from-a-to-z",
        says="Where case is ignored, that of letters beyond A to Z is not.",
        applies=lambda contract: bool(_ignoring(contract)),
        misread=_in_ascii,
    ),
    Reading(
        name="other-word-asks-for-the-opposite",
        says="Where one word asks whether a field is there, any other that the parameter takes asks for the opposite.",
        applies=lambda contract: bool(_untold_words(contract)),
        misread=_other_word,
    ),
    Reading(
        name="filtered-after-the-cut",
        says="A page is cut before it is filtered: it holds few items, or none, and leads on.",
        applies=_may_be_sparse,
        misread=unfiltered,
        garble=_sparse,
    ),
    Reading(
        name="companion-required",
        says="A parameter that has no effect alone is refused alone.",
        applies=lambda contract: (
            refuses(contract) and any(one.requires and not one.stands_alone for one in contract.filters)
        ),
        garble=_companion_missing,
    ),
    Reading(
        name="zero-is-no-limit-given",
        says="A limit of 0 is read as none.",
        applies=_open_minimum,
        mishear=_zero_is_none,
    ),
    Reading(
        name="zero-is-an-empty-page",
        says="A limit of 0 is answered with a page without items.",
        applies=_open_minimum,
        garble=_zero_is_empty,
    ),
    Reading(
        name="page-after-the-last-refused",
        says="Where pages are counted, the one after the last is refused.",
        applies=lambda contract: contract.is_counted,
        garble=_no_such_page,
    ),
)
