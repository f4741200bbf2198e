"""A typo is never silent: what means nothing is refused where it is given, and nothing is sent."""

import importlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import sandbase_sessions
from listing_runtime.errors import ConfigurationError, InvalidArgumentError

from tests.answers import STEMS, URL, answering, client, known, listing, noting, sandbase_page

SETTINGS: dict[str, list[Any]] = {
    "timeout": [None, "5", httpx.Timeout(5), -1, 0, float("inf"), float("nan"), 1e10, True, Decimal(5)],
    "max_retries": [-1, None, 1.5, "2", True],
    "max_body_bytes": [None, 0, -1, "1"],
    "base_url": ["", " ", "ftp://a.invalid", "http://", "http://xn--", "a.invalid", b"http://a", httpx.URL(URL)],
    "base_url ": ["http://a.invalid:0", "http://a b", "http://a.invalid?x=1", "http://a.invalid#x", "http://a..b", 5],
    "token": [123, b"tok", ["tok"], "to\nk", "tök", "to\x00k"],
    "scheme": ["", "beare", 5],
    "http_client": [5, httpx.Client, httpx.AsyncClient(), object()],
    "record": [5, b"a", object()],
    "default_headers": ["a", {"a b": "c"}, {"a": 5}, {5: "a"}, {"a": "b\n"}, {"": "a"}, [("a", "b")]],
    "default_query": ["a", {"a": object()}, {5: "a"}, {"": "a"}, {"a": float("nan")}, {"a": b"x"}],
}
ARGUMENTS: dict[str, list[Any]] = {
    "on_invalid": ["rasie", None, True, "", "SKIP", 1],
    "max_pages": [-1, 1.5, "1", True],
    "max_items": [-1, 1.5, "1", True],
    "prefetch": [-1, 2, "1", None, True],
    "timeout": ["5", -1, float("nan"), httpx.Timeout(5)],
    "max_retries": [-1, "1", 1.5],
    "resume": [{}, {"cursor": "4"}, {"pagee": "4"}, {"page": None}, {"page": ""}, {"page": "a", "b": 1}, "a", 5, []],
    "extra_query": ["a", {"limit": 5}, {"a": object()}, {"a": {"b": 1}}, {"a": b"b"}],
    "extra_headers": ["a", {"a": None}, {"a": "b\r\nc: d"}],
    "limit": [0, -1, 0.0, "0", "ten", "", True, float("nan"), [1, 2], b"5", object()],
    "agent_id": [b"a", ["a"], {"a": 1}, object(), float("inf"), "\ud800"],
    "created_at_gte": [datetime(2026, 1, 1)],  # noqa: DTZ001 - without a zone is the point
    "statuses": [[b"idle"], [object()], {"idle": 1}, [["idle"]]],
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_refused_by_the_constructor(name: str) -> None:
    """By name, sync and async where it is the same for both; no value of a token is told."""
    for value in SETTINGS[name]:
        with pytest.raises(ConfigurationError) as caught:
            sandbase_sessions.Client(**({"token": "t0ken"} | {name.strip(): value}))
        if name != "token":
            told = "base URL" if name.strip() == "base_url" else name
            assert told in str(caught.value)
    assert sandbase_sessions.Client("t0ken", timeout=5, max_retries=0)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_are_refused_by_the_call(name: str) -> None:
    """Before the first page is asked for, by name; nothing goes out."""
    seen: list[httpx.Request] = []
    ours = client(sandbase_sessions, noting(seen, answering(sandbase_page())))

    for value in ARGUMENTS[name]:
        given = {name: value} | ({"limit": 9} if value == {"limit": 5} else {})
        with pytest.raises(InvalidArgumentError, match=name):
            ours.list_sessions(**given)
    assert seen == []


def test_an_async_client_is_no_place_for_a_waiting_one() -> None:
    """Nor the other way round."""
    for package, wrong in (("Client", httpx.AsyncClient()), ("AsyncClient", httpx.Client())):
        with pytest.raises(InvalidArgumentError, match="http_client"):
            getattr(sandbase_sessions, package)("t0ken", http_client=wrong)


@pytest.mark.parametrize("stem", STEMS)
def test_where_a_walk_goes_on_is_of_its_own_listing(stem: str) -> None:
    """A page's `.resume` is not taken by another listing, even where its keys are called the same."""
    package: Any = importlib.import_module(stem)
    operation = known(stem)
    foreign = [key for other in STEMS for key in known(other).links if key not in operation.links]

    with package.testing.client([]) as ours:
        for key in [*foreign, "curser"]:
            with pytest.raises(InvalidArgumentError, match="resume"):
                listing(ours, stem, resume={key: "4"})
        for given in (dict.fromkeys(operation.links), {}):
            with pytest.raises(InvalidArgumentError, match="resume"):
                listing(ours, stem, resume=given)
        point: Mapping[str, Any] = _Elsewhere(dict.fromkeys(operation.links, "4"))
        if operation.links:
            with pytest.raises(InvalidArgumentError, match="resume"):
                listing(ours, stem, resume=point)


class _Elsewhere(dict[str, Any]):
    package = "another_listing"


def test_blanks_around_a_token_are_no_part_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A mounted secret ends in a line break; from the argument and from the environment."""
    seen: list[httpx.Request] = []
    for token in ("t0ken\n", " t0ken", "t0ken\r\n", "\tt0ken \n"):
        http = httpx.Client(transport=httpx.MockTransport(noting(seen, answering(sandbase_page()))))
        sandbase_sessions.Client(token, base_url=URL, http_client=http).list_sessions().first_page()
        monkeypatch.setenv("SANDBASE_API_KEY", token)
        sandbase_sessions.Client(base_url=URL, http_client=http).list_sessions().first_page()
    assert {request.headers["Authorization"] for request in seen} == {"Bearer t0ken"}


def test_the_environment_names_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no `base_url=` is given; a variable that is empty does not mean production."""
    monkeypatch.setenv("SANDBASE_SESSIONS_BASE_URL", "http://staging.invalid/api/\n")
    assert repr(sandbase_sessions.Client("t")) == "<Client of http://staging.invalid/api>"
    assert repr(sandbase_sessions.Client("t", base_url=URL)) == f"<Client of {URL}>"
    monkeypatch.setenv("SANDBASE_SESSIONS_BASE_URL", "")
    with pytest.raises(ConfigurationError, match="SANDBASE_SESSIONS_BASE_URL"):
        sandbase_sessions.Client("t")


def test_any_documented_scheme_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name or kind, or by whose variable is set."""
    package: Any = importlib.import_module("instavm_sandboxes")
    seen: list[httpx.Request] = []

    def asked(**settings: Any) -> Mapping[str, str]:
        http = httpx.Client(transport=httpx.MockTransport(noting(seen, answering([]))))
        package.Client(base_url=URL, http_client=http, **settings).list_sandboxes().first_page()
        return seen[-1].headers

    for each in known("instavm_sandboxes").schemes:
        for name in (each.title, each.title.upper(), each.kind):
            headers = asked(token="t0ken", scheme=name)
            assert headers[each.name].endswith("t0ken")
        assert sum("t0ken" in value for value in headers.values()) == 1
    assert {each.kind for each in known("instavm_sandboxes").schemes} == {"header", "bearer"}
    for each in known("instavm_sandboxes").schemes:
        monkeypatch.delenv(str(each.variable), raising=False)
    with pytest.raises(ConfigurationError, match="INSTAVM_TOKEN or INSTAVM_API_KEY"):
        package.Client()


def test_times_are_checked_where_they_are_given() -> None:
    """With a zone they go out; see what is sent elsewhere."""
    ours = client(sandbase_sessions, answering(sandbase_page()))

    assert ours.list_sessions(created_at_gte=datetime(2026, 1, 1, tzinfo=UTC)).first_page().items
