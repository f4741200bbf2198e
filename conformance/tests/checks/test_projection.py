"""A choice of fields: what a spec may say of it, and what no check holds against an answer that leaves fields out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.record.headline import headlines
from conformance.replay.recording.lines import line_of
from conformance.run.askable import askable
from conformance.spec.contract import Contract
from conformance.tests.checks.test_other_contracts import HERE, OTHERS
from conformance.tests.replay.conftest import BEGAN, found, replayed
from conformance.tests.runs import ran

STEM = "pond_ducks"
MISTAKES: dict[str, tuple[str, str, str]] = {
    "a parameter that is none": ("parameter: _fields,", "parameter: _field,", "'_fields'"),
    "a field that no item has": ("always: [/id]", "always: [/ids]", "no schema has /ids in an item"),
    "a field within a field": ("always: [/id]", "always: [/id/of]", "does not match"),
    "what is left out, and always there": ("always: [/id]", "omits: true, always: [/id]", "'always'"),
    "a parameter of another type": ("schema: {type: string, minLength: 1}", "schema: {type: integer}", "names fields"),
    "a parameter that is required": (
        "{name: _fields, in: query,",
        "{name: _fields, in: query, required: true,",
        "must",
    ),
    "a parameter that filters": ("projection: {parameter: _fields,", "projection: {parameter: colour,", "nothing else"),
    "one that each request carries": (
        "        edges:\n",
        "        given: {_fields: id}\n        edges:\n",
        "must carry",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The parameter is there, names fields and does nothing else; what is always there is a field of an item."""
    old, new, words = MISTAKES[name]
    text = OTHERS[STEM].text
    assert text.count(old) == 1
    (tmp_path / f"{STEM}.yaml").write_text(text.replace(old, new))

    assert main(["run", STEM, "--specs", str(tmp_path)]) == 2
    printed = "".join(capsys.readouterr().err.split())
    assert f"{STEM}.yaml:" in printed
    assert words.replace(" ", "") in printed


def test_no_query_invents_a_choice() -> None:
    """What is left out of an answer would be missed there."""
    contract = OTHERS[STEM]
    asked: Any = contract.pointer.get(askable(contract))

    assert {one["name"] for one in asked["parameters"]} == {"_limit", "colour"}


def lines(contract: Contract, change: Callable[[dict[str, Any]], Any] | None = None) -> list[bytes]:
    """A recorded run on an honest mock; in what was asked for with chosen fields, each item may be changed."""
    recorded = []
    for at, one in enumerate(ran(contract, fixtures=HERE / "fixtures").exchanges):
        entry = json.loads(line_of(one, now=BEGAN + timedelta(seconds=0.05 * at)))
        if change is not None and any(name == "_fields" for name, _ in one.query) and contract.succeeds(one.status):
            body = json.loads(entry["body"])
            for item in body["ducks"]:
                change(item)
            entry["body"] = json.dumps(body)
        recorded.append(json.dumps(entry).encode())
    return recorded


def test_what_is_left_out_is_not_missed_in_a_recording() -> None:
    """A recorded choice breaks no schema, no relation and no client; a wrong value in it does."""
    contract, specs = OTHERS[STEM], str(HERE / "specs")

    assert found(replayed(contract, lines(contract), specs=specs)) == set()
    wrong = lines(contract, lambda item: item.update(weight="heavy"))
    assert found(replayed(contract, wrong, specs=specs)) == {"body-matches-schema"}


def test_a_finding_names_the_parameter() -> None:
    """Its headline says what does not choose, and what was seen; each fault is one finding."""
    contract = OTHERS[STEM]
    told = {
        name: text
        for name in FAULTS
        if name.startswith("projection-")
        for result in [ran(contract, name, fixtures=HERE / "fixtures")]
        for one, text in headlines(contract, [finding for finding, _ in result.findings]).items()
        if one in {finding.id(STEM) for finding, _ in result.findings if finding.check == "fields-chosen"}
    }

    assert set(told) == {name for name in FAULTS if name.startswith("projection-")}
    assert all(text.startswith("`_fields` does not choose what items have: ") for text in told.values())
    assert told["projection-loses-what-is-always-there"].endswith(
        "expected /id in every item for colour, weight, ringed"
    )
