"""What a spec says of limit and order is what a client sends, and what the testing helper serves."""

import importlib
import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.checkout import invented, packages_of

STEMS = ("quarry_blocks", "mill_sacks", "wharf_crates", "pond_ducks")
TIMES = [f"2026-05-06T10:{minute:02}:00Z" for minute in range(60)]
ROWS: dict[str, list[dict[str, Any]]] = {
    "quarry_blocks": [
        {"name": f"b-{n:02}", "kind": ("slate", "marble")[n % 2], "weight": n % 3 + 1, "cutAt": TIMES[n]}
        for n in range(35)
    ],
    "mill_sacks": [{"id": n, "grain": ("rye", "oat", "wheat")[n % 3], "packedAt": TIMES[n]} for n in range(35)],
    "wharf_crates": [
        {"id": n, "port": ("riga", "hull")[n % 2], "weight": 50 - n, "landedAt": TIMES[n]} for n in range(35)
    ],
}
METHODS = {"quarry_blocks": "list_blocks", "mill_sacks": "list_sacks", "wharf_crates": "list_crates"}


class Listed(NamedTuple):
    """What a listing gave, and what it asked for first."""

    rows: list[dict[str, Any]]
    asked: dict[str, list[str]]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The generated packages of invented operations."""
    with packages_of(tmp_path_factory.mktemp("order"), invented(*STEMS)) as made:
        yield made


def listed(packages: dict[str, Any], stem: str, **arguments: Any) -> Listed:
    """List the rows of a stem with these arguments."""
    server = importlib.import_module(f"{packages[stem].__name__}.testing").server(ROWS[stem])
    items = list(getattr(server.client(), METHODS[stem])(**arguments))
    return Listed([item.to_dict() for item in items], dict(server.requests[0].query))


def by(stem: str, *keys: tuple[str, str]) -> list[dict[str, Any]]:
    """The rows of a stem, sorted by hand."""
    found = list(ROWS[stem])
    for name, way in reversed(keys):
        found.sort(key=lambda row: row[name], reverse=way == "desc")
    return found


def test_a_limit_above_its_cap_is_sent_and_capped(packages: dict[str, Any]) -> None:
    """The client lets it through, and the helper serves the largest page; the documentation of the argument says so."""
    package = packages["quarry_blocks"]
    client = importlib.import_module("quarry_blocks.testing").client(ROWS["quarry_blocks"])

    assert len(client.list_blocks(page_size=100).first_page().items) == 30
    assert len(client.list_blocks(page_size=7).first_page().items) == 7
    assert "A larger value counts as 30." in " ".join((inspect.getdoc(package.Client.list_blocks) or "").split())


def test_a_choice_of_fields_is_sent_and_told(packages: dict[str, Any]) -> None:
    """The client asks for the fields, and the documentation of the argument says which items it cannot read then."""
    server = importlib.import_module("pond_ducks.testing").server([])
    list(server.client().list_ducks(field_fields="name,weight"))

    assert server.requests[0].query["_fields"] == ["name,weight"]
    told = " ".join((inspect.getdoc(packages["pond_ducks"].Client.list_ducks) or "").split())
    assert told.count("Items must keep their required fields") == 1


CASES: list[tuple[str, dict[str, Any], dict[str, list[str]], list[tuple[str, str]]]] = [
    ("quarry_blocks", {}, {}, [("cutAt", "desc")]),
    ("quarry_blocks", {"order_by": ["weight desc"]}, {"orderBy": ["weight desc"]}, [("weight", "desc")]),
    (
        "quarry_blocks",
        {"order_by": ["kind", "weight desc", "cutAt"]},
        {"orderBy": ["kind,weight desc,cutAt"]},
        [("kind", "asc"), ("weight", "desc"), ("cutAt", "asc")],
    ),
    (
        "mill_sacks",
        {"sort": ["grain", "packedAt"], "order": ["desc", "asc"]},
        {"sort": ["grain,packedAt"], "order": ["desc,asc"]},
        [("grain", "desc"), ("packedAt", "asc")],
    ),
    ("mill_sacks", {"order": ["desc"]}, {"order": ["desc"]}, [("packedAt", "asc")]),
    ("wharf_crates", {"up": "weight"}, {"up": ["weight"]}, [("weight", "asc")]),
    ("wharf_crates", {"down": "port"}, {"down": ["port"]}, [("port", "desc")]),
]


@pytest.mark.parametrize(("stem", "arguments", "sent", "keys"), CASES)
def test_the_helper_sorts_as_the_page_says(
    packages: dict[str, Any],
    stem: str,
    arguments: dict[str, Any],
    sent: dict[str, list[str]],
    keys: list[tuple[str, str]],
) -> None:
    """Each field in its own direction, and what ties in it by the next; a direction without a field does nothing."""
    found = listed(packages, stem, **arguments)

    assert {name: texts for name, texts in found.asked.items() if name not in {"page", "offset"}} == sent
    assert found.rows == by(stem, *keys)


def test_words_are_typed(packages: dict[str, Any]) -> None:
    """What sorts is one of the documented words, or several, and a direction is one of two."""
    parameters = inspect.signature(packages["quarry_blocks"].Client.list_blocks).parameters
    annotation = str(parameters["order_by"].annotation)

    assert "Iterable[" in annotation
    assert "cutAt desc" in str(inspect.getdoc(packages["quarry_blocks"].Client.list_blocks)) + annotation
