"""A change of a spec is the smallest there is: every other byte stays as it was."""

from __future__ import annotations

import re

import pytest

from conformance.errors import SpecError, UsageError
from conformance.propose.edits.draft import Drafts
from conformance.propose.edits.edit import Edit
from conformance.propose.edits.original import Original
from conformance.spec.document import Document
from conformance.spec.load import own_specs
from conformance.tests.conftest import STEMS
from conformance.tests.published.conftest import SPECS, STEM

SESSION = "/components/schemas/Session"
EXTENSION = "/paths/~1v2~1sandboxes~1sessions/get/x-conformance"


def text_of(stem: str) -> str:
    """A spec as it stands."""
    return (own_specs() / f"{stem}.yaml").read_text()


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
        "-        memory: {type: number, minimum: 0, description: 'Memory given to the sandbox, in MB.'}",
        "-        vcpus: {type: number, minimum: 0, description: Number of virtual CPUs given to the sandbox.}",
        "-        cwd: {type: string, description: Working directory in the sandbox.}",
        "-      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped]",
        "+        memoryMb: {type: number, minimum: 0, description: 'Memory given to the sandbox, in MB.'}",
        "+        vcpus: {type: number, description: Number of virtual CPUs given to the sandbox.}",
        "+        cwd: {type: [string, 'null'], description: Working directory in the sandbox.}",
        "+      enum: [failed, aborted, pending, stopping, snapshotting, running, stopped, hibernating]",
    ]


def test_deviations_follow_what_they_are_about() -> None:
    """A deviation about a renamed or moved part points at it again; one about what is gone is gone."""
    edits = [
        Edit("drop", f"{EXTENSION}/refusals/0"),
        Edit("rename", "/components/schemas/NetworkTransfer", "Transfer"),
        Edit("drop", "/components/schemas/NetworkPolicy"),
    ]

    after = Original(text_of("vercel_sessions"), name="spec").edited(edits)

    assert "pointer: /components/schemas/Transfer" in after
    assert f"pointer: {EXTENSION}/refusals/2\n" in after
    assert f"pointer: {EXTENSION}/refusals/3" not in after
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


def test_no_comment_is_lost() -> None:
    """A change that would take a comment with it is refused, and names the comment."""
    before = text_of("vercel_sessions").replace("        memory: {", "        # ask them why\n        memory: {")

    with pytest.raises(UsageError, match="would lose the comment '# ask them why'"):
        Original(before, name="spec").edited([Edit("drop", f"{SESSION}/properties/memory")])


ACME = (SPECS / f"{STEM}.yaml").read_text()
ENUM = Edit("include", "/components/schemas/State/enum", "paused")


def enum_of(text: str) -> list[str]:
    """The documented states."""
    found: list[str] = Document.parse(text, name="spec").content["components"]["schemas"]["State"]["enum"]
    return found


WRITTEN = {
    "a mark at the start": "---\n" + ACME,
    "text over several lines": ACME.replace(
        "{title: Acme things, version: 1.0.0}", "\n  title: Acme\n    things\n  version: 1.0.0"
    ),
    "an object over several lines": ACME.replace("{title: Acme things, ", "{title: Acme things,\n       "),
    "wide indents": re.sub(r"^( +)", r"\1\1", ACME, flags=re.MULTILINE),
    "lists beside their names": ACME.replace("        - {name", "      - {name"),
    "spaces in brackets": ACME.replace("tags: [things]", "tags: [ things ]"),
    "statuses as numbers": ACME.replace("'200':", "200:").replace("'401':", "401:"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_any_way_of_writing_is_kept(name: str) -> None:
    """What no change is about may be written in any way at all."""
    before = WRITTEN[name]

    after = Drafts(STEM, before).draft([ENUM])

    (gone, come) = changed(before, after)
    assert "enum: [running, stopped]" in gone
    assert "enum: [running, stopped, paused]" in come
    assert enum_of(after) == ["running", "stopped", "paused"]


def test_a_status_that_is_a_number_is_found() -> None:
    """A bare 200 in YAML is a number, and the pointer to it the same."""
    before = ACME.replace("'200':", "200:")

    after = Drafts(STEM, before).draft([Edit("set", "/paths/~1things/get/responses/200/description", "Things.")])

    assert changed(before, after) == ["-          description: A page.", "+          description: Things."]


def test_what_is_written_over_several_lines_is_not_rewritten() -> None:
    """A change of such lines would move others: refused, with the line."""
    before = ACME.replace("enum: [running, stopped]", "enum: [running,\n    stopped]")
    line = 1 + before[: before.index("State: {type")].count("\n")

    with pytest.raises(UsageError, match=rf"{STEM}.yaml:{line}: what is to change there cannot be written") as caught:
        Drafts(STEM, before).draft([ENUM])

    assert "over several lines" in caught.value.hint


def test_what_an_alias_shares_is_not_changed() -> None:
    """A change of one place that would change another as well is refused, and says what to do."""
    before = ACME.replace("cpus: {", "cpus: &count {").replace("labels:", "disks: *count\n        labels:")

    with pytest.raises(UsageError, match="would reach other places as well") as caught:
        Drafts(STEM, before).draft([Edit("drop", "/components/schemas/Thing/properties/cpus/minimum")])

    assert "alias" in caught.value.hint


def test_an_alias_itself_may_be_replaced() -> None:
    """What stands for something else can stand for itself; where it pointed stays."""
    before = ACME.replace("cpus: {", "cpus: &count {").replace("labels:", "disks: *count\n        labels:")

    after = Drafts(STEM, before).draft([Edit("set", "/components/schemas/Thing/properties/disks", {"type": "number"})])

    assert changed(before, after) == ["-        disks: *count", "+        disks: {type: number}"]


def test_a_gap_stays_where_something_goes() -> None:
    """An empty line before what is dropped is no part of it."""
    before = ACME.replace("        labels:", "\n        labels:")

    after = Drafts(STEM, before).draft([Edit("drop", "/components/schemas/Thing/properties/labels")])

    assert [len(after.splitlines()), after.count("\n\n")] == [len(before.splitlines()) - 1, 1]


def test_a_difference_says_where_no_line_ends() -> None:
    """As other tools write it, so that it can be applied by them."""
    text = ACME.rstrip("\n")

    made = Drafts(STEM, text).diff([Edit("drop", "/components/schemas/Refusal/required")])

    assert made.count("\n\\ No newline at end of file\n") == 2
