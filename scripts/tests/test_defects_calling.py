"""Rows 1, 2, 10, 11 and 14 of the table of stock defects: what is sent, where to, how long, how often."""

from datetime import UTC, datetime
from typing import Any

import browserbase_sessions
import httpx
import pytest
import sandbase_sessions
import vercel_sandboxes

from tests.answers import URL, answering, client, in_turn, noting, rows, sandbase_page
from tests.stock import StockPackages


def test_row_1_there_is_a_timeout(stock: StockPackages) -> None:
    """Ten seconds by default, another per client and per call; stock waits for ever."""
    seen: list[httpx.Request] = []
    answer = noting(seen, answering(sandbase_page()))

    client(sandbase_sessions, answer).list_sessions().first_page()
    client(sandbase_sessions, answer, timeout=4).list_sessions().first_page()
    client(sandbase_sessions, answer).list_sessions(timeout=3).first_page()
    stock("sandbase_sessions").sync(answer)

    assert [request.extensions["timeout"]["read"] for request in seen] == [10.0, 4, 3, None]


def test_row_2_the_token_is_sent_and_never_shown(stock: StockPackages) -> None:
    """A user's HTTP client carries it, untouched; no representation has it. Stock fails in all three."""
    seen: list[httpx.Request] = []
    given = httpx.Client(base_url=URL, transport=httpx.MockTransport(noting(seen, answering(sandbase_page()))))
    headers: dict[str, str] = {}
    package = stock("sandbase_sessions")
    theirs = package.module(".client").AuthenticatedClient(URL, token="t0ken", headers=headers)

    ours = sandbase_sessions.Client("t0ken", base_url=URL, http_client=given)
    ours.list_sessions().first_page()
    theirs.get_httpx_client()
    theirs.set_httpx_client(given)
    package.operation.sync(client=theirs)

    assert [request.headers.get("Authorization") for request in seen] == ["Bearer t0ken", None]
    assert "Authorization" not in given.headers
    assert "t0ken" not in repr(ours) + repr(vars(ours))
    assert "t0ken" in repr(theirs)
    assert headers == {"Authorization": "Bearer t0ken"}


def test_row_10_nothing_is_sent_unasked(stock: StockPackages) -> None:
    """No default goes out, integral numbers go out as integers; stock sends defaults, and numbers as floats."""
    seen: list[httpx.Request] = []
    answer = noting(seen, answering(sandbase_page()))
    when = datetime(2026, 5, 29, 10, tzinfo=UTC)
    ours = client(sandbase_sessions, answer)
    ours.list_sessions().first_page()
    ours.list_sessions(limit=20.0, statuses=["idle", "new"], include_archived=True, created_at_gte=when).first_page()
    stock("sandbase_sessions").sync(answer)
    stock("vercel_sandboxes", _numbers_as_documented, "stock_numbers").sync(answer, since=1750344501629.0)

    assert [request.url.query.decode() for request in seen] == [
        "",
        "statuses=idle&statuses=new&include_archived=true&created_at_gte=2026-05-29T10%3A00%3A00Z&limit=20",
        "include_archived=false&limit=20",
        "limit=20.0&since=1750344501629.0",
    ]


def _numbers_as_documented(document: dict[str, Any]) -> None:
    for parameter in document["paths"]["/v1/sandboxes"]["get"]["parameters"]:
        if parameter["name"] in {"limit", "since", "until"}:
            parameter["schema"] = {"type": "number"} | ({"default": 20} if parameter["name"] == "limit" else {})
    document["paths"]["/v1/sandboxes"]["get"]["responses"]["200"].pop("content")
    described = {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}
    document["paths"]["/v1/sandboxes"]["get"]["responses"]["400"] = described


def test_row_11_the_scheme_in_the_spec_decides(monkeypatch: pytest.MonkeyPatch, stock: StockPackages) -> None:
    """The API key goes into its header, from the argument or the environment; stock sends a bearer token."""
    seen: list[httpx.Request] = []
    answer = noting(seen, answering([]))
    monkeypatch.setenv("BROWSERBASE_API_KEY", "from-env")

    client(browserbase_sessions, answer).list_sessions().first_page()
    http = httpx.Client(transport=httpx.MockTransport(answer))
    browserbase_sessions.Client(http_client=http).list_sessions().first_page()
    stock("browserbase_sessions").sync(answer)

    assert [request.headers.get("X-BB-API-Key") for request in seen] == ["t0ken", "from-env", None]
    assert [request.headers.get("Authorization") for request in seen] == [None, None, "Bearer t0ken"]


def test_row_11_without_a_credential_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable; an empty or unprintable credential is none."""
    monkeypatch.delenv("BROWSERBASE_API_KEY", raising=False)

    for token in (None, "", " "):
        with pytest.raises(browserbase_sessions.errors.ConfigurationError, match="BROWSERBASE_API_KEY"):
            browserbase_sessions.Client(token)
    with pytest.raises(browserbase_sessions.errors.ConfigurationError) as caught:
        browserbase_sessions.Client("t0k\nen")
    assert "t0k" not in str(caught.value)


def test_row_14_failures_are_tried_again_and_pages_walked(stock: StockPackages) -> None:
    """A 503 costs one more request and the walk goes on; stock makes None of it, and knows no second page."""
    responses = [
        httpx.Response(503, headers={"Retry-After": "0"}),
        httpx.Response(200, json=sandbase_page("page_2")),
        httpx.Response(200, json=sandbase_page() | {"data": rows("sandbase_sessions", 4)[2:]}),
    ]

    found = [item.id for item in client(sandbase_sessions, in_turn(*responses), max_retries=1).list_sessions()]

    assert found == [f"sandbase_sessions-{index}" for index in range(4)]
    assert stock("sandbase_sessions").sync(in_turn(*responses)) is None
    assert len(stock("sandbase_sessions").sync(in_turn(*responses[1:])).data) == 2


def test_row_14_descriptions_and_servers_are_used(stock: StockPackages) -> None:
    """Parameters are described, the spec's server is the default; stock drops the one and ignores the other."""
    description = "The most sandboxes that one page may hold."
    theirs = stock("vercel_sandboxes")

    assert description in (vercel_sandboxes.Client.list_sandboxes.__doc__ or "")
    assert repr(vercel_sandboxes.Client("t")) == "<Client of https://api.vercel.com>"
    assert description not in theirs.operation.sync.__doc__
    with pytest.raises(TypeError, match="base_url"):
        theirs.module(".client").AuthenticatedClient(token="t0ken")
