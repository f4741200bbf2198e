"""A listing whose items come as arrays of values gives typed items, and so does its testing helper."""

import importlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from listing_runtime.errors import DecodeError

from tests.checkout import invented, packages_of

STEMS = ("mint_coins", "reef_buoys", "tower_planes")
COIN = {"id": 7, "metal": "gold", "struck_at": "2026-05-06T10:00:00Z", "weight": 2.5, "spent_at": None, "owner": "ann"}
BUOY = {"id": "b1", "colour": "red", "depth": 3, "moored": 1_778_061_600}
PLANE = {"icao": "a1", "seen": "2026-05-06T10:00:00Z", "grounded": False, "altitude": 9144.5, "callsign": None}
METHODS = {"mint_coins": "list_coins", "reef_buoys": "list_buoys", "tower_planes": "list_planes"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "mint_coins": [{**COIN, "id": number} for number in range(25)],
    "reef_buoys": [{**BUOY, "id": f"b{number}"} for number in range(25)],
    "tower_planes": [{**PLANE, "icao": f"a{number}"} for number in range(25)],
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The generated packages of invented operations."""
    with packages_of(tmp_path_factory.mktemp("rows"), invented(*STEMS)) as made:
        yield made


def answered(package: Any, body: bytes | object, **settings: Any) -> Any:
    """The first page of a package's listing where a server answers a body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    with httpx.Client(transport=transport) as http_client:
        client = package.Client(base_url="http://rows.invalid", http_client=http_client, max_retries=0)
        return getattr(client, METHODS[package.__name__])(**settings).first_page()


@pytest.mark.parametrize("stem", STEMS)
def test_rows_are_listed_as_typed_items(packages: dict[str, Any], stem: str) -> None:
    """The helper serves arrays, the client walks them all and gives each item whole; a page keeps the body as it came."""
    server = importlib.import_module(f"{stem}.testing").server(ROWS[stem])
    listing = getattr(server.client(), METHODS[stem])()

    assert sorted((item.to_dict() for item in listing), key=str) == sorted(ROWS[stem], key=str)
    assert len(server.requests) > 1
    assert b"[[" in getattr(server.client(), METHODS[stem])().first_page().response.content


def test_columns_are_read_as_the_answer_names_them(packages: dict[str, Any]) -> None:
    """In whichever order they come, in indented text, with a byte order mark, and with one that nobody documents."""
    names = [*reversed(COIN), "new"]
    columns = [{"name": name, "kind": "any"} for name in names]
    body = {"meta": {"columns": columns, "next": None}, "data": [[{**COIN, "new": [1]}[name] for name in names]]}
    for content in (body, json.dumps(body, indent=2).encode(), b"\xef\xbb\xbf" + json.dumps(body).encode()):
        (coin,) = answered(packages["mint_coins"], content).items

        assert (coin.id, coin.metal, coin.weight, coin.owner) == (7, "gold", 2.5, "ann")
        assert coin.struck_at.year == 2026
        assert coin.to_dict() == {**COIN, "new": [1]}


def test_a_row_that_does_not_fit_is_no_item(packages: dict[str, Any]) -> None:
    """A longer or shorter row, and what is none, are errors that say where; so are columns without names."""
    plane = packages["tower_planes"]
    row = list(PLANE.values())
    for bad in ([*row, 1], row[:-1], "a1", None):
        with pytest.raises(DecodeError) as raised:
            answered(plane, [row, bad])

        assert raised.value.pointer == "/1"
    page = answered(plane, [row, row[1:]], on_invalid="skip")
    assert ([one.to_dict() for one in page.items], len(page.skipped)) == ([PLANE], 1)
    with pytest.raises(DecodeError):
        answered(packages["mint_coins"], {"meta": {"columns": []}, "data": [[1]]})
    fixed = {"columns": ["colour", "id", "moored", "depth"], "rows": [["red", "b1", 1_778_061_600, 3]]}
    assert answered(packages["reef_buoys"], fixed).items[0].to_dict() == BUOY
