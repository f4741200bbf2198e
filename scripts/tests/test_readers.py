"""Two readers: the fast one takes what is exactly as documented, the tolerant one all else, and both read alike."""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from browserbase_sessions.errors import DecodeError

from tests.readers import decode, fast, written


def session(**changes: Any) -> dict[str, Any]:
    """Give a row of `browserbase_sessions`."""
    row = dict.fromkeys(("id", "projectId", "status", "region"), "x") | {"proxyBytes": 1, "keepAlive": True}
    times = dict.fromkeys(("createdAt", "updatedAt", "startedAt", "expiresAt"), "2026-05-29T10:00:00.120Z")
    return row | times | changes


@pytest.mark.parametrize(
    ("changes", "is_fast"),
    [
        ({}, True),
        ({"status": "NEVER_HEARD_OF"}, True),
        ({"endedAt": "2026-05-29T10:00:00+02:00"}, True),
        ({"endedAt": None}, True),
        ({"notDocumented": {"a": [1]}, "alsoNot": None}, True),
        ({"proxyBytes": 1.0}, False),
    ],
    ids=str,
)
def test_lawful_bodies_are_read_and_given_back(changes: dict[str, Any], *, is_fast: bool) -> None:
    """Unknown fields and undocumented nulls cost neither the fast reader nor data; other shapes of a number only the first."""
    body = [session(), session(**changes)]

    assert (fast("browserbase_sessions", body) is not None) == is_fast
    for by_fast in (True, False):
        assert body == written(decode("browserbase_sessions", json.dumps(body).encode(), fast=by_fast))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 1},
        {"id": None},
        {"proxyBytes": True},
        {"proxyBytes": 1.5},
        {"keepAlive": 1},
        {"status": 1},
        {"createdAt": "2026-05-29"},
        {"createdAt": "2026-05-29T10:00:00"},
        {"createdAt": "20260529T100000Z"},
        {"createdAt": 1},
        {"endedAt": "2026-02-30T10:00:00Z"},
        {"userMetadata": []},
    ],
    ids=str,
)
def test_an_undocumented_value_is_named(changes: dict[str, Any]) -> None:
    """A wrong type anywhere is left by the fast reader to the tolerant one, which says where it is."""
    body = [session(), session(**changes)]

    assert fast("browserbase_sessions", body) is None
    with pytest.raises(DecodeError) as caught:
        decode("browserbase_sessions", json.dumps(body).encode())
    assert caught.value.pointer == f"/1/{next(iter(changes))}"


@pytest.mark.parametrize(("body", "pointer"), [([session(), {}], "/1/id"), ({"sessions": []}, "")], ids=["{}", "page"])
def test_a_body_of_another_form_is_named(body: Any, pointer: str) -> None:
    """An item without its fields, and an object where an array is documented."""
    assert fast("browserbase_sessions", body) is None
    with pytest.raises(DecodeError) as caught:
        decode("browserbase_sessions", json.dumps(body).encode())
    assert caught.value.pointer.startswith(pointer)


def vercel_page(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a row of `vercel_sandboxes`, and the page that it is alone on."""
    row: dict[str, Any] = dict.fromkeys(("memory", "vcpus", "timeout", "requestedAt", "createdAt", "updatedAt"), 1)
    row |= dict.fromkeys(("id", "region", "runtime", "status", "cwd"), "x") | changes
    return row, {"sandboxes": [row], "pagination": {"count": 1, "next": None, "prev": None, "total": 1}}


def test_nulls_are_remembered() -> None:
    """Optional fields that came as null are written as null, in the page and in an item on its own."""
    row, body = vercel_page(startedAt=None, networkPolicy={"mode": "x", "more": None}, more=[1])
    page = decode("vercel_sandboxes", json.dumps(body).encode())

    assert written(page) == body
    assert page.sandboxes[0].to_dict() == row
    assert page.sandboxes[0].started_at is None
    empty = {"data": [], "next_page": None}
    assert empty == written(decode("sandbase_sessions", json.dumps(empty).encode()))


def test_what_is_given_back_is_a_copy() -> None:
    """Changing what to_dict gave changes neither the object nor what it gives the next time."""
    _, body = vercel_page(more=[1], startedAt=None)
    item = decode("vercel_sandboxes", json.dumps(body).encode()).sandboxes[0]

    item.to_dict()["more"].append(2)

    assert item.to_dict()["more"] == [1]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf[]", "[]".encode("utf-16"), b" [] "], ids=["bom", "utf-16", "space"])
def test_json_is_read_in_every_encoding_that_json_has(content: bytes) -> None:
    """A byte order mark and UTF-16 are read, as json.loads reads them."""
    for by_fast in (True, False):
        assert decode("browserbase_sessions", content, fast=by_fast).items == []


@pytest.mark.parametrize("content", [b"[NaN]", b"[", b"\xff", b"[] []", b""])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    """NaN, cut-off bodies and bytes that are no text are a DecodeError."""
    for by_fast in (True, False):
        with pytest.raises(DecodeError, match="a JSON document"):
            decode("browserbase_sessions", content, fast=by_fast)


DAYS = ("2026-05-29", "20260529", "2026-W22-5", "2026-02-30")
CLOCKS = ("T10:00:00", "t10:00:00.5", " 10:00:00.123456", "T10:00:00,5", "T1000", "T10", "\n10:00:00")
ZONES = ("Z", "z", "+02:00", "+0200", "+02", "", "Z\n")


@pytest.mark.parametrize("day", DAYS)
def test_both_readers_know_the_same_times(day: str) -> None:
    """What the fast one takes the tolerant one takes, and reads as the same time; neither takes a time without a zone."""
    for clock, zone in product(CLOCKS, ZONES):
        body = [session(createdAt=day + clock + zone)]
        read = fast("browserbase_sessions", body)
        tolerant = None
        with suppress(DecodeError):
            tolerant = decode("browserbase_sessions", json.dumps(body).encode(), fast=False)

        assert read is None or read == tolerant, (clock, zone)
        assert zone or (read, tolerant) == (None, None), clock


def test_times_differ_by_a_microsecond_at_most_between_readers() -> None:
    """Both read a time alike, to the microsecond that msgspec rounds and the standard library cuts."""
    content = json.dumps([session(createdAt="2026-05-29T10:00:00.1234569Z")]).encode()
    first, second = (decode("browserbase_sessions", content, fast=by_fast).items[0] for by_fast in (True, False))

    assert abs(first.created_at - second.created_at) <= timedelta(microseconds=1)
