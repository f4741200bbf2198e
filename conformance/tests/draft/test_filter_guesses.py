"""What names of parameters hint at beyond equality: each a question, and none where a name is all that fits."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.spec.load import load_contract
from conformance.tests.draft.kinds import DOCUMENT, Json, box, operation
from conformance.tests.draft.test_round_trip import answered

FLAG: Json = {"type": "boolean"}
DIGITS: Json = {"type": "string", "enum": ["0", "1"]}
STATES: Json = {"type": "array", "items": {"type": "string", "enum": ["running", "stopped"]}}
GUESSED: dict[str, tuple[Json, Json]] = {
    "has_ended_at": (FLAG, {"field": "/ended_at", "relation": "present"}),
    "hasNote": (FLAG, {"field": "/note", "relation": "present"}),
    "note__isnull": (FLAG, {"field": "/note", "relation": "present", "words": {"absent": True, "present": False}}),
    "note__notnull": (DIGITS, {"field": "/note", "relation": "present", "words": {"absent": "0", "present": "1"}}),
    "ended_at[exists]": ({"type": "integer", "enum": [1]}, {"field": "/ended_at", "words": {"present": 1}}),
    "exclude_state": (STATES, {"field": "/state", "relation": "not"}),
    "states__notin": (STATES, {"field": "/state", "relation": "not"}),
    "q": ({"type": "string"}, {"field": ["/title", "/note"], "relation": "has-text"}),
}
"""Parameter, to its schema and what is guessed of it."""
LEFT: dict[str, Json] = {
    "has_state": FLAG,  # which is always there
    "hash": FLAG,
    "has_note": {"type": "string"},  # it may be a text that the note has
    "note__isnull": {"type": "integer"},
    "q": {"type": "string", "enum": ["a", "b"]},
    "search": {"type": "array", "items": {"type": "string"}},
}
"""Parameters of which no name and type makes it plain what they ask."""


def document(parameters: dict[str, Json]) -> Json:
    """A document with these parameters, whose boxes may have an end and a note."""
    found = copy.deepcopy(DOCUMENT)
    operation(found)["parameters"] += [
        {"name": name, "in": "query", "schema": schema} for name, schema in parameters.items()
    ]
    box(found)["properties"] |= {
        "ended_at": {"type": "string", "format": "date-time", "nullable": True},
        "title": {"type": "string"},
        "note": {"type": "string"},
    }
    return found


def drafted(parameters: dict[str, Json], directory: Path) -> Any:
    """The contract of a draft whose questions are answered with yes."""
    (directory / "acme.json").write_text(json.dumps(document(parameters)))
    arguments = ("--from", str(directory / "acme.json"), "--path", "/boxes", "--specs", str(directory))
    assert main(["new", "acme_boxes", *arguments]) == 0
    spec = directory / "acme_boxes.yaml"
    spec.write_text(answered(spec.read_text()))
    return load_contract("acme_boxes", directory)


def test_a_filter_is_guessed_where_name_and_type_make_it_plain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is asked about, and what was drafted holds against its own mock, where the filter can be seen to work."""
    contract = drafted({name: schema for name, (schema, _) in GUESSED.items()}, tmp_path)
    extension: Any = contract.pointer.below("x-conformance").get(contract.document)
    guessed = {one["parameter"]: one for one in extension["filters"]}

    asked = capsys.readouterr().out
    assert {name: {key: guessed[name].get(key) for key in said} for name, (_, said) in GUESSED.items()} == {
        name: said for name, (_, said) in GUESSED.items()
    }
    assert all(f"TODO: with {name}, " in asked for name in GUESSED)
    assert main(["run", "acme_boxes", "--specs", str(tmp_path), "--fail-on", "note"]) == 0
    assert main(["run", "acme_boxes", "--specs", str(tmp_path), "--fault", "presence-ignored"]) == 1


def test_what_is_not_plain_is_not_guessed(tmp_path: Path) -> None:
    """A name alone makes no filter."""
    assert drafted(LEFT, tmp_path).filters == ()
