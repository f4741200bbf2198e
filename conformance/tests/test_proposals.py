"""What a proposal is: the smallest change, every other byte as it was, or nothing at all and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from conformance import specs
from conformance.cli import main
from conformance.errors import SpecError, UsageError
from conformance.proposals.drafts import Drafts
from conformance.proposals.edit import Edit
from conformance.proposals.inference import inferred, time_pattern
from conformance.proposals.original import Original
from conformance.tests.conftest import STEMS, Answer, Ran, liar

SESSION = "/components/schemas/Session"
EXTENSION = "/paths/~1v2~1sandboxes~1sessions/get/x-conformance"


def text_of(stem: str) -> str:
    """A spec as it stands."""
    return (specs.directory() / f"{stem}.yaml").read_text()


def changed(before: str, after: str) -> list[str]:
    """The lines that only one of two texts has."""
    old, new = before.splitlines(), after.splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


@pytest.mark.parametrize("stem", STEMS)
def test_an_untouched_spec_is_written_byte_by_byte(stem: str) -> None:
    """Reading and writing a spec without an edit gives the same bytes."""
    assert Original(text_of(stem), name=stem).edited([]) == text_of(stem)


def test_edits_change_their_own_lines_alone() -> None:
    """Set, include, discard, rename and drop, in flow and in block style: no other line moves, comments stay."""
    plain = text_of("vercel_sessions")
    before = plain.replace("        id: {", "        # first\n        id: {").replace(
        "        memory: {", "        # in MB\n        memory: {"
    )
    edits = [
        Edit("set", f"{SESSION}/properties/cwd/type", ["string", "null"]),
        Edit("include", "/components/schemas/SessionStatus/enum", "hibernating"),
        Edit("discard", f"{SESSION}/required", "vcpus"),
        Edit("rename", f"{SESSION}/properties/memory", "memoryMb"),
        Edit("drop", f"{SESSION}/properties/vcpus/minimum"),
    ]

    assert changed(before, Original(before, name="spec").edited(edits)) == [
        "-        - vcpus",
        "-        memory: {type: integer, minimum: 0, description: 'Memory given to the sandbox, in MB.'}",
        "-        vcpus: {type: integer, minimum: 0, description: Number of virtual CPUs given to the sandbox.}",
        "-        cwd: {type: string, description: Working directory in the sandbox.}",
        "-      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped]",
        "+        memoryMb: {type: integer, minimum: 0, description: 'Memory given to the sandbox, in MB.'}",
        "+        vcpus: {type: integer, description: Number of virtual CPUs given to the sandbox.}",
        "+        cwd: {type: [string, 'null'], description: Working directory in the sandbox.}",
        "+      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped, hibernating]",
    ]


def test_deviations_follow_what_they_are_about() -> None:
    """A deviation about a renamed or moved part points at it again; one about what is gone is gone."""
    edits = [
        Edit("drop", f"{EXTENSION}/refusals/0"),
        Edit("rename", f"{SESSION}/properties/createdAt", "created_at"),
        Edit("drop", "/components/schemas/NetworkPolicy"),
    ]

    after = Original(text_of("vercel_sessions"), name="spec").edited(edits)

    assert "pointer: /components/schemas/Session/properties/created_at" in after
    assert f"pointer: {EXTENSION}/refusals/0" in after
    assert f"pointer: {EXTENSION}/refusals/1" not in after
    assert "pointer: /components/schemas/NetworkPolicy" not in after


@pytest.mark.parametrize(
    "edit",
    [
        Edit("drop", "/components/schemas/Nothing"),
        Edit("set", "/components/nowhere/Nothing/type", "string"),
        Edit("discard", f"{SESSION}/required", "nothing"),
        Edit("rename", f"{SESSION}/properties/nothing", "something"),
        Edit("set", f"{EXTENSION}/refusals/99", {}),
    ],
)
def test_an_edit_that_does_not_apply_is_refused(edit: Edit) -> None:
    """What is not there cannot be changed: the error names file and place, and says what to do."""
    with pytest.raises(UsageError, match="does not apply") as caught:
        Original(text_of("vercel_sessions"), name="spec").edited([edit])

    assert edit.pointer in str(caught.value)
    assert "run again" in caught.value.hint


def test_a_draft_that_is_no_spec_is_refused() -> None:
    """An edit that applies and leaves a spec that contradicts itself is an error with file and line."""
    drafts = Drafts("vercel_sessions", text_of("vercel_sessions"))

    with pytest.raises(SpecError, match=r"specs/vercel_sessions.yaml:\d+: no schema has /id"):
        drafts.draft([Edit("drop", f"{SESSION}/properties/id")])


def test_inferred_schemas_hold_no_value() -> None:
    """Types, fields and times are inferred; texts, and names that look like data, are not written down."""
    secrets = [{"name": f"customer-{one}", "at": "2026-05-06T12:00:00Z", "n": one} for one in range(3)]
    labels = [{"cus_83d5a7": "a", "x": "b"}, {"cus_91b2c3": "c"}]

    assert inferred(secrets) == {
        "type": "object",
        "required": ["at", "n", "name"],
        "properties": {
            "name": {"type": "string"},
            "at": {"type": "string", "format": "date-time"},
            "n": {"type": "integer"},
        },
    }
    assert inferred(labels) == {"type": "object", "additionalProperties": True}
    assert "customer" not in repr(inferred([secrets, labels]))


@pytest.mark.parametrize(
    ("texts", "matches", "refuses"),
    [
        (["2026-05-06T12:00:00.1"], "2026-01-01T00:00:00", "2026-01-01T00:00:00Z"),
        (["2026-05-06 12:00:00Z", "2026-05-06 12:00:00"], "2026-05-06 12:00:00+02:00", "2026-05-06T12:00:00"),
        (["yesterday"], "", ""),
    ],
)
def test_times_keep_a_pattern(texts: list[str], matches: str, refuses: str) -> None:
    """The pattern is that of all times seen; what is no time has none."""
    import re  # noqa: PLC0415 - used here alone

    pattern = time_pattern(texts)

    assert bool(re.fullmatch(pattern, matches))
    assert not pattern or not re.fullmatch(pattern, refuses)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the specs that may be changed."""
    shutil.copytree(specs.directory(), tmp_path / "specs")
    return tmp_path / "specs"


