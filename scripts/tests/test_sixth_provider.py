"""A provider that nobody thought of: cursor in a response header, or page numbers, by the spec alone."""

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import httpx
import pytest

ROOT = Path(__file__).parents[2]
SPEC = """\
openapi: 3.1.0
info: {title: Six, version: v2}
servers: [{url: https://six.invalid/base}]
security: [{key: []}]
paths:
  /v2/boxes:
    get:
      operationId: list_boxes
      parameters:
        - {name: state, in: query, explode: false, schema: {type: array, items: {type: string, enum: [on, off]}}}
        - {name: NAME, in: query, schema: {type: TYPE}}
      responses:
        '200':
          description: Boxes.
          content: {application/json: {schema: BODY}}
          links: {more: {operationId: list_boxes, parameters: {NAME: LINK}}}
      x-conformance: {items: ITEMS, identity: /uid}
components:
  securitySchemes: {key: {type: apiKey, in: query, name: api_key, x-env: SIX_KEY}}
  schemas:
    Box: {type: object, required: [uid], properties: {uid: {type: string}}}
"""
ARRAY = "{type: array, items: {$ref: '#/components/schemas/Box'}}"
OBJECT = f"{{type: object, required: [items], properties: {{items: {ARRAY}, next: {{type: [integer, 'null']}}}}}}"
BY_HEADER = {
    "NAME": "token",
    "TYPE": "string",
    "BODY": ARRAY,
    "LINK": "$response.header.X-Next-Token",
    "ITEMS": "$response.body#",
}
BY_NUMBER = {
    "NAME": "page",
    "TYPE": "integer",
    "BODY": OBJECT,
    "LINK": "$response.body#/next",
    "ITEMS": "$response.body#/items",
}


@pytest.fixture(params=[("six_header", BY_HEADER), ("six_number", BY_NUMBER)], ids=["header", "number"])
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """The generated package of a spec with one way of paging."""
    stem, words = request.param
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "specs").mkdir()
    text = SPEC
    for word, value in words.items():
        text = text.replace(word, value)
    (tmp_path / "specs" / f"{stem}.yaml").write_text(text)
    assert generate.main([], tmp_path) == 0
    sys.path.insert(0, str(tmp_path / "generated" / stem))
    yield importlib.import_module(stem)
    sys.path.pop(0)


def test_it_pages_by_the_spec_alone(package: Any) -> None:
    """Pages are followed, lists go out with commas, the key goes into the query and into no error."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.query.decode())
        number = len(seen)
        rows = [{"uid": f"{number}"}]
        if package.__name__ == "six_header":
            headers = {"X-Next-Token": str(number + 1)} if number < 3 else {}
            return httpx.Response(200, json=rows, headers=headers)
        return httpx.Response(200, json={"items": rows, "next": number + 1 if number < 3 else None})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = package.Client("s3cret", http_client=http)
    cursor = "token" if package.__name__ == "six_header" else "page"

    assert [box.uid for box in client.list_boxes(state=["on", "off"])] == ["1", "2", "3"]
    assert seen == ["state=on%2Coff&api_key=s3cret", *(f"state=on%2Coff&{cursor}={n}&api_key=s3cret" for n in (2, 3))]
    assert "s3cret" not in json.dumps(client.list_boxes().first_page().response.request)


def test_its_recording_keeps_cursors_and_hides_the_key(package: Any, tmp_path: Path) -> None:
    """A documented cursor may be called a token; a key of the query is the name of its variable."""
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(404, headers={"X-Next-Token": "2"})))
    with (
        package.Client("s3cret", http_client=http, record=tmp_path / "traffic.jsonl") as client,
        pytest.raises(package.errors.NotFoundError),
    ):
        client.list_boxes(extra_query={"token": "1"}).first_page()
    line = json.loads((tmp_path / "traffic.jsonl").read_text())
    by_header = package.__name__ == "six_header"

    shown = ("1", "2") if by_header else ("$REDACTED", "[redacted]")
    assert line["url"] == f"https://six.invalid/base/v2/boxes?token={shown[0]}&api_key=$SIX_KEY"
    assert dict(line["headers"])["x-next-token"] == shown[1]


def test_its_testing_helper_pages_too(package: Any) -> None:
    """Given items are served in pages."""
    testing = importlib.import_module(f"{package.__name__}.testing")
    client = testing.client([{"uid": str(number)} for number in range(50)])

    assert [box.uid for box in client.list_boxes()] == [str(number) for number in range(50)]
    assert len(client.list_boxes().first_page().items) == 20
