"""Readings of HTTP and JSON themselves: what no page speaks of."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, on_pages

EVERY = 15
"""Requests, of which the last is told to wait."""


def _rewritten(write: Callable[[Json], bytes]) -> Callable[[Scene], Answer]:
    return on_pages(lambda scene: evolve(scene.answer, sent=write(json.loads(scene.answer.wire))))


def _headers(**values: str) -> Callable[[Scene], Answer]:
    given = {name.replace("_", "-"): value for name, value in values.items()}
    return on_pages(lambda scene: evolve(scene.answer, headers={**scene.answer.headers, **given}))


def _turned(part: Json) -> Json:
    if isinstance(part, dict):
        return {name: _turned(part[name]) for name in reversed(part)}
    return [_turned(value) for value in part] if isinstance(part, list) else part


def _zipped(scene: Scene) -> Answer:
    if "gzip" not in scene.request.headers.get("accept-encoding", "") or not scene.answer.wire:
        return scene.answer
    headers = {**scene.answer.headers, "content-encoding": "gzip"}
    return evolve(scene.answer, sent=gzip.compress(scene.answer.wire), headers=headers)


def _told_to_wait(scene: Scene) -> Answer:
    if scene.turn % EVERY != EVERY - 1:
        return scene.answer
    return Answer(status=429, body={"error": {"code": "slow", "message": "slow"}}, headers={"retry-after": "0"})


def _dumped(indent: int | None = None, *, escaped: bool = False) -> Callable[[Json], bytes]:
    return lambda value: json.dumps(value, indent=indent, ensure_ascii=escaped).encode()


READINGS = (
    Reading(
        name="charset-named",
        says="The content type names its charset.",
        garble=_headers(content_type="application/json; charset=utf-8"),
    ),
    Reading(
        name="content-type-in-capitals",
        says="The content type is written in another case.",
        garble=_headers(content_type="Application/JSON"),
    ),
    Reading(
        name="headers-added",
        says="Answers carry headers of caches, proxies and rate limits.",
        garble=_headers(x_request_id="r1", cache_control="no-store", x_ratelimit_remaining="9", etag='"e"'),
    ),
    Reading(name="json-indented", says="Bodies are indented.", garble=_rewritten(_dumped(2))),
    Reading(name="json-escaped", says="Bodies escape what is not ASCII.", garble=_rewritten(_dumped(escaped=True))),
    Reading(
        name="members-in-another-order",
        says="The members of objects come in another order.",
        garble=_rewritten(lambda value: _dumped()(_turned(value))),
    ),
    Reading(
        name="bodies-zipped",
        says="Bodies are compressed for whoever accepts it.",
        garble=_zipped,
        outermost=True,
    ),
    Reading(
        name="told-to-wait",
        says="Every fifteenth request is answered with 429 and asked again at once.",
        garble=_told_to_wait,
        outermost=True,
    ),
)
