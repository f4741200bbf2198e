"""The rows of the table of stock defects: each test passes on ours; `stock` shows that the stock client fails it."""

import copy
import importlib
import json
import pickle
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import browserbase_sessions
import httpx
import pytest
import sandbase_sessions
import vercel_sandboxes
import vercel_sessions
from bench.bodies import browserbase_sessions as browserbase_body
from bench.bodies import sandbase_sessions as sandbase_body
from bench.rivals import stock as stock_decoder

Answer = Callable[[httpx.Request], httpx.Response]


def client(module: Any, answer: Answer, **settings: Any) -> Any:
    """Make a client that asks a function instead of a server."""
    http = httpx.Client(transport=httpx.MockTransport(answer))
    return module.Client("t0ken", base_url="http://test.invalid", http_client=http, **({"max_retries": 0} | settings))


def answering(body: Any, status: int = 200, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(status, content=content, headers={"Content-Type": "application/json"} | headers)


def sandbase(**changes: Any) -> Any:
    page = sandbase_body(2) | {"next_page": None}
    page["data"][1] |= changes
    return page


def page_of(body: Any, **arguments: Any) -> Any:
    return client(sandbase_sessions, answering(body)).list_sessions(**arguments).first_page()


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The stock client of Sandbase: what `decode` makes of a body, and the package itself."""
    directory = tmp_path_factory.mktemp("stock")
    decode = stock_decoder("sandbase_sessions", directory)
    yield decode, importlib.import_module("stock_sandbase_sessions")
    sys.path.remove(str(directory))


def test_row_1_there_is_a_timeout(stock: Any) -> None:
    """Ten seconds by default, and another one per call; stock waits for ever."""
    seen: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        return answering(sandbase())(request)

    ours = client(sandbase_sessions, answer)
    ours.list_sessions().first_page()
    ours.list_sessions(timeout=3).first_page()

    assert seen == [10.0, 3]
    theirs = importlib.import_module("stock_sandbase_sessions.client").Client(base_url="http://test.invalid")
    assert theirs.get_httpx_client().timeout.read is None


def test_row_2_the_token_is_sent_and_never_shown(stock: Any) -> None:
    """A user's HTTP client carries it, untouched; no representation has it."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering(sandbase())(request)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    ours = sandbase_sessions.Client("t0ken", base_url="http://test.invalid", http_client=http)
    ours.list_sessions().first_page()

    assert seen[0].headers["Authorization"] == "Bearer t0ken"
    assert "Authorization" not in http.headers
    assert "t0ken" not in repr(ours) + repr(vars(ours))
    theirs = importlib.import_module("stock_sandbase_sessions.client").AuthenticatedClient(
        "http://t.invalid", token="t0ken"
    )
    assert "t0ken" in repr(theirs)


def test_row_3_enums_are_open(stock: Any) -> None:
    """A new status is a string, a documented one its member; stock loses the page."""
    body = sandbase(status="hibernating")

    first, second = page_of(body).items

    assert first.status is sandbase_sessions.models.SessionStatus.IDLE
    assert second.status == "hibernating"
    with pytest.raises(ValueError, match="hibernating"):
        stock[0](json.dumps(body).encode())


def test_row_4_the_page_is_the_page() -> None:
    """The body of Vercel v2 is its page, not a bare object."""
    listing = client(vercel_sessions, answering({"sessions": [], "pagination": {"count": 0, "next": None}}))

    assert isinstance(listing.list_sessions().first_page(), vercel_sessions.SessionPage)


def test_row_5_errors_are_raised_and_typed() -> None:
    """A 401 raises, with status, parsed body, headers and request."""
    body = {"error": {"code": "forbidden", "message": "no"}}

    with pytest.raises(vercel_sessions.errors.AuthenticationError) as caught:
        client(vercel_sessions, answering(body, 401)).list_sessions().first_page()

    error = caught.value
    assert (error.status, error.body.error.code, error.request.method) == (401, "forbidden", "GET")
    assert error.response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", [499, 520, 529, 299 + 300])
def test_row_6_any_status_is_handled(status: int) -> None:
    """A status that IANA does not list is an error like others."""
    with pytest.raises(sandbase_sessions.errors.APIStatusError) as caught:
        client(sandbase_sessions, answering(b"", status)).list_sessions().first_page()

    assert caught.value.status == status


@pytest.mark.parametrize("body", [b"<html>", b"null", b"[]", b'{"data": NaN}', b"\xff", b""])
def test_row_7_a_body_that_is_not_the_page_is_one_error(body: bytes, stock: Any) -> None:
    """DecodeError, with the response; stock raises whatever it stumbles on."""
    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        page_of(body)

    assert caught.value.response is not None
    with pytest.raises(Exception) as theirs:  # noqa: PT011 - any
        stock[0](body)
    assert type(theirs.value).__name__ != "DecodeError"


def test_row_8_missing_and_null(stock: Any) -> None:
    """A missing required field is named by its pointer; null for an optional is None."""
    body = sandbase()
    del body["data"][1]["agent_id"]
    row = browserbase_body(1)[0] | {"endedAt": None}

    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        page_of(body)
    ours = client(browserbase_sessions, answering([row])).list_sessions().first_page()

    assert caught.value.pointer == "/data/1/agent_id"
    assert ours.items[0].ended_at is None
    assert ours.to_list() == [row]
    with pytest.raises(KeyError):
        stock[0](json.dumps(body).encode())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 7),
        ("agent_version", "1"),
        ("agent_version", True),
        ("created_at", "2026-05-29"),
        ("archived_at", "soon"),
    ],
)
def test_row_9_values_have_their_types(field: str, value: Any) -> None:
    """What is not of the documented type is a DecodeError at its place."""
    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        page_of(sandbase(**{field: value}))

    assert caught.value.pointer == f"/data/1/{field}"


