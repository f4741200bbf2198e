"""Faults in status and headers: what proxies, gateways and retired paths do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page
from conformance.spec.contract import Contract

_HTML = b"<!doctype html><title>Please sign in</title>"


def _headers(values: Mapping[str, str]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        return evolve(scene.answer, headers={**scene.answer.headers, **values})

    return garble


def _html(scene: Scene) -> Answer:
    if not is_page(scene.answer):
        return scene.answer
    return evolve(scene.answer, sent=_HTML, headers={"content-type": "text/html"})


def _at_path(status: int, headers: Mapping[str, str] | None = None) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        if scene.request.path != scene.contract.served:
            return scene.answer
        return Answer(status=status, body={"error": {"code": str(status), "message": "gone"}}, headers=headers or {})

    return garble


def _status(status: int) -> Callable[[Scene], Answer]:
    return lambda scene: evolve(scene.answer, status=status) if is_page(scene.answer) else scene.answer


def _now_and_then(scene: Scene) -> Answer:
    if scene.turn % 5 != 4:  # noqa: PLR2004 - every fifth
        return scene.answer
    return Answer(status=520, body={"error": {"code": "520", "message": "unknown error"}})


def _undocumented(status: int) -> Callable[[Contract], bool]:
    return lambda contract: not contract.responses_for(status)


def _required_header(contract: Contract) -> bool:
    return bool(contract.responses_for(200)[0].required_headers)


def _header_gone(scene: Scene) -> Answer:
    gone = {name.lower() for name in scene.contract.responses_for(200)[0].required_headers}
    kept = {name: value for name, value in scene.answer.headers.items() if name.lower() not in gone}
    return evolve(scene.answer, headers=kept)


_ELSEWHERE = {"location": "/v9/elsewhere"}

FAULTS = (
    Fault(name="html-for-json", says="A 200 holds a sign-in page.", check="content-type-documented", garble=_html),
    Fault(
        name="content-type-text",
        says="Bodies are declared as plain text.",
        check="content-type-documented",
        garble=_headers({"content-type": "text/plain"}),
    ),
    Fault(
        name="content-type-missing",
        says="Bodies are not declared at all.",
        check="content-type-documented",
        garble=_headers({"content-type": ""}),
    ),
    Fault(
        name="content-type-vendor",
        says="Bodies are declared as another kind of JSON.",
        check="content-type-documented",
        garble=_headers({"content-type": "application/hal+json"}),
    ),
    Fault(
        name="path-retired-404", says="Nothing is at the path any more.", check="operation-exists", garble=_at_path(404)
    ),
    Fault(name="path-retired-410", says="The path is gone for good.", check="operation-exists", garble=_at_path(410)),
    Fault(
        name="moved-for-ever",
        says="The path redirects to another one.",
        check="operation-exists",
        applies=_undocumented(308),
        garble=_at_path(308, _ELSEWHERE),
    ),
    Fault(
        name="redirected",
        says="The path redirects to another one for now.",
        check="operation-exists",
        applies=_undocumented(302),
        garble=_at_path(302, _ELSEWHERE),
    ),
    Fault(
        name="created-for-ok",
        says="Pages come with status 201.",
        check="status-documented",
        applies=_undocumented(201),
        garble=_status(201),
    ),
    Fault(
        name="partial-for-ok",
        says="Pages come with status 206.",
        check="status-documented",
        applies=_undocumented(206),
        garble=_status(206),
    ),
    Fault(
        name="fails-now-and-then",
        says="Every fifth request fails with 520.",
        check="status-documented",
        applies=_undocumented(520),
        garble=_now_and_then,
    ),
    Fault(
        name="required-header-gone",
        says="A required header is not sent.",
        check="headers-documented",
        applies=_required_header,
        garble=_header_gone,
    ),
)
