"""`<stem>.testing`: a user's own tests are served pages as the documentation describes them."""

import asyncio
import importlib
import json
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from tests.answers import ROOT, STEMS, identity, known, listing, rows

PAGING = [stem for stem in STEMS if known(stem).links]
LIMITED = [stem for stem in STEMS if known(stem).limit]


def listed(stem: str, count: int = 45, page_size: int = 20, **arguments: Any) -> Any:
    return listing(helper(stem).client(rows(stem, count), page_size=page_size), stem, **arguments)


def helper(stem: str) -> ModuleType:
    return importlib.import_module(f"{stem}.testing")


def body_schema(stem: str) -> Any:
    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    operation = next(iter(spec["paths"].values()))["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {"components": spec["components"], **schema}


@pytest.mark.parametrize("stem", STEMS)
def test_every_item_is_served_once_in_documented_pages(stem: str) -> None:
    """Pages of the given size, or one where the operation does not page; each body is what the spec describes."""
    pages = list(listed(stem).pages())

    assert [len(page.items) for page in pages if page.items] == ([20, 20, 5] if stem in PAGING else [45])
    assert [item.to_dict() for page in pages for item in page.items] == rows(stem, 45)
    for page in pages:
        assert list(jsonschema_rs.validator_for(body_schema(stem)).iter_errors(page.response.json())) == []


@pytest.mark.parametrize("stem", STEMS)
def test_an_async_client_is_served_the_same(stem: str) -> None:
    """Models may be given as well as JSON."""
    items = list(listed(stem))

    async def walk() -> list[Any]:
        async with helper(stem).async_client(items, page_size=7) as client:
            return [item async for item in listing(client, stem)]

    assert asyncio.run(walk()) == items


@pytest.mark.parametrize("stem", STEMS)
def test_no_items_are_one_empty_page(stem: str) -> None:
    """The walk ends after it."""
    assert [page.items for page in listing(helper(stem).client([]), stem).pages()] == [[]]


@pytest.mark.parametrize("stem", LIMITED)
def test_the_limit_of_the_call_is_obeyed(stem: str) -> None:
    """It goes before `page_size=`, as it does at the server."""
    limit = next(each.argument for each in known(stem).parameters if each.name == known(stem).limit)

    assert len(listed(stem, **{limit: 3}).first_page().items) == 3


@pytest.mark.parametrize("stem", PAGING)
def test_a_walk_can_be_taken_up_again(stem: str) -> None:
    """What a page says of the next one is enough, in another client too, and survives JSON."""
    resume = json.loads(json.dumps(listed(stem).first_page().resume))

    assert [item.to_dict()[identity(stem)] for item in listed(stem, resume=resume)] == [
        row[identity(stem)] for row in rows(stem, 45)[20:]
    ]


def test_counters_count_what_the_documentation_says() -> None:
    """`count` is the page's size, `total` the listing's."""
    counted = [(page.pagination.count, page.pagination.total) for page in listed("vercel_sandboxes").pages()]

    assert counted == [(20, 45), (20, 45), (5, 45)]


def test_a_filter_by_time_is_no_cursor() -> None:
    """`until` with a time of the caller's own starts at the first item."""
    assert len(list(listed("vercel_sandboxes", until=1_750_344_501_629))) == 45


def test_a_page_size_below_one_is_refused() -> None:
    """It would never end."""
    with pytest.raises(ValueError, match="page_size=0"):
        listed("sandbase_sessions", page_size=0)
