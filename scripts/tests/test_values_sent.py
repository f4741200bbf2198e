"""Values go out as the documentation has them, and never as Python shows them."""

import collections
import enum
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import browserbase_sessions
import httpx
import instavm_sandboxes
import pytest
import sandbase_sessions
import vercel_sandboxes
import vercel_sessions
from sandbase_sessions.models import SessionStatus

from tests.answers import answering, client, noting, sandbase_page

WHEN = datetime(2026, 1, 1, 1, 0, 0, 5000, tzinfo=timezone(timedelta(hours=1)))


class Mine(str, enum.Enum):  # noqa: UP042 - as many still write it
    """An enum of the user's own, whose members are texts."""

    RUNNING = "running"


class Plain(enum.Enum):
    """An enum of the user's own, whose members are none."""

    RUNNING = "running"


class Text(str):
    """A text that shows itself otherwise."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not this"


class Size(enum.IntEnum):
    """A number with a name."""

    SMALL = 3


def many(*values: Any) -> list[Any]:
    """Give the same values as each kind of collection."""
    return [
        list(values),
        tuple(values),
        collections.deque(values),
        dict.fromkeys(values).keys(),
        (value for value in values),
        iter(values),
        filter(None, values),
        dict(enumerate(values)).values(),
    ]


STATUSES = "statuses=idle&statuses=running"
SENT: list[tuple[Any, dict[str, Any], str]] = [
    *((sandbase_sessions, {"statuses": each}, STATUSES) for each in many("idle", "running")),
    (sandbase_sessions, {"statuses": frozenset({"idle"})}, "statuses=idle"),
    (sandbase_sessions, {"statuses": [Mine.RUNNING, Plain.RUNNING]}, "statuses=running&statuses=running"),
    (sandbase_sessions, {"statuses": [SessionStatus.IDLE, Text("running")]}, STATUSES),
    (sandbase_sessions, {"statuses": "idle"}, "statuses=idle"),
    (sandbase_sessions, {"statuses": []}, ""),
    (sandbase_sessions, {"agent_id": Text("a b")}, "agent_id=a b"),
    (sandbase_sessions, {"agent_id": UUID(int=5)}, "agent_id=00000000-0000-0000-0000-000000000005"),
    (sandbase_sessions, {"limit": Size.SMALL}, "limit=3"),
    (sandbase_sessions, {"limit": 20.0}, "limit=20"),
    (sandbase_sessions, {"limit": Decimal("20.50")}, "limit=20.50"),
    (sandbase_sessions, {"include_archived": False}, "include_archived=false"),
    (sandbase_sessions, {"created_at_gte": WHEN}, "created_at_gte=2026-01-01T01:00:00.005000+01:00"),
    (
        sandbase_sessions,
        {"created_at_gte": datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=30)))},
        "created_at_gte=2025-12-31T23:59:30Z",
    ),
    (sandbase_sessions, {"created_at_gte": "2026-01-01T00:00:00Z"}, "created_at_gte=2026-01-01T00:00:00Z"),
    (vercel_sandboxes, {"since": WHEN}, "since=1767225600005"),
    (vercel_sandboxes, {"since": datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)}, "since=-1000"),
    (vercel_sandboxes, {"since": 1_767_225_600_000}, "since=1767225600000"),
    (instavm_sandboxes, {"metadata": {"team": "ä", "on": True}}, 'metadata={"team":"ä","on":true}'),
    (instavm_sandboxes, {"metadata": collections.OrderedDict(at=date(2026, 1, 1))}, 'metadata={"at":"2026-01-01"}'),
    (instavm_sandboxes, {"metadata": '{"team": "a"}'}, 'metadata={"team": "a"}'),
    (browserbase_sessions, {"q": "user_metadata['a']:'b'"}, "q=user_metadata['a']:'b'"),
    (vercel_sessions, {"extra_query": {"a": None, "b": [1, 2], "c": True, "d": ()}}, "b=1&b=2&c=true"),
    (vercel_sessions, {"sort_order": "asc", "extra_query": {"limit": 5}}, "sortOrder=asc&limit=5"),
]


@pytest.mark.parametrize(("package", "arguments", "sent"), SENT, ids=range(len(SENT)))
def test_values_are_written_as_documented(package: Any, arguments: dict[str, Any], sent: str) -> None:
    """The query, decoded."""
    seen: list[httpx.Request] = []
    body = {"sandboxes": [], "sessions": [], "data": [], "pagination": {"count": 0, "next": None, "prev": None}}
    body["pagination"] |= {"total": 0} if package is vercel_sandboxes else {}
    bare = package in {instavm_sandboxes, browserbase_sessions}
    ours = client(package, noting(seen, answering([] if bare else body)))
    call = getattr(ours, type(ours).__operation__.name)

    call(**arguments).first_page()

    assert unquote(seen[0].url.query.decode()) == sent


def test_nothing_is_sent_twice() -> None:
    """What an argument, a cursor or a call says goes before what every call adds."""
    seen: list[httpx.Request] = []
    answer = noting(seen, lambda request: httpx.Response(200, json=sandbase_page(_next(request))))
    ours = client(sandbase_sessions, answer, default_query={"limit": 7, "team": "a"}, default_headers={"X-A": "1"})

    list(ours.list_sessions(limit=9, extra_query={"page": "start", "team": "b"}, extra_headers={"x-a": "2"}))
    ours.with_options(default_query={"team": "c"}).list_sessions().first_page()

    queries = [unquote(request.url.query.decode()) for request in seen]
    assert queries == ["limit=9&page=start&team=b", "limit=9&page=p2&team=b", "limit=7&team=c"]
    assert [request.headers.get_list("x-a") for request in seen] == [["2"], ["2"], ["1"]]


def _next(request: httpx.Request) -> str | None:
    return "p2" if request.url.params.get("page") == "start" else None


def test_a_server_knows_who_asks() -> None:
    """Package and version; a user's own name, of a client or of a call, goes before ours."""
    seen: list[httpx.Request] = []
    answer = noting(seen, answering(sandbase_page()))
    mine = httpx.Client(transport=httpx.MockTransport(answer), headers={"User-Agent": "mine/1"})

    client(sandbase_sessions, answer).list_sessions().first_page()
    client(sandbase_sessions, answer).list_sessions(extra_headers={"user-agent": "other/2"}).first_page()
    sandbase_sessions.Client("t", http_client=mine).list_sessions().first_page()

    agents = [request.headers["user-agent"] for request in seen]
    assert agents[0].startswith(f"sandbase_sessions/{sandbase_sessions.__version__} listing-runtime/")
    assert agents[1:] == ["other/2", "mine/1"]
