"""Rows of values: what a spec may say of them, how bodies are read, and what may be written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus

import httpx
import pytest

from conformance.errors import SpecError
from conformance.exchange import Exchange, Request
from conformance.privacy.customer_values import Privacy
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, read_contract
from conformance.spec.row_text import with_arrays, with_objects
from conformance.spec.standing import ground

SPECS = Path(__file__).parents[1] / "checks" / "contracts" / "specs"
HEAD = b'{"meta": {"columns": [{"name": "id", "kind": ""}, {"name": "owner", "kind": ""}], "next": null}, "data": '


@cache
def coins() -> Contract:
    """Rows whose columns the answer names."""
    return load_contract("mint_coins", SPECS)


def test_a_row_is_read_as_the_object_of_its_columns() -> None:
    """Items are objects to everything that reads a contract, at the lines of the file; the promise carries findings."""
    contract = coins()

    assert set(contract.item.members) == {"id", "metal", "struck_at", "weight", "spent_at", "owner"}
    assert "metal:" in contract.text.splitlines()[contract.line(contract.item.part("/metal").place) - 1]
    assert ground(contract, contract.pointer.below("x-conformance", "rows")).says.startswith("each row has the values")


BODIES: dict[str, tuple[bytes, bytes]] = {
    "values stay as they are written": (HEAD + b'[[1.0, "\\u0041"]]}', HEAD + b'[{"id":1.0,"owner":"\\u0041"}]}'),
    "spaces": (HEAD + b'[\n [1 , {"a" : [ ]}]\n]}', HEAD + b'[\n {"id":1,"owner":{"a" : [ ]}}\n]}'),
    "none": (HEAD + b"[]}", HEAD + b"[]}"),
    "a row too long": (HEAD + b"[[1, 2, 3], [4, 5]]}", HEAD + b'[[1, 2, 3], {"id":4,"owner":5}]}'),
    "NaN": (HEAD + b"[[NaN, 2]]}", HEAD + b'[{"id":NaN,"owner":2}]}'),
    "a mark": (b"\xef\xbb\xbf" + HEAD + b"[[1,2]]}", b"\xef\xbb\xbf" + HEAD + b'[{"id":1,"owner":2}]}'),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_and_written_again(name: str) -> None:
    """Each row that fits becomes an object, and every other byte stays."""
    came, read = BODIES[name]

    assert with_objects(coins(), came) == read
    assert with_objects(coins(), with_arrays(coins(), read)) == read


@pytest.mark.parametrize(
    "body", [b"", b"nul", b"[[1]]", HEAD + b"[[1,2]", HEAD + b'{"a":1}}', HEAD + b"[[1 2]]}", b"\xff"]
)
def test_what_holds_no_rows_is_left_alone(body: bytes) -> None:
    """Of a body that is no page, or no JSON, every byte stays."""
    assert with_objects(coins(), body) == with_arrays(coins(), body) == body


def test_columns_that_are_not_told_apart_are_none() -> None:
    """Two columns of one name name nothing; where an order is documented, it is read by that."""
    buoys = load_contract("reef_buoys", SPECS)
    row = b'["b1","red",3,1778061600]'
    same = b'{"columns":["id","id","depth","moored"],"rows":[' + row + b"]}"

    assert (
        with_objects(coins(), HEAD.replace(b"owner", b"id") + b"[[1,2]]}")
        == HEAD.replace(b"owner", b"id") + b"[[1,2]]}"
    )
    assert json.loads(with_objects(buoys, same))["rows"][0]["colour"] == "red"
    assert json.loads(with_objects(buoys, b'{"rows":[' + row + b"]}"))["rows"][0]["id"] == "b1"


def test_a_recording_hides_values_and_keeps_rows() -> None:
    """What is written down has no value of a customer, in rows that replay as they came."""
    contract, came = coins(), HEAD + b'[[1, "ann of acme"], [2, "bob", "more"]]}'
    exchange = Exchange(
        Request("GET", "http://a.example", ()), 200, httpx.Headers(), with_objects(contract, came), 0.1, original=came
    )
    shown = Privacy(contract, "k").exchange(exchange)

    assert b"ann" not in shown.wire + shown.body
    assert b"bob" not in shown.wire + shown.body
    assert [len(row) for row in json.loads(shown.wire)["data"]] == [2, 3]
    assert json.loads(shown.wire)["meta"]["columns"][1]["name"] == "owner"
    assert with_objects(contract, shown.wire) == shown.body


def test_the_name_of_a_pair_is_shown_and_its_value_hidden() -> None:
    """An array of names and values is written down as an object would be; a query asks for what is written there."""
    notes = load_contract("acme_notes", SPECS)
    body = b'{"notes": [{"id": "n", "labels": [{"name": "env", "text": "acme"}]}], "next": null}'
    url = "http://a.example/v1/notes?label=env%3Aacme"
    shown = Privacy(notes, "k").exchange(Exchange(Request("GET", url, ()), 200, httpx.Headers(), body, 0.1))
    (label,) = json.loads(shown.body)["notes"][0]["labels"]

    assert label["name"] == "env"
    assert "acme" not in label["text"] + shown.request.url.partition("?")[2]
    assert unquote_plus(shown.request.url).endswith(f"label=env:{label['text']}")


MISTAKES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a schema of nowhere": ("mint_coins", lambda text: text.replace("schemas/Coin'", "schemas/Coins'"), "no object"),
    "names of nowhere": (
        "mint_coins",
        lambda text: text.replace("columns: $response.body#/meta/columns", "columns: $response.body#/cols"),
        "no array at",
    ),
    "a name of nowhere": (
        "mint_coins",
        lambda text: text.replace("name: /name", "name: /title"),
        "no schema has /title",
    ),
    "an unknown column": (
        "reef_buoys",
        lambda text: text.replace("[id, colour, depth", "[id, color, depth"),
        "'color'",
    ),
    "a property without a column": (
        "reef_buoys",
        lambda text: text.replace("colour, depth, moored]\n          named", "colour, depth]\n          named"),
        "no column is 'moored'",
    ),
    "a cell that may be absent": (
        "reef_buoys",
        lambda text: text.replace("required: [id, colour, depth,", "required: [id, colour,"),
        "cannot lack 'depth'",
    ),
    "items that are objects": (
        "tower_planes",
        lambda text: text.replace("items: {type: array}}}", "items: {type: object}}}"),
        "the rows are no arrays",
    ),
    "named twice": (
        "mint_coins",
        lambda text: text.replace("name: /name", "named: $response.body#/meta/columns"),
        "'named' does not belong",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    """What makes no sense of rows is refused where it stands."""
    stem, change, told = MISTAKES[mistake]
    text = (SPECS / f"{stem}.yaml").read_text()
    path = tmp_path / f"{stem}.yaml"
    path.write_text(change(text))

    assert change(text) != text
    with pytest.raises(SpecError, match=rf"{stem}.yaml:[1-9]\d*: .*{told}"):
        read_contract(path)
