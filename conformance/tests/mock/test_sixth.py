"""A provider that nobody has seen works with a spec and a fixture alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.mock.collection.dataset import load_dataset
from conformance.mock.server import app, running
from conformance.spec.load import read_contract

SPEC = """
openapi: 3.1.0
info: {title: Sixth, version: 1.0.0}
servers: [{url: https://api.example.com}]
security: [{key: []}]
paths:
  /v2/boxes:
    get:
      operationId: list_boxes
      parameters:
        - name: state
          in: query
          style: form
          explode: false
          schema: {type: array, items: {$ref: '#/components/schemas/State'}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 100}}
        - PARAMETER
      responses:
        '200':
          description: A page.
          headers: {X-Next-Token: {schema: {type: string}}}
          content: {application/json: {schema: SCHEMA}}
          links: {next_page: {operationId: list_boxes, parameters: {LINK}}}
        '401':
          description: No.
          content: {application/json: {schema: {$ref: '#/components/schemas/No'}}}
      x-conformance:
        source: {document: sixth.md, captured: 2026-11-23}
        lifecycle: {state: current}
        items: $response.body#ITEMS
        identity: /boxID
        limit: {parameter: limit, says: at most a hundred}
        paging: {ends: [ENDS], says: a token leads on}
        filters: [{parameter: state, field: /state, relation: in, says: in one of these states}]
        refusals: [{given: missing-credentials, status: [401], says: a key is needed}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-API-KEY, x-env: SIXTH_KEY}}
  schemas:
    State: {type: string, enum: [running, paused]}
    No: {type: object, required: [code], properties: {code: {type: integer}}}
    Box:
      type: object
      required: [boxID, state, startedAt]
      properties:
        boxID: {type: string}
        state: {type: string, enum: [running, paused]}
        startedAt: {type: string, format: date-time}
        alias: {type: string}
"""
ARRAY = "{type: array, items: {$ref: '#/components/schemas/Box'}}"
HEADER = {
    "PARAMETER": "{name: nextToken, in: query, schema: {type: string}}",
    "SCHEMA": ARRAY,
    "LINK": "nextToken: $response.header.X-Next-Token",
    "ITEMS": "",
    "ENDS": "absent",
}
NUMBER = {
    "SCHEMA": f"{{type: object, required: [boxes], properties: {{boxes: {ARRAY}, next: {{type: [integer, 'null']}}}}}}",
    "ITEMS": "/boxes",
    "ENDS": "'null'",
}
PAGE = {
    **NUMBER,
    "PARAMETER": "{name: page, in: query, schema: {type: integer, minimum: 1}}",
    "LINK": "page: $response.body#/next",
}
OFFSET = {
    **NUMBER,
    "PARAMETER": "{name: offset, in: query, schema: {type: integer, default: 0}}",
    "LINK": "offset: $response.body#/next",
}


@contextmanager
def mock(tmp_path: Path, parts: dict[str, str], *, items: int | None = 250) -> Iterator[httpx.Client]:
    """A client on a mock of the spec with these parts; the fixture holds one item and nothing else."""
    text = SPEC
    for name, part in parts.items():
        text = text.replace(name, part)
    path = tmp_path / "sixth_boxes.yaml"
    path.write_text(text, encoding="utf-8")
    item = {"boxID": "i4k2x9", "state": "running", "startedAt": "2026-01-02T03:04:05.678Z", "alias": "base"}
    (tmp_path / "sixth_boxes.json").write_text(json.dumps({"items": [item]}), encoding="utf-8")
    contract = read_contract(path)
    dataset = load_dataset(contract, items=items, seed=1, fixtures=tmp_path)
    with (
        running(app(contract, dataset, secret="s")) as url,
        httpx.Client(base_url=url, headers={"X-API-KEY": "s"}) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("parts", "parameter"),
    [(HEADER, "nextToken"), (PAGE, "page"), (OFFSET, "offset")],
    ids=["header", "page", "offset"],
)
def test_a_sixth_provider_is_walked(tmp_path: Path, parts: dict[str, str], parameter: str) -> None:
    """Cursors in headers, page numbers and offsets lead through everything, each item once."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {}
    with mock(tmp_path, parts) as client:
        while True:
            response = client.get("/v2/boxes", params=query)
            body = response.json()
            found += body if isinstance(body, list) else body["boxes"]
            cursor = response.headers.get("X-Next-Token") if isinstance(body, list) else body["next"]
            if cursor is None:
                break
            query = {parameter: cursor}

    assert 250 == len(found) == len({box["boxID"] for box in found})
    assert {"running", "paused"} == {box["state"] for box in found}
    assert {True, False} == {"alias" in box for box in found}


def test_a_comma_separates_values(tmp_path: Path) -> None:
    """Values stand in one parameter where the spec says so, and bad ones are refused with a made-up body."""
    with mock(tmp_path, HEADER) as client:
        both = client.get("/v2/boxes", params={"state": "running,paused"}).json()
        one = client.get("/v2/boxes", params={"state": "paused"}).json()
        bad = client.get("/v2/boxes", params={"state": "paused,gone"})
        refused = client.get("/v2/boxes", headers={"X-API-KEY": "x"})

    assert ({"running", "paused"}, {"paused"}) == ({box["state"] for box in both}, {box["state"] for box in one})
    assert (400, 401, {"code": 0}) == (bad.status_code, refused.status_code, refused.json())


def test_an_answer_has_the_media_type_of_its_status(tmp_path: Path) -> None:
    """A kind of JSON that is documented for a status is sent with it, and `application/json` where that stands too."""
    parts = {
        "{application/json: {schema: SCHEMA}}": "{application/geo+json: {schema: SCHEMA}, text/html: {}}",
        "{application/json: {schema: {$ref": "{application/problem+json: {}, application/json: {schema: {$ref",
    }
    with mock(tmp_path, {**parts, **HEADER}) as client:
        page, refused = client.get("/v2/boxes"), client.get("/v2/boxes", headers={"X-API-KEY": "no"})

    told = [response.headers["content-type"] for response in (page, refused)]
    assert told == ["application/geo+json", "application/json"]


def test_a_range_of_statuses_has_its_media_type(tmp_path: Path) -> None:
    """A refusal that is documented as 4XX is sent in the kind of JSON that stands there."""
    parts = {"'401':": "4XX:", "{application/json: {schema: {$ref": "{application/problem+json: {schema: {$ref"}
    with mock(tmp_path, {**parts, **HEADER}) as client:
        refused = client.get("/v2/boxes", headers={"X-API-KEY": "no"})

    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")


def test_pages_that_no_run_could_keep_are_left_short(tmp_path: Path) -> None:
    """Where a page holds 10,000 items unless less is asked for, the listing is as short as that of no page."""
    with mock(
        tmp_path, {"maximum: 100, default: 100": "maximum: 10000, default: 10000", **HEADER}, items=None
    ) as client:
        listed = client.get("/v2/boxes").json()

    assert len(listed) == 60
