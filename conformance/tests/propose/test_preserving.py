"""However a spec is written, `propose --write` changes the lines that a change is about and no other byte."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import io
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.cli.main import main
from conformance.pointer import Pointer
from conformance.propose.edits.edit import Edit
from conformance.spec.document import Document
from conformance.tests.published.conftest import SPECS, STEM

ROWS = (SPECS / f"{STEM}.yaml").read_text().splitlines()
THING = "/components/schemas/Thing"
EXTENSION = "/paths/~1things/get/x-conformance"
NOTE = {"pointer": THING, "says": "it's", "instead": "other: 1", "date": "2026-11-23", "finding": "0123456789ab"}


@frozen
class Kind:
    """One edit, the lines that it may take away, and those that it must bring."""

    edit: Edit
    gone: str
    come: str


KINDS = (
    Kind(Edit("include", "/components/schemas/State/enum", "paused"), "State:", "enum: [running, stopped, paused]"),
    Kind(Edit("discard", f"{THING}/required", "cpus"), r"required: \[id, state", "created_at, owner]"),
    Kind(Edit("drop", f"{THING}/properties/cpus/minimum"), "cpus:", "cpus: {type: integer}"),
    Kind(Edit("rename", f"{THING}/properties/labels", "tags"), "labels:", "tags: {type: object"),
    Kind(Edit("set", f"{THING}/properties/owner", {"type": "object"}), "owner:", "owner: {type: object}"),
    Kind(Edit("set", f"{THING}/properties/cpus/type", ["integer", "null"]), "cpus:", "[integer, 'null']"),
    Kind(Edit("set", f"{THING}/properties/zone", {"type": "string"}), "nothing goes", "zone: {type: string}"),
    Kind(Edit("drop", f"{THING}/properties/ended_at"), "ended_at:", ""),
    Kind(Edit("set", "/paths/~1things/get/parameters/0/schema/maximum", 50), "name: limit", "maximum: 50"),
)
WORDS = st.text(st.sampled_from("ab zé漢🙂\t#'\"[]{}:,&*!|>%@`-?"), max_size=12)
COMMENT = st.tuples(st.integers(0, len(ROWS) - 1), st.integers(0, 12), WORDS)
ENDS = ("\n", "\r\n")


@st.composite
def written(draw: st.DrawFn) -> str:
    """The spec as somebody writes it: comments, blank lines, quotes, anchors, line ends, a mark or none at all."""
    rows = list(ROWS)
    if draw(st.booleans()):
        rows = [
            re.sub(r"type: string", draw(st.sampled_from(["type: 'string'", 'type: "string"'])), row) for row in rows
        ]
    if draw(st.booleans()):
        rows = [row.replace("id: {type", "id: &id {type") for row in rows]
        rows.insert(next(n for n, row in enumerate(rows) if "labels:" in row), "        other: *id")
    for place, indent, words in draw(st.lists(COMMENT, max_size=5)):
        rows.insert(place, draw(st.sampled_from([" " * indent + f"# {words}", "", " " * indent + "#\t" + words])))
    for place, _, words in draw(st.lists(COMMENT, max_size=3)):
        if rows[place].strip() and "#" not in rows[place]:
            rows[place] += f"  # {words}"
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ENDS]))
    text = "".join(row + ends[place % len(ends)] for place, row in enumerate(rows))
    return draw(st.sampled_from(["", "\ufeff"])) + (text if draw(st.booleans()) else text.rstrip("\r\n"))


def report(text: str, edit: Edit) -> dict[str, Any]:
    """A report that proposes one edit, with the note that it leaves."""
    edits = [edit.as_json(), Edit("include", f"{EXTENSION}/deviations", NOTE).as_json()]
    finding = {
        "id": NOTE["finding"],
        "check": "x",
        "level": "error",
        "known": False,
        "pointer": "",
        "line": 1,
        "says": "",
        "expected": "",
        "actual": "",
        "count": 1,
        "breaks_client": False,
        "curl": [],
        "witness": [],
        "proposal": {"diff": "", "why": "", "bug_report": "", "edits": edits},
    }
    operation = {
        "stem": STEM,
        "operation": "GET /things",
        "spec": "x",
        "requests": 1,
        "seconds": 1,
        "outcomes": [],
        "spec_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "findings": [finding],
    }
    head = {"format": 1, "seed": 1, "target": "mock", "started": "2026-11-23T00:00:00Z", "seconds": 1, "ledger": []}
    return {**head, "operations": [operation]}


def differences(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines, with their ends, that went and that came."""
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    gone, come = [], []
    for tag, first, last, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone += old[first:last] if tag != "equal" else []
        come += new[start:stop] if tag != "equal" else []
    return gone, come


@given(text=written(), kind=st.sampled_from(KINDS))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_other_byte_moves(text: str, kind: Kind) -> None:
    """Only the edit's own lines and the note differ, and a second time is refused; so is what would take a comment."""
    assert_kept(text, kind)


@pytest.mark.exhaustive
@given(text=written(), kind=st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_other_byte_moves_in_any_text(text: str, kind: Kind) -> None:
    """So it is in many texts."""
    assert_kept(text, kind)


def assert_kept(text: str, kind: Kind) -> None:
    """Propose and write an edit of a spec, twice."""
    told = io.StringIO()
    with tempfile.TemporaryDirectory() as made, contextlib.redirect_stderr(told):
        spec, path = Path(made) / f"{STEM}.yaml", Path(made) / "report.json"
        spec.write_bytes(text.encode())
        path.write_text(json.dumps(report(text, kind.edit)))
        code, why = main(["propose", str(path), "--write", "--specs", made]), told.getvalue()
        after = spec.read_bytes().decode()
        again = main(["propose", str(path), "--write", "--specs", made])
        left = spec.read_bytes().decode()

    gone, come = differences(text, after)
    if code == 2:
        assert ("would lose the comment" in why, kind.edit.op, after) == (True, "drop", text)
        return
    assert [row for row in gone if not re.search(kind.gone, row)] == []
    assert kind.come in "".join(come)
    assert (again, left) == (2, after)
    assert Pointer(f"{EXTENSION}/deviations/0").get(Document.parse(after, name="spec").content) == NOTE
