"""Each kind of change, driven by a server that does what the change documents."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from conformance.cli.main import main
from conformance.spec.load import load_contract, own_specs
from conformance.tests.checks.test_other_contracts import HERE
from conformance.tests.conftest import Answer, Ran, liar, mock

SCHEMA = ("--check", "body-matches-schema")
EXTENSION = "/paths/~1v2~1sandboxes~1sessions/get/x-conformance"


def proposals(ran: Ran, check: str) -> list[dict[str, Any]]:
    """The proposals for the findings of one check."""
    return [one["proposal"] for one in ran.record["operations"][0]["findings"] if one["check"] == check]


def test_free_text_never_becomes_an_enumeration(run_on: Callable[..., Ran]) -> None:
    """Values that do not look like words of a vocabulary open the enumeration, and stand nowhere in the change."""
    contract = load_contract("vercel_sessions", own_specs())

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
    contract = load_contract("vercel_sessions", own_specs())

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
    contract = load_contract("vercel_sessions", own_specs())

    def other(_: Request, answer: Answer) -> Answer:
        return Answer(422, answer.headers, answer.body) if answer.status == 400 else answer

    ran = run_on(contract.stem, liar(contract, other), "--check", "bad-input-refused", "--check", "status-documented")

    (status,) = proposals(ran, "status-documented")
    refusals = proposals(ran, "bad-input-refused")
    assert status["edits"][0]["pointer"] == "/paths/~1v2~1sandboxes~1sessions/get/responses/422"
    assert status["edits"][0]["value"]["content"]["application/json"]["schema"]["type"] == "object"
    assert {(one["edits"][0]["pointer"], one["edits"][0]["value"]) for one in refusals} == {
        (f"{EXTENSION}/refusals/2/status", 422),
        (f"{EXTENSION}/refusals/3/status", 422),
    }


BOUNDS = ("--check", "limit-bounds", "--check", "good-input-accepted")
LIMIT = "/paths/~1v1~1sessions~1sandboxes/get/parameters/1/schema"


@pytest.mark.parametrize(("refused", "keyword", "bound"), [("1000", "maximum", 999), ("1", "minimum", 2)])
def test_a_bound_that_is_refused_moves_beside_what_is_accepted(
    refused: str, keyword: str, bound: int, run_on: Callable[..., Ran]
) -> None:
    """Where the value beside a refused bound was accepted, it is the bound."""
    contract = load_contract("instavm_sandboxes", own_specs())

    def narrower(request: Request, answer: Answer) -> Answer:
        return Answer(422, answer.headers, b"{}") if request.query_params.get("limit") == refused else answer

    ran = run_on(contract.stem, liar(contract, narrower), *BOUNDS)

    (made,) = proposals(ran, "limit-bounds")
    assert made["edits"][0] == {"op": "set", "pointer": f"{LIMIT}/{keyword}", "value": bound}


def test_a_bound_that_is_refused_alone_tells_nothing(run_on: Callable[..., Ran]) -> None:
    """Nothing near the refused maximum was asked for, so where the bound lies now is not known."""
    contract = load_contract("instavm_sandboxes", own_specs())

    def narrower(request: Request, answer: Answer) -> Answer:
        return Answer(422, answer.headers, b"{}") if request.query_params.get("limit") == "1000" else answer

    ran = run_on(contract.stem, liar(contract, narrower), *BOUNDS[:2])

    (made,) = proposals(ran, "limit-bounds")
    assert (made["edits"], made["why"]) == (
        [],
        "Where the bounds lie now cannot be told from the requests of this run.",
    )


@pytest.mark.parametrize(
    ("fault", "checks", "withdrawn"),
    [
        ("bad-number-accepted", ("limit-bounds", "bad-input-refused"), {"minimum", "maximum"}),
        ("limit-ignored", ("limit-bounds", "limit-respected"), set()),
        ("limit-off-by-one", ("limit-default", "limit-respected"), set()),
    ],
)
def test_a_limit_that_is_not_kept_has_no_other_bounds(
    fault: str, checks: tuple[str, ...], withdrawn: set[str], run_on: Callable[..., Ran]
) -> None:
    """Bounds are withdrawn where they are not enforced; a limit that is not read at all has none to move."""
    contract = load_contract("instavm_sandboxes", own_specs())

    ran = run_on(contract.stem, mock(contract, fault=fault), *(part for one in checks for part in ("--check", one)))

    made = [one for check in checks for one in proposals(ran, check)]
    assert {one["edits"][0]["pointer"].rpartition("/")[2] for one in made if one["edits"]} == withdrawn
    assert {one["check"] for one in ran.record["operations"][0]["findings"]} == set(checks)
    assert all(bool(one["edits"]) != bool(one["why"] and one["bug_report"]) for one in made)


@pytest.fixture
def out_of_order(tmp_path: Path) -> Callable[[str], tuple[int, Path, Path]]:
    """Break both invariants of a spec that has a remark in its text; gives what proposing exits with."""

    def run(remark: str) -> tuple[int, Path, Path]:
        own, report = tmp_path / "specs", tmp_path / "report.json"
        shutil.copytree(HERE / "specs", own)
        shutil.copytree(HERE / "fixtures", own / "fixtures")
        spec = own / "acme_jobs.yaml"
        spec.write_text(re.sub(r"^( +- .left: /startedAt.*)$", remark, spec.read_text(), count=1, flags=re.MULTILINE))
        options = ["--check", "invariants-hold", "--report", str(report), "--specs", str(own)]
        main(["run", "acme_jobs", "--fault", "times-out-of-order", *options])
        return main(["propose", str(report), "--specs", str(own), "--write"]), spec, report

    return run


def test_what_would_take_a_comment_is_not_proposed(
    out_of_order: Callable[[str], tuple[int, Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason names the comment and says what to do; what takes none is proposed and written."""
    code, spec, _ = out_of_order(r"\1  # asked them twice")

    shown = capsys.readouterr().out
    assert "A change was tried, and cannot be made: specs/acme_jobs.yaml: the change would lose the comment" in shown
    assert "'# asked them twice'. Move the comment, or make the change by hand." in shown
    assert (code, "# asked them twice" in spec.read_text(), "difference-of" in spec.read_text()) == (0, True, False)


def test_changes_that_take_a_comment_together_are_refused(
    out_of_order: Callable[[str], tuple[int, Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each entry may go alone; with the last one the list would go, and the remark in it."""
    code, spec, report = out_of_order(r"          # asked them twice\n\1")
    first, second = json.loads(report.read_text())["operations"][0]["findings"]

    assert [code, "difference-of" in spec.read_text()] == [2, True]
    assert "would lose the comment '# asked them twice'" in capsys.readouterr().err
    assert [bool(one["proposal"]["edits"]) for one in (first, second)] == [True, True]


def test_a_list_goes_with_its_last_entry(out_of_order: Callable[[str], tuple[int, Path, Path]]) -> None:
    """No empty list is left where every promise of a kind was withdrawn."""
    code, spec, _ = out_of_order(r"\1")

    contract = load_contract("acme_jobs", spec.parent)
    assert (code, contract.invariants, "invariants:" in spec.read_text()) == (0, (), False)
