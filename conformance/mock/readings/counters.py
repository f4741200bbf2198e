"""Readings of numbers that count, where no page says what."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.tools import envelope, with_number
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, is_open, on_pages
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts


def _open(contract: Contract) -> list[Counter]:
    return [counter for counter in contract.counters if is_open(contract, counter.pointer)]


def _reading(name: str, says: str, number: Callable[[Scene], int]) -> Reading:
    def garble(scene: Scene) -> Answer:
        answer = scene.answer
        for counter in _open(scene.contract):
            told = number(scene)
            shown = None if counter.is_range and told < 0 else told
            answer = with_number(evolve(scene, answer=answer), counter, shown)
        return answer

    return Reading(name=name, says=says, applies=lambda contract: bool(_open(contract)), garble=on_pages(garble))


def _optional(contract: Contract) -> list[Counter]:
    return [counter for counter in contract.counters if contract.may_lack(counter.value)]


def _without(scene: Scene) -> Answer:
    answer = scene.answer
    for counter in _optional(scene.contract):
        answer = envelope(evolve(scene, answer=answer), counter.value, MISSING)
    return answer


def _totals(contract: Contract) -> list[Counter]:
    """What counts all in a range, where its documented pattern takes an asterisk."""
    headers = {name.lower(): schema for name, schema in contract.responses_for(200)[0].headers.items()}
    return [
        counter
        for counter in contract.counters
        if counter.is_range and counter.counts is not Counts.PAGE
        if re.search(headers.get(counter.value.header.lower(), {}).get("pattern", ""), f"{counter.unit} 0-1/*")
    ]


def _uncounted(scene: Scene) -> Answer:
    answer = scene.answer
    for counter in _totals(scene.contract):
        answer = with_number(evolve(scene, answer=answer), counter, None)
    return answer


READINGS = (
    Reading(
        name="total-not-counted",
        says="The total of a Content-Range is *: nobody counted.",
        applies=lambda contract: bool(_totals(contract)),
        garble=on_pages(_uncounted),
    ),
    Reading(
        name="counter-absent",
        says="A counter that is not required is absent.",
        applies=lambda contract: bool(_optional(contract)),
        garble=on_pages(_without),
    ),
    _reading("counter-of-everything", "A counter counts the collection.", lambda scene: len(scene.dataset.entries)),
    _reading("counter-of-the-page", "A counter counts the page.", lambda scene: len(scene.answer.items or ())),
    _reading("counter-unknown", "A counter is -1: nobody counted.", lambda _: -1),
    _reading("counter-by-estimate", "A counter is an estimate that changes.", lambda scene: 100 + scene.turn % 7),
)