@pytest.fixture
def propose(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run with a fault, then propose; gives the exit code and what was printed."""
    report = tmp_path / "report.json"

    def run(
        fault: str, *options: str, stem: str = "vercel_sessions", checks: tuple[str, ...] = ()
    ) -> tuple[int, str, str]:
        main(["run", stem, "--fault", fault, "--report", str(report), "--check", "pages-complete", *checks])
        capsys.readouterr()
        code = main(["propose", str(report), "--specs", str(own), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


SCHEMA = ("--check", "body-matches-schema")


def test_propose_shows_and_write_writes(own: Path, propose: Callable[..., tuple[int, str, str]]) -> None:
    """Without --write nothing changes and the difference is shown; with it, the spec holds change and note."""
    before = (own / "vercel_sessions.yaml").read_bytes()

    code, shown, _ = propose("enum-grew-once", checks=SCHEMA)

    assert code == 0
    assert "--- a/specs/vercel_sessions.yaml" in shown
    assert "+      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped, hibernating]" in shown
    assert (own / "vercel_sessions.yaml").read_bytes() == before

    code, told, _ = propose("enum-grew-once", "--write", checks=SCHEMA)

    assert code == 0
    assert "1 of 1 findings are documented now" in told
    contract = specs.load("vercel_sessions", own)
    (*_, note) = contract.document["paths"][contract.path]["get"]["x-conformance"]["deviations"]
    assert note["pointer"] == "/components/schemas/SessionStatus"
    assert note["instead"] == "hibernating is a value too"
    assert len(note["finding"]) == 12
    assert len(note["date"]) == len("2026-11-23")
    assert sorted(path.name for path in own.iterdir() if path.name.startswith(".")) == []


def test_what_was_changed_since_is_not_touched(own: Path, propose: Callable[..., tuple[int, str, str]]) -> None:
    """A spec that is not the report's is left alone, with an error that says so: a second --write, for one."""
    propose("enum-grew-once", "--write", checks=SCHEMA)
    once = (own / "vercel_sessions.yaml").read_bytes()

    code, _, error = propose("enum-grew-once", "--write", checks=SCHEMA)

    assert code == 2
    assert "is not the spec that the report was made with" in error
    assert "hint:" in error
    assert (own / "vercel_sessions.yaml").read_bytes() == once


def test_nothing_is_written_when_one_part_does_not_apply(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two specs change, one of the changes is impossible: neither file is touched."""
    report = tmp_path / "report.json"
    stems = ["vercel_sandboxes", "vercel_sessions"]
    main(["run", *stems, "--fault", "enum-grew-once", "--report", str(report), *SCHEMA, "--check", "identity-unique"])
    record = json.loads(report.read_text())
    record["operations"][1]["findings"][0]["proposal"]["edits"][0]["pointer"] = "/components/schemas/Nothing/enum"
    report.write_text(json.dumps(record))
    before = [(own / f"{stem}.yaml").read_bytes() for stem in stems]
    capsys.readouterr()

    assert main(["propose", str(report), "--write", "--specs", str(own)]) == 2
    assert "does not apply" in capsys.readouterr().err
    assert [(own / f"{stem}.yaml").read_bytes() for stem in stems] == before


def test_what_cannot_be_expressed_gets_a_bug_report(propose: Callable[..., tuple[int, str, str]]) -> None:
    """A filter that is ignored is the provider's bug: why, and a text with the curl, instead of a difference."""
    code, shown, _ = propose("equals-ignored", checks=("--check", "filter-sound"))

    assert code == 0
    assert "no change of the spec" in shown
    assert "A filter that lists something else than it says is no filter" in shown
    assert "curl -s 'http://127.0.0.1" in shown
    assert "+++" not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "is no report of format 1"),
        ('{"format": 1, "operations": [{"stem": "x", "findings": []}]}', "holds no proposals"),
    ],
)
def test_a_bad_report_is_refused(content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no report of ours is exit 2, with a hint."""
    path = tmp_path / "report.json"
    path.write_text(content)

    assert main(["propose", str(path)]) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert "hint:" in shown


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


def test_no_comment_is_lost() -> None:
    """A change that would take a comment with it is refused, and names the comment."""
    before = text_of("vercel_sessions").replace("        memory: {", "        # ask them why\n        memory: {")

    with pytest.raises(UsageError, match="would lose the comment '# ask them why'"):
        Original(before, name="spec").edited([Edit("drop", f"{SESSION}/properties/memory")])
