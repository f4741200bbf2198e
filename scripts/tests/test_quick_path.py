"""Without msgspec pages are read in straight lines, and what is read is what the tolerant path reads."""

import importlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

DIGITS = st.sampled_from(["2026-05-29", "20260529", "2026-W22-5", "2026W225", "2026-02-30"])
CLOCKS = st.sampled_from(
    ["10:00:00", "10:00:00.5", "10:00:00.123", "10:00:00,123", "100000", "10:00", "10", "10:00:00."]
)
ZONES = st.sampled_from(["Z", "z", "+02:00", "+0200", "+02", "", "+02:00:00", "ZZ", "Z\n"])
TEXTS = st.builds(
    lambda day, sign, clock, zone: day + sign + clock + zone, DIGITS, st.sampled_from("Tt Z\n"), CLOCKS, ZONES
)


def is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_rfc_3339(text: str) -> bool:
    from browserbase_sessions import _times

    try:
        _times.parse_timestamp(text)
    except ValueError:
        return False
    return True


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(TEXTS.filter(is_iso), max_size=4))
def test_times_are_judged_together_as_one_by_one(texts: list[str]) -> None:
    """Of ISO 8601 texts, all are RFC 3339 exactly when each of them is."""
    from browserbase_sessions import _times

    assert _times.all_timestamps(texts) == all(is_rfc_3339(each) for each in texts)


@pytest.mark.parametrize("width", range(16, 28))
def test_a_page_of_equal_times_is_judged_as_one_of_them(width: int) -> None:
    """Times of one length are looked at in columns; whatever the length, the answer is that of one text."""
    from browserbase_sessions import _times

    for text in (f"{'2026-05-29T10:00:00.123456789'[: width - 1]}Z", "2026-W22-5T10:00:00.1234567Z"[-width:]):
        if is_iso(text):
            assert _times.all_timestamps([text] * 5) == is_rfc_3339(text), text


def session(**changes: Any) -> dict[str, Any]:
    """Give a row of `browserbase_sessions`."""
    row = dict.fromkeys(("id", "projectId", "status", "region"), "x") | {"proxyBytes": 1, "keepAlive": True}
    times = dict.fromkeys(("createdAt", "updatedAt", "startedAt", "expiresAt"), "2026-05-29T10:00:00.120Z")
    return row | times | changes


def quick(stem: str, body: Any) -> Any:
    """Read a body on the quick path alone; None where it leaves the body to the tolerant one."""
    source = importlib.import_module(f"{stem}._origin").Source(json.dumps(body).encode())
    return importlib.import_module(f"{stem}._quick").read_page(body, source)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "NEVER_HEARD_OF"},
        {"endedAt": None},
        {"endedAt": "2026-05-29T10:00:00+02:00"},
        {"notDocumented": {"a": [1]}, "alsoNot": None},
    ],
    ids=str,
)
def test_lawful_bodies_stay_on_the_quick_path(changes: dict[str, Any]) -> None:
    """Unknown fields, unknown values, undocumented nulls and other zones are read, and given back, without a detour."""
    body = [session(), session(**changes)]

    page = quick("browserbase_sessions", body)

    assert page is not None
    assert body == page.to_list()


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
def test_an_undocumented_value_is_left_to_the_tolerant_path(changes: dict[str, Any]) -> None:
    """A wrong type anywhere ends the quick path, whose caller then finds out where it is."""
    assert quick("browserbase_sessions", [session(), session(**changes)]) is None
    assert quick("browserbase_sessions", [session(), {}]) is None
    assert quick("browserbase_sessions", {"sessions": []}) is None


def test_an_object_that_forgot_its_origin_remembers_its_nulls() -> None:
    """Optional fields that came as null are written as null, in the page and in an item on its own."""
    body = {"data": [], "next_page": None}
    assert quick("sandbase_sessions", body).to_dict() == body

    row = vercel_row() | {"startedAt": None, "networkPolicy": {"mode": "x", "more": None}, "more": [1]}
    page = {"sandboxes": [row], "pagination": {"count": 1, "next": None, "prev": None, "total": 1}}
    read = quick("vercel_sandboxes", page)
    assert read.to_dict() == page
    assert read.sandboxes[0].to_dict() == row
    assert read.sandboxes[0].started_at is None


def vercel_row() -> dict[str, Any]:
    """Give a row of `vercel_sandboxes`."""
    row: dict[str, Any] = dict.fromkeys(("memory", "vcpus", "timeout", "requestedAt", "createdAt", "updatedAt"), 1)
    return row | dict.fromkeys(("id", "region", "runtime", "status", "cwd"), "x")


def test_what_is_read_is_not_what_was_parsed() -> None:
    """Changing what to_dict gave changes neither the object nor what it gives the next time."""
    row = vercel_row() | {"more": [1], "startedAt": None}
    body = {"sandboxes": [row], "pagination": {"count": 1, "next": None, "prev": None, "total": 1}}
    item = quick("vercel_sandboxes", body).sandboxes[0]

    item.to_dict()["more"].append(2)

    assert item.to_dict()["more"] == [1]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf[]", "[]".encode("utf-16"), b" [] "], ids=["bom", "utf-16", "space"])
def test_json_is_read_in_every_encoding_that_json_has(content: bytes) -> None:
    """A byte order mark and UTF-16 are read, as json.loads reads them."""
    assert decode(content).items == []


@pytest.mark.parametrize("content", [b"[NaN]", b"[", b"\xff", b"[] []", b""])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    """NaN, cut-off bodies and bytes that are no text are a DecodeError."""
    from browserbase_sessions.errors import DecodeError

    with pytest.raises(DecodeError, match="a JSON document"):
        decode(content)


def decode(content: bytes) -> Any:
    """Decode a body of `browserbase_sessions` without msgspec."""
    from browserbase_sessions import SessionPage, _decode, _documented, types

    response = types.Response(200, types.Headers(), content, 0.0, types.Request("GET", ""))
    plain = _documented.readers()._replace(from_bytes=None)
    return _decode.decode_page(SessionPage, _documented.OPERATION, response, fast=plain, on_invalid="raise")


def test_times_differ_by_a_microsecond_at_most_between_paths() -> None:
    """Both ways read a time alike, to the microsecond that msgspec rounds and the standard library cuts."""
    from browserbase_sessions import _fast

    body = [session(createdAt="2026-05-29T10:00:00.1234569Z")]
    fast = _fast.read_page(json.dumps(body).encode())
    plain = quick("browserbase_sessions", body)

    assert fast is not None
    assert abs(fast.items[0].created_at - plain.items[0].created_at) <= timedelta(microseconds=1)
