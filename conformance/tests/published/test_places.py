"""An operation is found wherever a document publishes it, and told apart from one that moved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.tests.published.changes import ADDITIVE, AMBIGUOUS, BREAKING, Json
from conformance.tests.published.conftest import SPECS, STEM, Compared, published

HOST = "https://api.acme.example"
MOVED = {("server-published", BREAKING, "")}
ELSEWHERE = {("server-published", AMBIGUOUS, "")}


def version(name: str, *names: str) -> Json:
    """A server whose version is a variable."""
    variable: Json = {"default": name} | ({"enum": list(names)} if names else {})
    return {"url": f"{HOST}/{{version}}", "variables": {"version": variable}}


SERVERS: dict[str, tuple[list[Json] | None, str, set[tuple[str, str, str]]]] = {
    "the version in the path": ([{"url": HOST}], "/v1/things", set()),
    "a slash at the end": ([{"url": f"{HOST}/"}], "/v1/things", set()),
    "the version in the server": ([{"url": f"{HOST}/v1"}], "/things", set()),
    "a server without a host": ([{"url": "/v1"}], "/things", set()),
    "no server": (None, "/things", set()),
    "no server, and the version in the path": (None, "/v1/things", set()),
    "the version as a variable": ([version("v1")], "/things", set()),
    "the version as one of several": ([version("v2", "v2", "v1")], "/things", set()),
    "a region among several": (
        [
            {
                "url": "https://{region}.acme.example/v1",
                "variables": {"region": {"default": "eu", "enum": ["eu", "api"]}},
            }
        ],
        "/things",
        set(),
    ),
    "another version in the server": ([{"url": f"{HOST}/v2"}], "/things", MOVED),
    "another version as a variable": ([version("v2")], "/things", MOVED),
    "another host": ([{"url": "https://eu.acme.example/v1"}], "/things", ELSEWHERE),
    "an address that is none": ([{"url": "https://[/v1"}], "/things", set()),
    "variables that are none": ([{"url": f"{HOST}/{{a}}", "variables": {"a": None}}], "/things", MOVED),
    "a list of variables": ([{"url": f"{HOST}/v1", "variables": ["a"]}], "/things", set()),
}


@pytest.mark.parametrize("name", SERVERS)
def test_a_path_begins_in_its_server(name: str, diff: Callable[..., Compared]) -> None:
    """Server and path together are what a client asks for; a variable has every listed value."""
    listed, path, expected = SERVERS[name]
    document = published("acme_31")
    document["paths"] = {path: document["paths"].pop("/things")}
    document.pop("servers")
    document |= {} if listed is None else {"servers": listed}

    assert diff(document).drifts == expected


def test_a_version_in_the_server_is_shown_whole(diff: Callable[..., Compared]) -> None:
    """A reader sees both addresses of the operation."""
    document = published("acme_31")
    document["servers"] = [{"url": f"{HOST}/v2"}]

    (finding,) = diff(document).findings

    assert finding["expected"] == f"{HOST}/v1/things"
    assert finding["actual"].startswith(f"{HOST}/v2/things (")


@pytest.fixture
def of_a_team(tmp_path: Path) -> Path:
    """The specs with a parameter in the path."""
    shutil.copytree(SPECS, tmp_path / "specs")
    path = tmp_path / "specs" / f"{STEM}.yaml"
    given = "      parameters:\n        - {name: team_id, in: path, required: true, schema: {type: string}}\n"
    text = path.read_text().replace("  /things:\n", "  /teams/{team_id}/things:\n")
    path.write_text(text.replace("      parameters:\n", given, 1))
    return path.parent


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("string", set()), ("integer", {("parameter-values-agree", BREAKING, "type")})],
)
def test_a_parameter_of_the_path_is_known_by_its_place(
    kind: str, expected: set[Any], of_a_team: Path, diff: Callable[..., Compared]
) -> None:
    """`{teamId}` is `{team_id}`: a client writes a value there, and no name; its type still counts."""
    document = published("acme_31")
    item = document["paths"].pop("/things")
    item["parameters"] = [{"name": "teamId", "in": "path", "required": True, "schema": {"type": kind}}]
    document["paths"]["/teams/{teamId}/things"] = item

    assert diff(document, specs=of_a_team).drifts == expected


def test_other_paths_may_stand_in_other_documents(diff: Callable[..., Compared]) -> None:
    """What a path that is not ours refers to does not matter, nor what stands unread behind it."""
    document = published("acme_31")
    document["paths"] |= {"/boxes": {"$ref": "./boxes.yaml"}, "/nothing": None}

    assert diff(document).findings == []


def test_a_path_item_by_reference_is_followed(diff: Callable[..., Compared]) -> None:
    """OpenAPI 3.1 keeps path items among the components as well."""
    document = published("acme_31")
    document["components"]["pathItems"] = {"things": document["paths"]["/things"]}
    document["paths"]["/things"] = {"$ref": "#/components/pathItems/things"}

    assert diff(document).findings == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v2/things", "GET /v2/things has the operationId 'listThings'"),
        ("/teams/{team}/things", "GET /teams/{team}/things has the operationId 'listThings'"),
        ("/Things", "GET /Things has the operationId 'listThings'"),
    ],
)
def test_a_path_that_moved_is_gone_and_named(path: str, words: str, diff: Callable[..., Compared]) -> None:
    """One breaking finding, and where the operation went."""
    document = published("acme_31")
    document["servers"] = [{"url": HOST}]
    document["paths"] = {path: document["paths"].pop("/things")}

    compared = diff(document)

    assert compared.drifts == {("path-published", BREAKING, "")}
    assert words in compared.findings[0]["actual"]


def test_a_removed_operation_may_be_gone(tmp_path: Path, diff: Callable[..., Compared]) -> None:
    """Where the spec says that the operation was removed, its absence is no news; its successor is named."""
    shutil.copytree(SPECS, tmp_path / "specs")
    path = tmp_path / "specs" / f"{STEM}.yaml"
    removed = "{state: removed, successor: GET /v2/things, since: 2026-01-01}"
    path.write_text(path.read_text().replace("{state: current}", removed))
    document = published("acme_31")
    document["paths"] = {"/v2/things": document["paths"].pop("/things")}

    compared = diff(document, specs=tmp_path / "specs")

    assert compared.drifts == {("path-published", ADDITIVE, "")}
    assert "its successor GET /v2/things is published" in compared.findings[0]["actual"]
