"""Single answers that lie, each caught by its own check."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from attrs import evolve
from starlette.requests import Request

from conformance.checks import ALL
from conformance.checks.family import ACCESS, CLIENT, REFUSAL, WIRE
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.spec.schema import Schema
from conformance.tests.conftest import Answer, Lie, Ran, liar

STEM = "vercel_sessions"
ALONE = {WIRE, CLIENT, ACCESS, REFUSAL}
WIRE_ONLY = tuple(word for check in ALL if check.family in ALONE for word in ("--check", check.id))


@pytest.fixture
def sessions() -> Contract:
    """One contract that has everything."""
    return load_contract(STEM, own_specs())


def on_success(change: Callable[[Answer], Answer]) -> Lie:
    """A lie told in every success."""
    return lambda _, answer: change(answer) if answer.status == 200 else answer


def on_refusal(change: Callable[[Answer], Answer]) -> Lie:
    """A lie told in every refusal."""
    return lambda _, answer: change(answer) if answer.status >= 400 else answer


def items(change: Callable[[dict[str, object]], object]) -> Lie:
    """A lie told of every item."""

    def changed(page: dict[str, list[dict[str, object]]]) -> object:
        for item in page["sessions"]:
            change(item)
        return page

    return on_success(lambda answer: answer.with_json(changed))


def header(answer: Answer, name: str, value: str) -> Answer:
    """The answer with one header changed."""
    return evolve(answer, headers={**answer.headers, name: value})


def renamed(item: dict[str, object]) -> None:
    """A required field under another name."""
    item["vCPUs"] = item.pop("vcpus")


LIES: dict[str, tuple[Lie, set[str]]] = {
    "undocumented status": (
        on_success(lambda answer: evolve(answer, status=206)),
        {"status-documented"},
    ),
    "redirect": (
        lambda _, answer: header(evolve(answer, status=302), "location", "/elsewhere"),
        {"operation-exists"},
    ),
    "HTML": (
        on_success(lambda answer: header(evolve(answer, body=b"<html>Sign in</html>"), "content-type", "text/html")),
        {"content-type-documented", "json-strict", "client-decodes"},
    ),
    "wrong content type": (
        on_success(lambda answer: header(answer, "content-type", "text/plain")),
        {"content-type-documented"},
    ),
    "NaN": (
        on_success(lambda answer: evolve(answer, body=answer.body.replace(b'"count":', b'"load":NaN,"count":'))),
        {"json-strict", "fields-documented", "client-decodes"},
    ),
    "a name twice": (
        on_success(lambda answer: evolve(answer, body=answer.body.replace(b'"count":', b'"count":0,"count":'))),
        {"json-strict"},
    ),
    "sunset": (
        on_success(lambda answer: header(answer, "sunset", "Sat, 31 Oct 2026 23:59:59 GMT")),
        {"lifecycle-current"},
    ),
    "undocumented field": (items(lambda item: item.update(image="node:24")), {"fields-documented"}),
    "undocumented nested field": (
        items(lambda item: item.update(networkPolicy={"mode": "deny-all", "rules": []})),
        {"fields-documented"},
    ),
    "new enum value": (items(lambda item: item.update(status="hibernating")), {"body-matches-schema"}),
    "required field renamed": (items(renamed), {"body-matches-schema", "fields-documented", "client-decodes"}),
    "seconds": (
        items(lambda item: item.update(createdAt=int(str(item["createdAt"])) // 1000)),
        {"body-matches-schema"},
    ),
    "an error body that no page shows": (on_refusal(lambda answer: evolve(answer, body=b'{"message":"no"}')), set()),
    "anyone gets in": (
        lambda _, answer: evolve(
            answer, status=200, body=json.dumps({"sessions": [], "pagination": {"count": 0, "next": None}}).encode()
        ),
        {"credentials-required", "bad-input-refused"},
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_caught(name: str, sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """A lie drifts exactly the checks that test it."""
    lie, expected = LIES[name]

    ran = run_on(STEM, liar(sessions, lie), *WIRE_ONLY)

    assert ran.ids() == expected
    assert ran.code == (1 if ran.ids("error") else 0)


def test_all_errors_of_a_body_are_found(sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """Two different errors in one body are two findings, however many items have them."""
    lie = items(lambda item: item.update(memory="2048", region=None))

    ran = run_on(STEM, liar(sessions, lie), *WIRE_ONLY)

    findings = [one for one in ran.record["operations"][0]["findings"] if one["check"] == "body-matches-schema"]
    assert {one["pointer"].rpartition("/")[2] for one in findings} == {"memory", "region"}
    assert all("places of this body" in one["actual"] for one in findings)
    assert all(one["breaks_client"] for one in findings)


def test_a_finding_leads_to_the_line_of_the_spec(sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """A finding's pointer and line lead to the part of the spec that was broken."""
    ran = run_on(STEM, liar(sessions, items(lambda item: item.update(status="hibernating"))), *WIRE_ONLY)

    (finding,) = ran.record["operations"][0]["findings"]
    assert Schema.at(sessions.document, Pointer(finding["pointer"])).keywords["enum"]
    line = (own_specs() / f"{STEM}.yaml").read_text().splitlines()[finding["line"] - 1]
    assert "SessionStatus:" in line
    assert finding["curl"][0].startswith("curl -s ")
    assert "$VERCEL_TOKEN" in finding["curl"][0]