def test_row_10_nothing_is_sent_unasked() -> None:
    """No default goes out; integral numbers go out as integers, lists repeat, times have a zone."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.query.decode())
        return answering(sandbase())(request)

    ours = client(sandbase_sessions, answer)
    ours.list_sessions().first_page()
    when = datetime(2026, 5, 29, 10, tzinfo=UTC)
    ours.list_sessions(limit=20.0, statuses=["idle", "new"], include_archived=True, created_at_gte=when).first_page()

    assert seen == [
        "",
        "statuses=idle&statuses=new&include_archived=true&created_at_gte=2026-05-29T10%3A00%3A00Z&limit=20",
    ]


def test_row_11_the_scheme_in_the_spec_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browserbase gets its header, from the argument or the environment; without either nothing is sent."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering([])(request)

    client(browserbase_sessions, answer).list_sessions().first_page()
    monkeypatch.setenv("BROWSERBASE_API_KEY", "from-env")
    http = httpx.Client(transport=httpx.MockTransport(answer))
    browserbase_sessions.Client(http_client=http).list_sessions().first_page()
    monkeypatch.delenv("BROWSERBASE_API_KEY")

    assert [request.headers["X-BB-API-Key"] for request in seen] == ["t0ken", "from-env"]
    assert "Authorization" not in seen[0].headers
    with pytest.raises(browserbase_sessions.errors.ConfigurationError, match="BROWSERBASE_API_KEY"):
        browserbase_sessions.Client()


def test_row_12_models_survive_copying(stock: Any) -> None:
    """`==`, `repr`, `copy` and `pickle` work, and the copies give the same JSON; stock's UNSET becomes another."""
    body = sandbase(created_at="2026-05-29T10:00:00.000Z", novel={"a": [1]})
    item = page_of(body).items[1]

    for copied in (copy.copy(item), copy.deepcopy(item), pickle.loads(pickle.dumps(item))):  # noqa: S301
        assert copied == item
        assert copied.to_dict() == body["data"][1]
    types = importlib.import_module("stock_sandbase_sessions.types")
    assert copy.deepcopy(types.UNSET) is not types.UNSET


def test_row_13_free_form_objects_are_dicts(stock: Any) -> None:
    """`metadata` is a plain dict."""
    body = sandbase()

    assert type(page_of(body).items[0].metadata) is dict
    assert type(stock[0](json.dumps(body).encode()).data[0].metadata) is not dict


def test_row_14_parameters_servers_retries_and_paging() -> None:
    """Descriptions are in the docstring, the server is the default, failures are tried again, pages are walked."""
    answers = [httpx.Response(503, headers={"Retry-After": "0"})]
    answers += [httpx.Response(200, json=sandbase_body(2) | {"next_page": each}) for each in ("p2", None)]
    ours = client(sandbase_sessions, lambda _: answers.pop(0), max_retries=1)

    assert len(list(ours.list_sessions())) == 2  # the second page repeats the first: each is given once
    assert "Size of a page. The server's default is 20." in (sandbase_sessions.Client.list_sessions.__doc__ or "")
    assert repr(sandbase_sessions.Client("t")) == "<Client of https://api.sandbase.ai>"


def test_paging_that_does_not_move_on_is_an_error() -> None:
    """A cursor that comes again raises PaginationError, instead of a loop for ever."""
    ours = client(sandbase_sessions, answering(sandbase_body(2)))

    with pytest.raises(sandbase_sessions.errors.PaginationError, match="page_abc"):
        list(ours.list_sessions())


def test_one_bad_item_does_not_cost_the_others() -> None:
    """Under on_invalid="skip" the bad item is set aside with its error."""
    body = sandbase(title=7)

    page = page_of(body, on_invalid="skip")

    assert [item.id for item in page.items] == [body["data"][0]["id"]]
    assert [(each.position, each.error.pointer) for each in page.skipped] == [(1, "/data/1/title")]


def test_a_test_can_serve_items() -> None:
    """`<stem>.testing` pages as the documentation does, and a walk can be taken up again."""
    from vercel_sandboxes import testing

    row = {"createdAt": 1, "cwd": "/", "memory": 1, "region": "r", "requestedAt": 1, "runtime": "n", "status": "new"}
    rows = [row | {"id": str(number), "timeout": 1, "updatedAt": 1, "vcpus": 1} for number in range(45)]
    ours = testing.client(rows)
    first = ours.list_sandboxes().first_page()

    assert [item.id for item in ours.list_sandboxes()] == [row["id"] for row in rows]
    assert len(list(ours.list_sandboxes(resume=first.resume))) == 25
    assert isinstance(first, vercel_sandboxes.SandboxPage)
