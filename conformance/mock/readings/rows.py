"""Readings of rows: where the answer names its columns, no page says in which order."""

from __future__ import annotations

import json

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.layout import dumped
from conformance.mock.collection.values import Json
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, on_pages
from conformance.spec.contract import Contract


def _is_open(contract: Contract) -> bool:
    return contract.rows is not None and not contract.rows.fixed


def _turned(scene: Scene) -> Answer:
    rows, body = scene.contract.rows, json.loads(scene.answer.wire)
    if rows is not None and rows.named is not None:
        names: Json = rows.named.place.get(body)
        items: Json = scene.answer.place.get(body)
        for row in (names, *items):
            row.reverse()
    return evolve(scene.answer, sent=dumped(body))


READINGS = (
    Reading(
        name="columns-in-another-order",
        says="The columns that an answer names come in another order.",
        applies=_is_open,
        garble=on_pages(_turned),
    ),
)
