"""A listing whose requests must have a header: drafted with a value, sent by suite, mock, command line and client."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.draft.kinds import DOCUMENT
from conformance.tests.draft.test_round_trip import answered

STEM = "acme_boxes"
VERSION = {"name": "Acme-Version", "in": "header", "required": True, "schema": {"type": "string", "enum": ["beta-2"]}}
TRACE = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """The directory of a draft, its questions answered."""
    document = copy.deepcopy(DOCUMENT)
    document["paths"]["/boxes"]["parameters"] = [VERSION, TRACE]
    (tmp_path / "acme.json").write_text(json.dumps(document))
    where = ("--specs", str(tmp_path))
    assert main(["new", STEM, "--from", str(tmp_path / "acme.json"), "--path", "/boxes", *where]) == 0
    spec = tmp_path / f"{STEM}.yaml"
    spec.write_text(answered(spec.read_text()))
    return tmp_path


def ran(specs: Path, *options: str) -> tuple[int, list[Any]]:
    """The exit code of a run, and the headers of its requests, from its recording."""
    record = specs / "run.jsonl"
    code = main(["run", STEM, "--specs", str(specs), "--record", str(record), *options])
    return code, [dict(json.loads(line)["request_headers"]) for line in record.read_text().splitlines()]


def test_it_agrees_with_its_document_and_its_mock(specs: Path) -> None:
    """The required header is in the draft, the optional one is said to be left out."""
    spec = (specs / f"{STEM}.yaml").read_text()

    assert re.search(r"given: \{Acme-Version: beta-2\}", spec)
    assert "the header parameter 'X-Trace'" in spec
    assert main(["diff", STEM, str(specs / "acme.json"), "--specs", str(specs)]) == 0
    assert main(["run", STEM, "--specs", str(specs), "--fail-on", "note"]) == 0


def test_every_request_has_it(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the spec or an option says; the mock refuses another value, and a replay line sends it again."""
    code, headers = ran(specs)
    assert (code, {one["Acme-Version"] for one in headers}) == (0, {"beta-2"})

    capsys.readouterr()
    refused, headers = ran(specs, "--param", "Acme-Version=beta-1")
    assert (refused, {one["Acme-Version"] for one in headers}) == (1, {"beta-1"})
    assert "-H 'Acme-Version: beta-1'" in capsys.readouterr().out


def test_without_a_value_nothing_is_asked(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3, with what to do."""
    spec = specs / f"{STEM}.yaml"
    spec.write_text(re.sub(r" +given: \{Acme-Version: beta-2\}\n", "", spec.read_text()))

    assert main(["run", STEM, "--specs", str(specs)]) == 3
    assert "every request must carry Acme-Version" in " ".join(capsys.readouterr().out.split())
