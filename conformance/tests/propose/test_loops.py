"""Kinds of change that no fault of the mock asks for: run, propose, write, and the next run finds nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from msgspec import to_builtins
from starlette.requests import Request

from conformance.finding_text import tell
from conformance.mock.answers.request import Request as Asked
from conformance.mock.faults.fault import Fault
from conformance.record.apply import applied
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs, read_contract
from conformance.tests.checks.test_other_contracts import HERE, OTHERS, STEM
from conformance.tests.conftest import Answer, Lie, lying
from conformance.tests.propose.loops import found, report
from conformance.tests.runs import CONTRACTS

Json = dict[str, Any]
GET = "/paths/~1v1~1jobs/get"
SESSIONS = "/paths/~1v2~1sandboxes~1sessions/get"
EXTENSION = f"{GET}/x-conformance"
SCHEMAS = "/components/schemas"


def honest(_: Request, answer: Answer) -> Answer:
    """No lie."""
    return answer


def page(change: Callable[[Json], Any]) -> Lie:
    """Change the body of every page."""
    return lambda _, answer: answer.with_json(change) if answer.status == 200 else answer


def each(change: Callable[[bool, Json], Json]) -> Callable[[Json], Json]:
    """Change every item of a page of jobs or sessions; the function is told of each whether it is one of a half."""

    def changed(body: Json) -> Json:
        name = "jobs" if "jobs" in body else "data"
        return {**body, name: [change(sum(item["id"].encode()) % 2 == 0, item) for item in body[name]]}

    return changed


def refusal(status: int, body: bytes, media: str = "application/json") -> Lie:
    """Refuse bad input in another way."""

    def lie(_: Request, answer: Answer) -> Answer:
        headers = {**answer.headers, "content-type": media}
        return Answer(status, headers, body) if answer.status == 400 else answer

    return lie


def without_header(_: Request, answer: Answer) -> Answer:
    """No page has the header that is always there."""
    return evolve(answer, headers={name: value for name, value in answer.headers.items() if name != "x-request-id"})


def _half(_: Contract, request: Asked) -> Asked:
    """Only a walk's later pages are shorter than asked for, so that no item is lost."""
    if not request.values("cursor"):
        return request
    halves = {"limit": lambda value: str((int(value) + 1) // 2)}
    return evolve(request, query=tuple((name, halves.get(name, str)(value)) for name, value in request.query))


SHORT = Fault(name="short", says="Later pages are half as long.", check="page-full", mishear=_half)
UPWARDS = Fault(
    name="upwards",
    says="The oldest comes first where no order is asked for.",
    check="order-default",
    mishear=lambda _, request: (
        request if request.values("order") else evolve(request, query=(*request.query, ("order", "asc")))
    ),
)


@frozen(kw_only=True)
class Loop:
    """What a server does, the check that sees it, and the edits that document it."""

    check: str
    edits: list[tuple[str, str, Any]]
    lie: Lie = honest
    fault: Fault | None = None
    stem: str = STEM

    @property
    def contract(self) -> Contract:
        """The contract of the operation."""
        return OTHERS[STEM] if self.stem == STEM else CONTRACTS[self.stem]


EXTRA = f"{SCHEMAS}/Job/properties/extra"
NOTE = "Not documented; seen on 2026-11-23."
OBJECT = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
METADATA = f"{SCHEMAS}/Session/properties/metadata/type"
LOOPS = {
    "a required header is absent": Loop(
        lie=without_header,
        check="headers-documented",
        edits=[("drop", f"{GET}/responses/200/headers/X-Request-Id/required", None)],
    ),
    "pages are not full": Loop(fault=SHORT, check="page-full", edits=[("drop", f"{EXTENSION}/limit/full", None)]),
    "the order by default is the other": Loop(
        fault=UPWARDS,
        check="order-default",
        edits=[("set", f"{EXTENSION}/order/direction", "asc"), ("set", f"{GET}/parameters/6/schema/default", "asc")],
    ),
    "no page leads on": Loop(
        lie=page(lambda body: {**body, "pagination": {**body["pagination"], "next": None}}),
        check="pages-complete",
        edits=[
            ("drop", f"{SESSIONS}/responses/200/links", None),
            ("drop", f"{SESSIONS}/x-conformance/paging", None),
            ("include", f"{SESSIONS}/x-conformance/scopes", "cursor"),
        ],
        stem="vercel_sessions",
    ),
    "a refusal is text": Loop(
        lie=refusal(418, b"no", "text/plain"),
        check="status-documented",
        edits=[
            (
                "set",
                f"{GET}/responses/418",
                {"description": NOTE, "content": {"text/plain": {"schema": {"type": "string"}}}},
            )
        ],
    ),
    "a refusal says nothing": Loop(
        lie=refusal(418, b"", ""),
        check="status-documented",
        edits=[("set", f"{GET}/responses/418", {"description": NOTE})],
    ),
    "a refusal has a form of its own": Loop(
        lie=refusal(418, b'{"a": 1}'),
        check="status-documented",
        edits=[
            (
                "set",
                f"{GET}/responses/418",
                {"description": NOTE, "content": {"application/json": {"schema": OBJECT}}},
            )
        ],
    ),
    "a new field has two kinds": Loop(
        lie=page(each(lambda half, item: {**item, "extra": {"a": 1} if half else "none"})),
        check="fields-documented",
        edits=[("set", EXTRA, {"anyOf": [{"type": "string"}, OBJECT], "description": NOTE})],
    ),
    "a new field is an empty list": Loop(
        lie=page(each(lambda _, item: {**item, "extra": []})),
        check="fields-documented",
        edits=[("set", EXTRA, {"type": "array", "items": {}, "description": NOTE})],
    ),
    "a new field is an empty object": Loop(
        lie=page(each(lambda _, item: {**item, "extra": {}})),
        check="fields-documented",
        edits=[("set", EXTRA, {"type": "object", "additionalProperties": True, "description": NOTE})],
    ),
    "one of two kinds is a third": Loop(
        lie=page(each(lambda half, item: {**item, "metadata": "much" if half else item.get("metadata")})),
        check="body-matches-schema",
        edits=[("set", METADATA, ["object", "null", "string"])],
        stem="sandbase_sessions",
    ),
}


def judged(loop: Loop, spec: Path) -> tuple[list[Json], list[str]]:
    """The edits of every proposal for the check's findings, and what the next run finds with all of them written."""
    own = loop.stem == STEM
    server = lying(loop.contract, loop.lie, fault=loop.fault, fixtures=HERE / "fixtures" if own else None)
    findings, exchanges = found(loop.contract, server)
    record = report(loop.contract, findings, exchanges)
    (made,) = applied(record, HERE / "specs" if own else own_specs(), ())
    spec.write_text(made.text or loop.contract.text)
    again, _ = found(read_contract(spec), server)
    rows = [to_builtins(one.proposal) for one in record.operations[0].findings if one.check == loop.check]
    return rows, [f"{finding.check}: {tell(finding.actual)}" for finding in again]


@pytest.mark.parametrize("name", LOOPS)
def test_a_change_ends_its_drift(name: str, tmp_path: Path) -> None:
    """The edits are these, the note aside; once they are written the same server has no drift left."""
    loop = LOOPS[name]

    rows, again = judged(loop, tmp_path / f"{loop.stem}.yaml")

    edits = [[(one["op"], one["pointer"], one.get("value")) for one in row["edits"][:-1]] for row in rows]
    assert loop.edits in edits, json.dumps(rows, indent=1)
    assert again == []


def test_what_a_counter_promises_is_not_withdrawn(tmp_path: Path) -> None:
    """No page leads on, and the total says that there is more: items are lost, which no spec documents into view."""
    loop = Loop(lie=page(lambda body: {**body, "next": None}), check="pages-complete", edits=[])

    (row,), _ = judged(loop, tmp_path / f"{STEM}.yaml")

    assert row["edits"] == []
    assert row["why"] == "Items that no page shows cannot be documented into view."
