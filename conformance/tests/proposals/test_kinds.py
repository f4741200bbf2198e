"""Each kind of change, driven by a server that does what the change documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from conformance import specs
from conformance.tests.conftest import Answer, Ran, liar

SCHEMA = ("--check", "body-matches-schema")
EXTENSION = "/paths/~1v2~1sandboxes~1sessions/get/x-conformance"


def proposals(ran: Ran, check: str) -> list[dict[str, Any]]:
    """The proposals for the findings of one check."""
    return [one["proposal"] for one in ran.record["operations"][0]["findings"] if one["check"] == check]


def test_free_text_never_becomes_an_enumeration(run_on: Callable[..., Ran]) -> None:
    """Values that do not look like words of a vocabulary open the enumeration, and stand nowhere in the change."""
    contract = specs.load("vercel_sessions", specs.directory())

    def named(_: Request, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        return answer.with_json(
            lambda body: {
                **body,
                "sessions": [{**one, "status": f"acme 93847 {n}"} for n, one in enumerate(body["sessions"])],
            }
        )

    ran = run_on(contract.stem, liar(contract, named), *SCHEMA, "--check", "identity-unique")

    (made,) = proposals(ran, "body-matches-schema")
    assert [edit["op"] for edit in made["edits"]] == ["drop", "include"]
    assert "acme" not in json.dumps(made)


def test_a_counter_is_found_at_its_new_place(run_on: Callable[..., Ran]) -> None:
    """A counter that moved beside the items is documented there once its field is."""
    contract = specs.load("vercel_sessions", specs.directory())

    def moved(_: Request, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        return answer.with_json(
            lambda body: {
                **body,
                "pagination": {"next": body["pagination"]["next"]},
                "count": len(body["sessions"]),
            }
        )

    ran = run_on(
        contract.stem, liar(contract, moved), *SCHEMA, "--check", "count-is-page", "--check", "fields-documented"
    )

    (made,) = proposals(ran, "count-is-page")
    assert {"op": "set", "pointer": f"{EXTENSION}/counters/0/value", "value": "$response.body#/count"} in made["edits"]


def test_a_refusal_with_another_client_error_is_documented(run_on: Callable[..., Ran]) -> None:
    """422 where 400 is documented: the status is added to the responses, and to the refusal."""
    contract = specs.load("vercel_sessions", specs.directory())

    def other(_: Request, answer: Answer) -> Answer:
        return Answer(422, answer.headers, answer.body) if answer.status == 400 else answer

    ran = run_on(contract.stem, liar(contract, other), "--check", "bad-input-refused", "--check", "status-documented")

    (status,) = proposals(ran, "status-documented")
    refusals = proposals(ran, "bad-input-refused")
    assert status["edits"][0]["pointer"] == "/paths/~1v2~1sandboxes~1sessions/get/responses/422"
    assert status["edits"][0]["value"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Error"
    }
    assert {(one["edits"][0]["pointer"], one["edits"][0]["value"]) for one in refusals} == {
        (f"{EXTENSION}/refusals/2/status", 422),
        (f"{EXTENSION}/refusals/3/status", 422),
    }
