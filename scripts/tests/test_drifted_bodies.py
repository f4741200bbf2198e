"""What a living API does first costs neither speed nor data; and an item that outlives its page costs what it is."""

import gc
import importlib
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import browserbase_sessions
import pytest
from listing_runtime.model.times import parse_timestamp

from tests.answers import STEMS, answering, client, identity, known, listing, rows
from tests.readers import decode


def body_of(stem: str, items: list[dict[str, Any]]) -> Any:
    """Make a last page of these items."""
    package: Any = importlib.import_module(stem)
    served = package.testing.server(items, page_size=len(items), strict=False)
    page = listing(served.client(), stem, on_invalid="skip").first_page()
    return page.response.json()


def drifted(stem: str) -> dict[str, list[dict[str, Any]]]:
    """Give rows that drifted, each in one way."""
    package: Any = importlib.import_module(f"{stem}.models")
    item: Any = getattr(package, type(decode_items(stem, rows(stem))[0]).__name__)
    optional = [each.wire for each in item.__table__() if not each.required]
    whole = rows(stem, 3)
    ways = {
        "a new field": [row | {"novel": {"a": [1, None]}} for row in whole],
        "another order": [dict(reversed(row.items())) for row in whole],
    }
    if optional:
        ways["null in an optional one"] = [row | {optional[-1]: None} for row in whole]
    return ways


def decode_items(stem: str, items: list[dict[str, Any]]) -> list[Any]:
    return list(decode(stem, json.dumps(body_of(stem, items)).encode()).items)


@pytest.mark.parametrize("stem", STEMS)
def test_drift_is_read_fast_and_given_back_exactly(stem: str) -> None:
    """By the fast reader, equal to what the tolerant one gives, in the order that came; pages gone or not."""
    reader: Any = importlib.import_module(f"{stem}._fast")
    for way, items in drifted(stem).items():
        content = json.dumps(body_of(stem, items)).encode()
        assert reader.read_page(content) is not None, way
        fast, tolerant = decode(stem, content), decode(stem, content, fast=False)
        assert list(fast.items) == list(tolerant.items)
        assert [each.additional_properties for each in fast] == [each.additional_properties for each in tolerant]
        kept = fast.items[1]
        written = [json.dumps(each.to_dict()) for each in fast]
        del fast
        assert json.dumps(kept.to_dict()) == written[1]
        assert written == [json.dumps(each.to_dict()) for each in tolerant]
        served = decode(stem, content)
        alone = served.items
        del served
        assert [json.dumps(each.to_dict()) for each in alone] == written
        assert [each.additional_properties for each in alone] == [each.additional_properties for each in tolerant]


def page_of_thousand() -> Any:
    made = client(browserbase_sessions, answering(rows("browserbase_sessions", 1000)))
    return made.list_sessions().first_page()


def last_of_a_walk() -> Any:
    walked = client(browserbase_sessions, answering(rows("browserbase_sessions", 1000))).list_sessions()
    kept = [item for item in walked if item.id.endswith("-500")]
    return kept[0]


KEPT: dict[str, Callable[[], Any]] = {
    "one of a page": lambda: page_of_thousand().items[3],
    "one of its items": lambda: list(page_of_thousand().items)[3],
    "one of a walk": last_of_a_walk,
    "one that was written": lambda: _written(page_of_thousand()),
}


def _written(page: Any) -> Any:
    page.items[5].to_dict()
    return page.items[3]


@pytest.mark.parametrize("way", KEPT)
def test_a_kept_item_does_not_keep_its_page(way: str) -> None:
    """At most 4 kB of a page of 1,000 items, and it is still given back exactly."""
    KEPT[way]()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = KEPT[way]()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    key = identity("browserbase_sessions")
    assert held < 4096
    assert kept.to_dict() in rows("browserbase_sessions", 1000)
    assert kept.to_dict()[key] == kept.id


@pytest.mark.parametrize("digits", ["1", "123456", "1234565", "1234575", "9999995", "123456789", "12345649999"])
def test_times_read_the_same_whatever_reads_them(digits: str) -> None:
    """However many digits they have: the fast reader, the tolerant one, and `from_dict`."""
    text = f"2026-05-29T10:00:59.{digits}Z"
    row = rows("browserbase_sessions", 1)[0] | {"createdAt": text}
    content = json.dumps([row]).encode()
    fast, tolerant = (decode("browserbase_sessions", content, fast=fast).items[0] for fast in (True, False))

    assert fast.created_at == tolerant.created_at == parse_timestamp(text)
    assert fast.created_at == browserbase_sessions.Session.from_dict(row).created_at
    assert fast.to_dict()["createdAt"] == tolerant.to_dict()["createdAt"] == text
    assert known("browserbase_sessions").items == ()


def test_a_leap_second_is_read_and_given_back() -> None:
    """As the moment at which the next second begins, whatever reads it, and as the text that came."""
    text = "2016-12-31T23:59:60.25Z"
    row = rows("browserbase_sessions", 1)[0] | {"createdAt": text}
    content = json.dumps([row]).encode()
    fast, tolerant = (decode("browserbase_sessions", content, fast=fast).items[0] for fast in (True, False))

    assert fast.created_at == tolerant.created_at == datetime(2017, 1, 1, microsecond=250_000, tzinfo=UTC)
    assert fast.to_dict()["createdAt"] == tolerant.to_dict()["createdAt"] == text
