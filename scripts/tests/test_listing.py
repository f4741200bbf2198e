"""How listings walk, and what becomes of items that are not what the documentation says."""

import asyncio
from typing import Any

import browserbase_sessions
import httpx
import pytest
import sandbase_sessions

from tests.answers import Answer, answering, async_client, client, in_turn, noting, rows, sandbase_page

ROWS = rows("sandbase_sessions", 6)


def pages(*changes: dict[str, Any]) -> Answer:
    """Serve three pages of two sessions; the second one of each is changed."""
    bodies = [
        {
            "data": [ROWS[2 * number], ROWS[2 * number + 1] | change],
            "next_page": f"page_{number}" if number < 2 else None,
        }
        for number, change in enumerate(changes)
    ]
    return in_turn(*(httpx.Response(200, json=body) for body in bodies))


def test_nothing_is_sent_before_it_is_used() -> None:
    """Making a listing asks nothing; an iterator fetches a page when its items are due."""
    seen: list[httpx.Request] = []
    walk = iter(client(sandbase_sessions, noting(seen, pages({}, {}, {}))).list_sessions())

    assert len(seen) == 0
    first = next(walk)
    assert (first.id, len(seen)) == (ROWS[0]["id"], 1)


def test_max_pages_bounds_the_walk() -> None:
    """The last page fetched says where to go on."""
    listing = client(sandbase_sessions, pages({}, {}, {})).list_sessions(max_pages=2)

    found = list(listing.pages())

    assert [page.resume for page in found] == [{"page": "page_0"}, {"page": "page_1"}]


def test_an_empty_page_with_a_cursor_goes_on() -> None:
    """Only the cursor ends a walk."""
    bodies = ({"data": [], "next_page": "a"}, {"data": [], "next_page": "b"}, sandbase_page())
    listing = client(sandbase_sessions, in_turn(*(httpx.Response(200, json=each) for each in bodies))).list_sessions()

    assert len(list(listing)) == 2


def test_an_item_at_a_page_boundary_is_given_once() -> None:
    """An item that the next page repeats is left out of items, and stays on its page."""
    again = {"data": [ROWS[1], ROWS[2]], "next_page": None}
    answers = [{"data": ROWS[:2], "next_page": "a"}, again]

    def listing() -> Any:
        return client(sandbase_sessions, in_turn(*(httpx.Response(200, json=each) for each in answers))).list_sessions()

    assert [item.id for item in listing()] == [row["id"] for row in ROWS[:3]]
    assert [len(page.items) for page in listing().pages()] == [2, 2]


def test_paging_that_does_not_move_on_is_an_error() -> None:
    """A cursor that comes again raises PaginationError, instead of a loop for ever."""
    ours = client(sandbase_sessions, answering(sandbase_page("page_abc")))

    with pytest.raises(sandbase_sessions.errors.PaginationError, match="page_abc"):
        list(ours.list_sessions())


def test_a_bad_item_ends_the_walk_by_default() -> None:
    """The items of the pages before were given; the error has place and response."""
    given: list[str] = []

    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        given.extend(item.id for item in client(sandbase_sessions, pages({}, {"title": 7}, {})).list_sessions())

    assert caught.value.pointer == "/data/1/title"
    assert given == [ROWS[0]["id"], ROWS[1]["id"]]


def test_a_bad_item_can_be_skipped() -> None:
    """All others are given; the skipped ones are counted, with place, value and error."""
    listing = client(sandbase_sessions, pages({"title": 7}, {}, {"status": None})).list_sessions(on_invalid="skip")

    found = [item.id for item in listing]

    assert found == [ROWS[index]["id"] for index in (0, 2, 3, 4)]
    assert [(each.position, each.value["id"], each.error.pointer) for each in listing.skipped] == [
        (1, ROWS[1]["id"], "/data/1/title"),
        (1, ROWS[5]["id"], "/data/1/status"),
    ]
    assert all(each.error.response is not None for each in listing.skipped)


def test_a_bad_item_can_be_skipped_in_async_walks() -> None:
    """By items and by pages; each walk counts anew."""

    async def walk() -> tuple[list[str], int, list[int], int]:
        ours = async_client(sandbase_sessions, pages({"title": 7}, {}, {"status": None}))
        listing = ours.list_sessions(on_invalid="skip")
        items = [item.id async for item in listing]
        again = async_client(sandbase_sessions, pages({}, {"title": 7}, {})).list_sessions(on_invalid="skip")
        return items, len(listing.skipped), [len(page.skipped) async for page in again.pages()], len(again.skipped)

    assert asyncio.run(walk()) == ([ROWS[index]["id"] for index in (0, 2, 3, 4)], 2, [0, 1, 0], 1)


def test_skipping_counts_anew_with_each_walk() -> None:
    """`.skipped` is of the latest walk."""
    body = [*rows("browserbase_sessions", 2), {"id": 7}, "no object"]
    listing = client(browserbase_sessions, answering(body)).list_sessions(on_invalid="skip")

    assert [len(list(listing)), len(list(listing))] == [2, 2]
    assert [each.error.pointer for each in listing.skipped] == ["/2/id", "/3"]


def test_skipping_does_not_hide_a_page_that_is_none() -> None:
    """Only items can be set aside: a bad field beside them is an error still."""
    for body in ({"data": ROWS[:1], "next_page": 7}, {"data": {}}, [], {}):
        with pytest.raises(sandbase_sessions.errors.DecodeError):
            client(sandbase_sessions, answering(body)).list_sessions(on_invalid="skip").first_page()