def test_a_retired_path_is_one_finding(sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """410 on the operation itself is operation-exists, once, and everything else is skipped."""
    ran = run_on(STEM, liar(sessions, lambda _, answer: evolve(answer, status=410)))

    findings = ran.record["operations"][0]["findings"]
    assert [finding["check"] for finding in findings] == ["operation-exists"]
    assert ran.code == 1
    reasons = {
        outcome["reason"] for outcome in ran.record["operations"][0]["outcomes"] if outcome["outcome"] == "skipped"
    }
    assert "the operation is gone (410)" in reasons


def test_a_switched_auth_scheme_is_told_from_a_wrong_credential(sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """A credential that is accepted only elsewhere is drift of the scheme."""

    def switched(request: Request, answer: Answer) -> Answer:
        return evolve(answer, status=200 if request.headers.get("x-api-key") == "test-token" else 401)

    ran = run_on(STEM, liar(sessions, switched), "--check", "credentials-accepted")

    assert (ran.code, ran.ids("error")) == (1, {"credentials-accepted"})


def test_what_was_not_seen_is_skipped(sessions: Contract, run_on: Callable[..., Ran]) -> None:
    """A check that saw no answer of its kind does not claim to hold."""
    ran = run_on(STEM, liar(sessions, lambda _, answer: answer), "--check", "error-body-documented")

    assert ran.record["operations"][0]["outcomes"] == [
        {
            "check": "error-body-documented",
            "family": "wire",
            "outcome": "skipped",
            "reason": "none of 1 answers showed what it tests",
        }
    ]
    assert ran.code == 3


@pytest.mark.parametrize(
    ("expires", "notes"),
    [("2031-12-31T23:59:60Z", set()), ("9999-12-31T23:59:60Z", {"client-decodes"})],
    ids=["a leap second", "a moment that datetime does not have"],
)
def test_what_the_documentation_allows_is_no_drift(expires: str, notes: set[str], run_on: Callable[..., Ran]) -> None:
    """RFC 3339 has leap seconds; where the client alone has a limit, that is told as news."""

    def lie(_: Request, answer: Answer) -> Answer:
        return (
            answer.with_json(lambda page: [one | {"expiresAt": expires} for one in page])
            if answer.status == 200
            else answer
        )

    contract = load_contract("browserbase_sessions", own_specs())
    ran = run_on(contract.stem, liar(contract, lie))

    assert (ran.code, ran.ids("error"), ran.ids("warning"), ran.ids("note")) == (0, set(), set(), notes)
