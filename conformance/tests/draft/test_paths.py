"""A listing whose path has parameters: drafted with values, and asked with those that a run says."""

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
PATH = "/projects/{projectId}/boxes/{kind}"


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """The directory of a draft, its questions answered; the document describes one parameter, and names another."""
    document = copy.deepcopy(DOCUMENT)
    document["paths"] = {PATH: document["paths"]["/boxes"]}
    kind = {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "enum": ["small", "large"]}}
    document["paths"][PATH]["parameters"] = [kind]
    (tmp_path / "acme.json").write_text(json.dumps(document))
    where = ("--specs", str(tmp_path))
    assert main(["new", STEM, "--from", str(tmp_path / "acme.json"), "--path", PATH, *where]) == 0
    spec = tmp_path / f"{STEM}.yaml"
    spec.write_text(answered(spec.read_text()))
    return tmp_path


def ran(specs: Path, *options: str) -> tuple[int, list[Any]]:
    """The exit code of a run, and what was asked, from its recording."""
    record = specs / "run.jsonl"
    code = main(["run", STEM, "--specs", str(specs), "--check", "json-strict", "--record", str(record), *options])
    return code, [json.loads(line)["url"] for line in record.read_text().splitlines()]


def test_it_agrees_with_its_document_and_its_mock(specs: Path) -> None:
    """Not even a note, whether the document describes a parameter of its path or only names it."""
    assert main(["diff", STEM, str(specs / "acme.json"), "--specs", str(specs), "--fail-on", "note"]) == 0
    assert main(["run", STEM, "--specs", str(specs), "--fail-on", "note"]) == 0


def test_values_come_from_an_option_a_variable_or_the_spec(specs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this order; whatever is in a value is one step of the path."""
    spec = specs / f"{STEM}.yaml"
    spec.write_text(spec.read_text().replace("name: projectId\n", "name: projectId\n          x-env: ACME_PROJECT\n"))
    code, urls = ran(specs)
    monkeypatch.setenv("ACME_PROJECT", "p_1")
    held, held_urls = ran(specs)
    said, said_urls = ran(specs, "--param", "projectId=a/b c", "--param", "kind=large")

    assert (code, held, said) == (0, 0, 0)
    assert all("/projects/abcd/boxes/small" in url for url in urls)
    assert all("/projects/p_1/boxes/small" in url for url in held_urls)
    assert all("/projects/a%2Fb%20c/boxes/large" in url for url in said_urls)


def test_a_recording_is_judged_for_one_value(specs: Path, tmp_path: Path) -> None:
    """Other values are other collections: their entries are counted."""
    ran(specs, "--param", "projectId=p_1")
    replay = ["replay", STEM, str(specs / "run.jsonl"), "--specs", str(specs), "--jobs", "1"]

    assert main([*replay, "--param", "projectId=p_1", "--report", str(tmp_path / "a.json")]) == 0
    assert main(replay) == 3


@pytest.mark.parametrize(
    ("param", "words"),
    [
        ("project=p_1", "--param project: nothing here carries it in every request"),
        ("limit=3", "--param limit: nothing here carries it in every request"),
        ("projectId", "--param projectId: is no NAME=VALUE"),
        ("projectId=", "is no NAME=VALUE"),
    ],
)
def test_what_no_request_carries_is_said(
    param: str, words: str, specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, before anything is asked."""
    assert main(["run", STEM, "--specs", str(specs), "--param", param]) == 2
    assert words in capsys.readouterr().err


def test_without_a_value_nothing_is_asked(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3, with what to do."""
    spec = specs / f"{STEM}.yaml"
    spec.write_text(re.sub(r"(, )?projectId: abcd", "", spec.read_text()))

    assert main(["run", STEM, "--specs", str(specs)]) == 3
    assert "every request must carry projectId, and nothing says a value" in " ".join(capsys.readouterr().out.split())
