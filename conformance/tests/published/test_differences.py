"""Each kind of difference is found, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conformance.tests.published.changes import (
    ADDITIVE,
    AMBIGUOUS,
    BREAKING,
    Json,
    field,
    state,
)
from conformance.tests.published.conftest import VERSIONS, Compared, published
from conformance.tests.published.kinds import KINDS

CODE = {BREAKING: "error", AMBIGUOUS: "warning", ADDITIVE: "note"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_difference_is_found_alone(kind: str, version: str, diff: Callable[..., Compared]) -> None:
    """A document with one difference has exactly its findings, and the exit code of the worst."""
    change, expected = KINDS[kind]
    document = published(version)
    change(document)

    compared = diff(document)

    assert compared.drifts == expected
    assert {finding["level"] for finding in compared.findings} == {CODE[drift] for _, drift, _ in expected}
    assert compared.code == int(any(drift == BREAKING for _, drift, _ in expected))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("nullable", ["nullable", "types", "anyOf"])
def test_null_is_read_in_every_dialect(nullable: str, version: str, diff: Callable[..., Compared]) -> None:
    """A field that may be null now breaks a client, however the document says it."""
    text = {"type": "string", "format": "uuid"}
    schema: dict[str, Json] = {
        "nullable": {**text, "nullable": True},
        "types": {**text, "type": ["string", "null"]},
        "anyOf": {"anyOf": [text, {"type": "null"}]},
    }
    document = published(version)
    field("id", **schema[nullable])(document)

    assert diff(document).drifts == {("field-nulls-agree", BREAKING, "null")}


def test_null_that_is_gone_is_additive(diff: Callable[..., Compared]) -> None:
    """A field that is never null any more breaks nobody."""
    document = published("acme_31")
    field("ended_at", type="string", format="date-time")(document)

    assert diff(document).drifts == {("field-nulls-agree", ADDITIVE, "null")}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda paths: paths.update({"/v2/things": paths.pop("/v1/things")}), "the nearest path is GET /v2/things"),
        (
            lambda paths: (
                paths["/v1/things"]["get"].update(operationId="ListThings"),
                paths.update({"/x": paths.pop("/v1/things")}),
            ),
            "GET /x has the operationId 'ListThings'",
        ),
        (
            lambda paths: paths["/v1/things"].update({"post": paths["/v1/things"].pop("get")}),
            "the path has POST alone",
        ),
        (lambda paths: paths.clear(), "no path resembles it"),
    ],
    ids=["moved", "same name", "other method", "nothing"],
)
def test_an_operation_that_is_gone_is_told_with_where_it_may_be(
    change: Callable[[Json], Any], words: str, diff: Callable[..., Compared]
) -> None:
    """A path that is not published is one breaking finding, and nothing else is compared."""
    document = published("acme_30")
    document["paths"]["/v1/thing"] = {"get": {"operationId": "get_one", "responses": {}}}
    change(document["paths"])

    compared = diff(document)
    ended = {outcome["outcome"] for outcome in compared.record["operations"][0]["outcomes"]}

    assert compared.drifts == {("path-published", BREAKING, "")}
    assert words in compared.findings[0]["actual"]
    assert (compared.code, ended) == (1, {"drifted", "skipped"})


def test_a_finding_says_where_on_both_sides(diff: Callable[..., Compared]) -> None:
    """Line in the spec, pointer into the published document, both values."""
    document = published("acme_31")
    state("running", "stopped", "paused")(document)

    (finding,) = diff(document).findings

    assert finding["pointer"] == "/components/schemas/State"
    assert finding["expected"] == "one of ['running', 'stopped'] at /things/*/state"
    assert finding["actual"].startswith("'paused' too (")
    assert finding["actual"].endswith("published.json#/components/schemas/Thing/properties/state)")
    assert finding["line"] == 34
    assert (finding["witness"], finding["curl"], finding["breaks_client"]) == ([], [], False)


def test_a_known_difference_is_known(tmp_path: Any, diff: Callable[..., Compared]) -> None:
    """A line of the ledger accepts a difference, and is drift itself when the difference is gone."""
    ledger = tmp_path / "known.toml"
    entry = {
        "operation": "acme_things",
        "check": "published-fields-documented",
        "place": "zone",
        "reason": "seen",
        "since": "today",
    }
    ledger.write_text("[[drift]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in entry.items()))
    document = published("acme_31")
    honest = diff(document, "--ledger", str(ledger))
    KINDS["field added"][0](document)

    known = diff(document, "--ledger", str(ledger), "--fail-on", "note")

    assert (known.code, known.findings[0]["known"], known.findings[0]["reason"]) == (0, True, "seen")
    assert (honest.code, honest.findings) == (1, [])
