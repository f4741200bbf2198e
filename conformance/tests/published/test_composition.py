"""Schemas that are composed of others, and of themselves: what holds of a value is read, and reading has an end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conformance.errors import SpecError
from conformance.published import fields
from conformance.published.document import parse
from conformance.published.schemas import Schemas
from conformance.tests.published.conftest import Compared, published

Json = dict[str, Any]


def test_composition_of_itself_ends(diff: Callable[..., Compared]) -> None:
    """Schemas that are composed of themselves, and fields that hold their own kind, are read once."""
    document = published("acme_30")
    schemas = document["components"]["schemas"]
    schemas["thing"]["allOf"].append({"$ref": "#/components/schemas/thing"})
    schemas["base"]["anyOf"] = [{"$ref": "#/components/schemas/base"}]

    assert diff(document).findings == []


@pytest.mark.parametrize(("branch", "nullable"), [("object", False), ("null", True)])
def test_null_is_allowed_where_all_parts_allow_it(branch: str, nullable: bool) -> None:  # noqa: FBT001 - a case
    """Also by a part of which its union alone says what it is."""
    maybe: Json = {"allOf": [{"type": "object"}], "nullable": True}
    union: Json = {"oneOf": [{"type": "object", "properties": {"a": {}}}, {"type": branch}]}
    content = {"openapi": "3.0.0", "paths": {}, "components": {"schemas": {"Both": {"allOf": [maybe, union]}}}}
    document = parse("null.json", json.dumps(content).encode())
    both = document.at("/components/schemas/Both")
    assert both is not None

    assert Schemas(document).of(both).nullable is nullable


def test_composition_without_an_end_is_refused() -> None:
    """Two branches in each of two branches, on and on: refused after a bounded amount of work."""
    schemas: Json = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 2} for n in range(40)}
    content = {"openapi": "3.0.0", "paths": {}, "components": {"schemas": schemas | {"S40": {"type": "string"}}}}
    document = parse("wide.json", json.dumps(content).encode())
    start = document.at("/components/schemas/S0")
    assert start is not None

    with pytest.raises(SpecError, match="too many schemas"):
        Schemas(document).of(start)


def test_more_places_than_can_be_compared_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field is all of more schemas, or of fewer: as many kinds of places as schemas have subsets."""
    monkeypatch.setattr(fields, "MOST_PLACES", 300)
    kinds = [{"$ref": f"#/components/schemas/S{number}"} for number in range(17)]
    schemas: Json = {
        f"S{n}": {"properties": {"a": kinds[n + 1 if n else 0], "b": {"allOf": kinds[n and n + 1 : n + 2]}}}
        for n in range(16)
    }
    content = {"openapi": "3.0.0", "paths": {}, "components": {"schemas": schemas | {"S16": {"type": "string"}}}}
    document = parse("wide.json", json.dumps(content).encode())
    start = document.at("/components/schemas/S0")
    assert start is not None

    with pytest.raises(SpecError, match=r"wide\.json:1: is composed of too many schemas"):
        list(fields.Bodies(document, document).differences(start, start))
