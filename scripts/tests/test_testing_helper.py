"""`<stem>.testing`: a user's own tests are served pages as the documentation describes them."""

import asyncio
import importlib
import json
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest
from listing_runtime import errors
from listing_runtime.testing.pages import value_at
from ruamel.yaml import YAML

from tests.answers import ROOT, STEMS, identity, known, listing, rows

PAGING = [stem for stem in STEMS if known(stem).links]
LIMITED = [stem for stem in STEMS if known(stem).limit]


def listed(stem: str, count: int = 45, page_size: int = 20, **arguments: Any) -> Any:
    return listing(helper(stem).client(rows(stem, count), page_size=page_size), stem, **arguments)


def everything(stem: str) -> dict[str, Any]:
    """Arguments without which a listing leaves items out."""
    filters = known(stem).filters
    words = {each.parameter: True if each.relation == "null-unless-true" else each.any for each in filters}
    return {each.argument: words[each.name] for each in known(stem).parameters if words.get(each.name)}


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
    pages = list(listed(stem, **everything(stem)).pages())

    assert [len(page.items) for page in pages if page.items] == ([20, 20, 5] if stem in PAGING else [45])
    served = [item.to_dict() for page in pages for item in page.items]
    assert sorted(served, key=str) == sorted(rows(stem, 45), key=str)
    assert served == rows(stem, 45) or known(stem).order
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
    whole = [item.to_dict()[identity(stem)] for item in listed(stem)]

    assert [item.to_dict()[identity(stem)] for item in listed(stem, resume=resume)] == whole[20:]


def test_counters_count_what_the_documentation_says() -> None:
    """`count` is the page's size, `total` the listing's."""
    counted = [(page.pagination.count, page.pagination.total) for page in listed("vercel_sandboxes").pages()]

    assert counted == [(20, 45), (20, 45), (5, 45)]


def test_a_filter_by_time_is_no_cursor() -> None:
    """`until` with a time of the caller's own starts at the first item, and holds for all pages."""
    times = [row["createdAt"] for row in rows("vercel_sandboxes", 45)]
    last = max(times)

    assert len(list(listed("vercel_sandboxes", until=last + 1))) == 45
    assert len(list(listed("vercel_sandboxes", until=last, page_size=3))) == sum(time < last for time in times)


@pytest.mark.parametrize("stem", [stem for stem in STEMS if known(stem).filters])
def test_filters_do_what_the_documentation_says(stem: str) -> None:
    """Each of equality and membership leaves the rows that have the value: code that filters wrongly fails its test."""
    for each in known(stem).filters:
        name = next(one.argument for one in known(stem).parameters if one.name == each.parameter)
        if each.relation not in {"equals", "in"} or each.requires:
            continue
        given = everything(stem)
        values = [value_at(row, each.field) for row in rows(stem, 45)]
        asked = values[0] if each.relation == "equals" else [values[0]]
        found = [item.to_dict() for item in listed(stem, **(given | {name: asked}))]

        assert len(found) == values.count(values[0])
        assert [value_at(row, each.field) for row in found] == [values[0]] * len(found)
        assert list(listed(stem, **(given | {name: "no-such"}))) == []


def test_pairs_narrow_a_listing_as_they_are_written() -> None:
    """As JSON, and as a template has them."""
    row, other = rows("instavm_sandboxes", 2)
    items = [row | {"metadata": {"team": "a", "on": True}}, other | {"metadata": {"team": "b"}}]
    instavm = helper("instavm_sandboxes").client(items)
    for asked, found in (({"team": "a"}, 1), ({"team": "a", "on": True}, 1), ({"team": "c"}, 0), ({}, 2)):
        assert len(list(instavm.list_sandboxes(metadata=asked))) == found
    mine, theirs = rows("browserbase_sessions", 2)
    items = [mine | {"userMetadata": {"team": "a"}}, theirs | {"userMetadata": {"team": "b"}}]
    for asked, found in (("user_metadata['team']:'a'", 1), ("user_metadata['team']:'c'", 0)):
        assert len(list(helper("browserbase_sessions").client(items).list_sessions(q=asked))) == found


def test_order_is_the_documented_one_and_its_parameter_turns_it() -> None:
    """The latest first by default, the earliest where it is asked for."""
    made = rows("vercel_sessions", 3)
    items = [row | {"createdAt": 1_760_000_000_000 + at} for at, row in zip((2, 3, 1), made, strict=True)]
    client = helper("vercel_sessions").client(items)

    times = [item.created_at - 1_760_000_000_000 for item in client.list_sessions()]
    turned = [item.created_at - 1_760_000_000_000 for item in client.list_sessions(sort_order="asc")]

    assert (times, turned) == ([3, 2, 1], [1, 2, 3])


def test_a_server_refuses_waits_and_remembers() -> None:
    """As it is told, and as the documentation promises for what is out of bounds; sync and async."""
    server = helper("sandbase_sessions").server(rows("sandbase_sessions", 2))
    server.refuse(429, retry_after=0)
    server.refuse(503, retry_after=0, body={"error": {"type": "overloaded", "message": "later"}}, times=2)
    with server.client(max_retries=1) as client:
        with pytest.raises(errors.ServerError, match="later") as caught:
            client.list_sessions(agent_id="a").first_page()
        assert (caught.value.code, caught.value.message) == ("overloaded", "later")
        assert len(client.list_sessions(statuses=["idle", "running"]).first_page().items) <= 2
        with pytest.raises(errors.BadRequestError):
            client.list_sessions(limit=101).first_page()
        server.delay(5)
        with pytest.raises(errors.APITimeoutError):
            client.with_options(timeout=0.1, max_retries=0).list_sessions().first_page()

    async def walk() -> int:
        server.delay(0)
        async with server.async_client() as client:
            return len((await client.list_sessions(include_archived=True)).items)

    assert asyncio.run(walk()) == 2
    seen = [dict(request.query) for request in server.requests]
    assert seen[:2] == [{"agent_id": ["a"]}] * 2
    assert {"statuses": ["idle", "running"]} in seen
    assert "test-token" not in repr(server.requests)


def test_wrong_rows_are_explained() -> None:
    """Which one, where, and why; `strict=False` serves them as they are, and times may be given as Python has them."""
    testing = helper("browserbase_sessions")
    good, bad = rows("browserbase_sessions", 2, createdAt="yesterday")
    for items, told in (
        ([good, bad], r"item 1 is no Session: at /createdAt: expected an RFC 3339 time .*strict=False"),
        (good, r"expected a list of items, got one dict: write \[item\]"),
        ([5], "item 0: expected a Session or a mapping, got int"),
    ):
        with pytest.raises(errors.InvalidArgumentError, match=told):
            testing.client(items)
    assert len(testing.client([good, bad], strict=False).list_sessions(on_invalid="skip").first_page().skipped) == 1
    when = datetime(2026, 1, 1, tzinfo=UTC)
    assert next(iter(testing.client([good | {"createdAt": when}]).list_sessions())).created_at == when


def test_it_is_a_fixture_of_pytest(listing_client: Any, listing_server: Any) -> None:
    """By the runtime's entry point, for any client."""
    package = importlib.import_module("vercel_sessions")

    assert len(list(listing_client(package, rows("vercel_sessions", 3)).list_sessions())) == 3
    assert len(list(listing_server(package, rows("vercel_sessions", 3)).client().list_sessions())) == 3


def test_a_page_size_below_one_is_refused() -> None:
    """It would never end."""
    with pytest.raises(ValueError, match="page_size=0"):
        listed("sandbase_sessions", page_size=0)
