"""What a document says of limit and order in passing is drafted, as a question."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract
from conformance.spec.order import Suffix
from conformance.tests.draft.kinds import DOCUMENT
from conformance.tests.draft.test_round_trip import answered

STEM = "acme_boxes"


def drafted(parameters: list[Any], directory: Path) -> tuple[Contract, str]:
    """The contract that is drafted where boxes have these parameters, and what was asked about it."""
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Box"]["properties"]["state"] = {"type": "string"}
    document["components"]["schemas"]["Box"]["properties"]["created_at"] = {"type": "string", "format": "date-time"}
    told = document["paths"]["/boxes"]["get"]["parameters"]
    names = [one["name"] for one in parameters]
    told[:] = [*(one for one in told if one["name"] not in names), *parameters]
    (directory / "acme.json").write_text(json.dumps(document))
    where = ("--specs", str(directory))
    assert main(["new", STEM, "--from", str(directory / "acme.json"), "--path", "/boxes", *where]) == 0
    spec = directory / f"{STEM}.yaml"
    asked = spec.read_text()
    spec.write_text(answered(asked))
    assert main(["run", STEM, *where, "--fail-on", "note"]) == 0
    assert main(["diff", STEM, str(directory / "acme.json"), *where]) == 0
    return load_contract(STEM, directory), asked


@pytest.mark.parametrize(
    ("told", "most", "capped"),
    [
        ("Values above 40 are capped.", {"maximum": 40}, True),
        ("More is capped at 30.", {}, True),
        ("At most 40.", {"maximum": 40}, False),
        ("Values may be capped.", {}, False),
    ],
)
def test_a_limit_is_capped_where_its_description_says_so(
    told: str,
    most: dict[str, int],
    capped: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    """The word is taken and asked about; without it nothing is."""
    limit = {"name": "limit", "in": "query", "description": told, "schema": {"type": "integer", **most}}
    contract, asked = drafted([limit], tmp_path)

    assert contract.limit is not None
    assert (contract.limit.capped, "is a larger limit capped?" in asked) == (capped, capped)


FIELDS = {"created_at": ["/created_at"], "state": ["/state"]}
UP_DOWN = {"type": "string", "enum": ["asc", "desc"]}
WAYS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "a parameter for the direction": (
        [("sort_by", {"type": "string", "enum": [*FIELDS]}), ("sort_order", {**UP_DOWN, "default": "desc"})],
        {"parameter": "sort_order", "direction": "desc"},
    ),
    "a sign": (
        [("sort", {"type": "string", "enum": ["created_at", "-created_at", "state", "-state"], "default": "-state"})],
        {"by": ("/state",), "direction": "desc", "signed": True},
    ),
    "several, with a word behind": (
        [("order_by", {"type": "array", "items": {"enum": ["state", "state DESC", "created_at"]}})],
        {"suffix": Suffix(separator=" ", desc="DESC"), "several": True},
    ),
    "a parameter for each direction": (
        [("_sort", {"type": "string", "enum": [*FIELDS]}), ("_sort_desc", {"type": "string", "enum": [*FIELDS]})],
        {"descending_by": "_sort_desc"},
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_sorts_is_guessed_from_words_that_are_called_like_fields(name: str, tmp_path: Path) -> None:
    """Each way to say a direction is drafted as it is written, and asked about."""
    parameters, expected = WAYS[name]
    contract, asked = drafted(
        [{"name": name, "in": "query", "schema": schema} for name, schema in parameters], tmp_path
    )

    assert contract.order is not None
    assert {key: getattr(contract.order, key) for key in expected} == expected
    assert contract.order.chosen_by == parameters[0][0]
    assert "which order has a listing that nobody sorts" in asked


def test_words_that_are_no_fields_sort_nothing(tmp_path: Path) -> None:
    """A parameter of that name whose words no item has is asked about, and not guessed."""
    relevance = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["relevance", "state"]}}
    contract, asked = drafted([relevance], tmp_path)

    assert contract.order is None
    assert "Is the order documented?" in asked


@pytest.mark.parametrize(
    ("name", "schema", "drafted_as"),
    [
        ("_fields", {"type": "string"}, ("_fields", False)),
        ("$select", {"type": "array", "items": {"type": "string"}}, ("$select", False)),
        ("exclude_fields", {"type": "array", "items": {"type": "string"}}, ("exclude_fields", True)),
        ("fields", {"type": "boolean"}, None),
    ],
)
def test_a_choice_of_fields_is_drafted_where_a_parameter_is_called_so(
    name: str, schema: Any, drafted_as: tuple[str, bool] | None, tmp_path: Path
) -> None:
    """It is asked about, and kept by the mock; what takes no names is none."""
    contract, asked = drafted([{"name": name, "in": "query", "schema": schema}], tmp_path)

    found = contract.projection
    assert (found and (found.parameter, found.omits)) == drafted_as
    assert (f"with {name}, have items" in asked) is (found is not None)
