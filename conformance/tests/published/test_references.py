"""References are followed wherever they stand, into files beside a document, and never in a circle or the network."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.tests.draft.kinds import DOCUMENT, Json, operation, page
from conformance.tests.draft.test_round_trip import answered

STEM = "acme_boxes"


def new(document: Json | str, directory: Path, name: str = "acme.yaml") -> int:
    """Draft a document in a directory."""
    text = document if isinstance(document, str) else json.dumps(document)
    (directory / name).write_text(text)
    return main(["new", STEM, "--from", str(directory / name), "--path", "/boxes", "--specs", str(directory / "specs")])


def spread(directory: Path) -> Json:
    """The document with everything in files of its own, each referring to others in its own way."""
    document = copy.deepcopy(DOCUMENT)
    response = operation(document)["responses"]["200"]
    schema = page(document)
    schema["properties"]["boxes"]["items"] = {"$ref": "../schemas.json#/Box"}
    response["content"]["application/json"]["schema"] = {"$ref": "page.yaml"}
    schemas: Json = {"Box": document["components"]["schemas"].pop("Box"), "State": {"type": "string"}}
    schemas["Box"]["properties"]["state"] = {"$ref": "#/State"}
    schemas["Box"]["properties"]["back"] = {"$ref": "acme.yaml#/components/schemas/Here"}
    document["components"]["schemas"]["Here"] = {"type": "integer"}
    operation(document)["responses"]["200"] = {"$ref": "answers/boxes.json#/responses/ok"}
    whole = document["paths"]["/boxes"]
    document["paths"]["/boxes"] = {"get": {"$ref": "boxes_list.yaml"}}
    (directory / "answers").mkdir()
    (directory / "answers" / "boxes.json").write_text(json.dumps({"responses": {"ok": response}}))
    (directory / "answers" / "page.yaml").write_text(json.dumps(schema))
    (directory / "schemas.json").write_text(json.dumps(schemas))
    (directory / "boxes_list.yaml").write_text(json.dumps(whole["get"]))
    return document


def test_files_beside_a_document_are_read(tmp_path: Path) -> None:
    """Relative to the file in which a reference stands, in JSON and YAML; the draft agrees with all of them."""
    document = spread(tmp_path)

    assert new(document, tmp_path) == 0
    spec = tmp_path / "specs" / f"{STEM}.yaml"
    spec.write_text(answered(spec.read_text()))

    assert "back: {$ref: '#/components/schemas/Here'}" in spec.read_text()
    arguments = (STEM, str(tmp_path / "acme.yaml"), "--specs", str(tmp_path / "specs"), "--fail-on", "note")
    assert main(["diff", *arguments]) == 0


REFUSED: dict[str, tuple[str, str]] = {
    "a file that is not there": ("nowhere.yaml#/Box", "leads to another document, "),
    "the network": ("https://acme.example/box.yaml#/Box", "leads to another document"),
    "a file by its address": ("file:///etc/hostname", "leads to another document"),
    "a path from the root": ("/etc/hostname", "leads to another document"),
    "a device": ("device", "leads to another document"),
    "a directory": ("specs", "leads to another document"),
    "an anchor": ("#Box", "leads nowhere"),
    "a place that is not there": ("#/components/schemas/None", "leads nowhere"),
    "itself": ("#/components/schemas/Loop", "references lead in a circle"),
    "itself by a file": ("loop.yaml", "references lead in a circle"),
    "a file that is broken": ("broken.yaml", "broken.yaml:2: "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_reference_that_cannot_be_followed_is_said(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence with file and line, and what to do; nothing is fetched."""
    reference, words = REFUSED[name]
    os.mkfifo(tmp_path / "device")
    (tmp_path / "loop.yaml").write_text('{"$ref": "loop.yaml"}')
    (tmp_path / "broken.yaml").write_text("a: 1\n\tb: 2\n")
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Loop"] = {"$ref": "#/components/schemas/Pool"}
    document["components"]["schemas"]["Pool"] = {"$ref": "#/components/schemas/Loop"}
    page(document)["properties"]["boxes"]["items"] = {"$ref": reference}
    text = json.dumps(document, indent=1)
    line = next(number for number, row in enumerate(text.splitlines(), 1) if '"items"' in row)

    code = new(text, tmp_path)

    errors = " ".join(capsys.readouterr().err.split())
    assert (code, words in errors, "hint:" in errors) == (2, True, True)
    assert f"acme.yaml:{line}: " in errors or "broken.yaml:2: " in errors


CIRCLES: dict[str, Json] = {
    "all of itself": {"allOf": [{"$ref": "#/components/schemas/A"}], "type": "object"},
    "one of itself": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "properties": {"id": {}}}]},
    "itself as a field": {"type": "object", "properties": {"id": {}, "a": {"$ref": "#/components/schemas/A"}}},
    "itself in its own part": {
        "type": "object",
        "properties": {"a": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"b": {"type": "string"}}}]}},
    },
    "its own elements": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
    "its own values": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/A"}},
    "another that is one of it": {"oneOf": [{"$ref": "#/components/schemas/B"}, {"type": "integer"}]},
    "not itself": {"not": {"$ref": "#/components/schemas/A"}, "type": "string"},
}


@pytest.mark.parametrize("name", CIRCLES)
def test_schemas_that_hold_themselves_end(name: str, tmp_path: Path) -> None:
    """Circles of any kind are drafted, and the draft agrees with its document."""
    document = copy.deepcopy(DOCUMENT)
    schemas = document["components"]["schemas"]
    schemas["A"] = CIRCLES[name]
    schemas["B"] = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]}
    schemas["Box"]["properties"]["a"] = {"$ref": "#/components/schemas/A"}
    schemas["Box"]["properties"]["b"] = {"$ref": "#/components/schemas/B"}

    assert new(document, tmp_path) == 0
    spec = tmp_path / "specs" / f"{STEM}.yaml"
    spec.write_text(answered(spec.read_text()))

    arguments = (STEM, str(tmp_path / "acme.yaml"), "--specs", str(tmp_path / "specs"))
    assert main(["diff", *arguments, "--fail-on", "warning"]) == 0


@pytest.mark.parametrize("depth", [300, 5000])
def test_a_document_that_is_nested_too_deeply_is_said(
    depth: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a traceback nor silence."""
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Box"]["properties"]["deep"] = "DEEP"
    deep = '{"type": "object", "properties": {"a": ' * depth + "{}" + "}}" * depth

    assert new(json.dumps(document).replace('"DEEP"', deep), tmp_path, "acme.json") == 2
    assert "is nested too deeply" in capsys.readouterr().err


HUGE = "openapi: 3.0.3\nx-seed: 18446744073709551616\nx-least: [-9223372036854775809, '99999999999999999999']\npaths: "


def test_integers_of_any_size_are_read(tmp_path: Path) -> None:
    """A YAML document with integers that no machine word holds is read as the same document in JSON is."""
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Box"]["properties"]["size"] = {"type": "integer", "maximum": 2**64}
    rest = json.dumps({"paths": document["paths"], "components": document["components"]})

    assert (
        new(HUGE + rest.removeprefix('{"paths": ')[:-1].replace('}, "components": ', "}\ncomponents: "), tmp_path) == 0
    )
    assert "maximum: 18446744073709551616" in (tmp_path / "specs" / f"{STEM}.yaml").read_text()
