"""Rows 3, 4, 8, 9, 12 and 13 of the table of stock defects: what becomes of a body."""

import copy
import pickle
from datetime import datetime
from typing import Any

import browserbase_sessions
import pytest
import sandbase_sessions
import vercel_sessions

from tests.answers import answering, client, rows, sandbase_page
from tests.stock import StockPackages


def page_of(body: Any) -> Any:
    return client(sandbase_sessions, answering(body)).list_sessions().first_page()


def test_row_3_enums_are_open(stock: StockPackages) -> None:
    """A new status is a string, a documented one its member; stock loses the page."""
    body = sandbase_page(status="hibernating")

    first, second = page_of(body).items

    assert first.status is sandbase_sessions.models.SessionStatus.IDLE
    assert second.status == "hibernating"
    with pytest.raises(ValueError, match="hibernating"):
        stock("sandbase_sessions").read(body)


def _as_documented(document: dict[str, Any]) -> None:
    content = document["paths"]["/v2/sandboxes/sessions"]["get"]["responses"]["200"]["content"]["application/json"]
    content["schema"] = {"oneOf": [{"type": "object"}, content["schema"]]}


def test_row_4_the_page_is_the_page(stock: StockPackages) -> None:
    """The body of Vercel v2 is its page; stock, given `oneOf` as documented, never gives the page."""
    body = {"sessions": rows("vercel_sessions"), "pagination": {"count": 2, "next": None}}

    page = client(vercel_sessions, answering(body)).list_sessions().first_page()
    theirs = stock("vercel_sessions", _as_documented, "stock_one_of").read(body)

    assert [item.id for item in page.items] == ["vercel_sessions-0", "vercel_sessions-1"]
    assert type(page) is vercel_sessions.SessionPage
    assert type(theirs).__name__ != "SessionPage"
    assert not hasattr(theirs, "sessions")


def test_row_8_missing_and_null(stock: StockPackages) -> None:
    """A missing required field is named by its pointer, null for an optional is None; stock raises bare errors."""
    body = sandbase_page()
    del body["data"][1]["status"]
    row = rows("browserbase_sessions", 1, endedAt=None)[0]

    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        page_of(body)
    ours = client(browserbase_sessions, answering([row])).list_sessions().first_page()

    assert caught.value.pointer == "/data/1/status"
    assert ours.items[0].ended_at is None
    assert ours.to_list() == [row]
    with pytest.raises(KeyError):
        stock("sandbase_sessions").read(body)
    with pytest.raises(TypeError):
        stock("browserbase_sessions").read([row])


@pytest.mark.parametrize(
    ("field", "value", "stock_type"),
    [
        ("title", 7, int),
        ("agent_version", "1", str),
        ("agent_version", True, bool),
        ("created_at", "2026-05-29", datetime),
        ("archived_at", "soon", str),
    ],
)
def test_row_9_values_have_their_types(field: str, value: Any, stock_type: type, stock: StockPackages) -> None:
    """What is not of the documented type is a DecodeError at its place; stock hands it on."""
    body = sandbase_page(**{field: value})

    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        page_of(body)
    theirs = stock("sandbase_sessions").read(body).data[1]

    assert caught.value.pointer == f"/data/1/{field}"
    assert type(getattr(theirs, field)) is stock_type


def test_row_12_models_survive_copying(stock: StockPackages) -> None:
    """`==`, `repr`, `copy` and `pickle` work, and the copies give the same JSON; stock's copies are broken."""
    body = sandbase_page(created_at="2026-05-29T10:00:00.000Z", novel={"a": [1]})
    item = page_of(body).items[1]

    for copied in (copy.copy(item), copy.deepcopy(item), pickle.loads(pickle.dumps(item))):  # noqa: S301
        assert copied == item
        assert repr(copied) == repr(item)
        assert copied.to_dict() == body["data"][1]
    theirs = stock("browserbase_sessions").read(rows("browserbase_sessions", 1))[0]
    for copied in (copy.deepcopy(theirs), pickle.loads(pickle.dumps(theirs))):  # noqa: S301
        assert copied != theirs


def test_row_13_free_form_objects_are_dicts(stock: StockPackages) -> None:
    """`metadata` is a plain dict; stock's is a class that cannot even be asked for a key it lacks."""
    body = sandbase_page(metadata={"team": "search"})

    metadata = page_of(body).items[1].metadata
    theirs = stock("sandbase_sessions").read(body).data[1].metadata

    assert type(metadata) is dict
    assert metadata == {"team": "search"}
    assert not isinstance(theirs, dict)
    assert not hasattr(theirs, "get")
