"""What a call does around its request: retries, waits, log lines, spans, hooks, closing, sharing."""

import asyncio
import importlib
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
import sandbase_sessions
from sandbase_sessions import _retries, _transport, errors

from tests.answers import STEMS, URL, answering, async_client, client, in_turn, noting, rows, sandbase_page



def page() -> httpx.Response:
    return httpx.Response(200, json=sandbase_page())


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that were asked for; nobody waits."""
    slept: list[float] = []
    monkeypatch.setattr(_transport.time, "sleep", slept.append)
    return slept


def refusal(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("failure", [408, 429, 500, 502, 503, 504, httpx.ConnectError("no"), httpx.ReadTimeout("late")])
def test_what_may_pass_is_tried_again(failure: Any, waits: list[float]) -> None:
    """Two retries by default, then success."""
    failures = [refusal(failure) if isinstance(failure, int) else failure for _ in range(2)]
    found = client(sandbase_sessions, in_turn(*failures, page()), max_retries=2).list_sessions().first_page()

    assert (len(found.items), len(waits)) == (2, 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 501, 301])
def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    """One request, one error."""
    seen: list[httpx.Request] = []

    with pytest.raises(errors.APIStatusError):
        client(sandbase_sessions, noting(seen, answering({}, status)), max_retries=5).list_sessions().first_page()

    assert len(seen) == 1


def test_retry_after_in_seconds_is_obeyed(waits: list[float]) -> None:
    """The server's number goes before our backoff."""
    client(sandbase_sessions, in_turn(refusal(429, Retry_After="7"), page()), max_retries=1).list_sessions().first_page()

    assert waits == [0.0, 7.0]


def test_retry_after_as_a_date_is_obeyed(waits: list[float]) -> None:
    """An HTTP date is a wait until then; one that has passed is none."""
    for ahead in (20, -20):
        refused = refusal(503, Retry_After=formatdate(time.time() + ahead, usegmt=True))
        client(sandbase_sessions, in_turn(refused, page()), max_retries=1).list_sessions().first_page()

    assert 15 < waits[1] <= 20
    assert waits[3] == 0.0


@pytest.mark.parametrize("value", ["soon", "-1", "1e9", "٣", ""])
def test_a_senseless_retry_after_is_ignored(value: str) -> None:
    """Backoff is used instead."""
    assert _retries.retry_after({"retry-after": value}) is None


def test_a_wait_that_is_too_long_is_not_begun(waits: list[float]) -> None:
    """A server that asks for more than the cap gets no second request; the error says what it asked for."""
    with pytest.raises(errors.RateLimitError) as caught:
        client(sandbase_sessions, answering({}, 429, **{"Retry-After": "3600"}), max_retries=5).list_sessions().first_page()

    assert caught.value.retry_after == 3600.0
    assert waits == [0.0]


def test_backoff_grows_and_is_capped() -> None:
    """Waits are drawn between nothing and a bound that doubles up to its cap; together they stay under another."""
    drawn = [[_retries.Retries(99).wait(attempt, 0.0, None) or 0.0 for _ in range(300)] for attempt in range(12)]

    assert all(0 <= each <= min(8.0, 0.5 * 2**attempt) for attempt, waits in enumerate(drawn) for each in waits)
    assert max(drawn[11]) > 4 > 0.5 >= max(drawn[0])
    assert _retries.Retries(99).wait(11, 60.0, 0.5) is None
    assert _retries.Retries(2).wait(2, 0.0, None) is None


def test_async_calls_are_tried_again_too() -> None:
    """Under asyncio, with Retry-After."""

    async def call() -> int:
        ours = async_client(sandbase_sessions, in_turn(refusal(429, Retry_After="0"), page()), max_retries=1)
        return len((await ours.list_sessions().first_page()).items)

    assert asyncio.run(call()) == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.BadRequestError),
        (422, errors.BadRequestError),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (410, errors.GoneError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (503, errors.ServerError),
        (599, errors.ServerError),
        (302, errors.APIStatusError),
        (418, errors.APIStatusError),
    ],
)
def test_each_status_has_its_error(status: int, error: type[Exception]) -> None:
    """The class is exact, and below APIStatusError and APIError."""
    with pytest.raises(errors.APIError) as caught:
        client(sandbase_sessions, answering({}, status)).list_sessions().first_page()

    assert type(caught.value) is error
    assert isinstance(caught.value, errors.APIStatusError)


def test_no_response_is_a_connection_error() -> None:
    """With the request, and the HTTP library's error as its cause."""
    for raised, expected in ((httpx.ConnectError("refused"), errors.APIConnectionError), (httpx.ReadTimeout("x"), errors.APITimeoutError)):
        with pytest.raises(errors.APIConnectionError) as caught:
            client(sandbase_sessions, in_turn(raised)).list_sessions(limit=3).first_page()

        assert type(caught.value) is expected
        assert caught.value.request == ("GET", f"{URL}/v1/sessions?limit=3")
        assert caught.value.__cause__ is raised


def test_each_request_is_one_debug_line(caplog: pytest.LogCaptureFixture, waits: list[float]) -> None:
    """Method, URL, status, milliseconds, attempt, under the package's name; the credential is nowhere."""
    caplog.set_level(logging.DEBUG)
    answer = in_turn(refusal(503), httpx.ConnectError("no"), page())

    client(sandbase_sessions, answer, max_retries=2).list_sessions(limit=3).first_page()

    ours = [record for record in caplog.records if record.name == "sandbase_sessions"]
    assert [record.levelname for record in ours] == ["DEBUG"] * 3
    url = f"{URL}/v1/sessions?limit=3"
    texts = [" ".join("N" if word.isdigit() and place == 3 else word for place, word in enumerate(record.getMessage().split())) for record in ours]
    assert texts == [
        f"GET {url} 503 N ms, attempt 1",
        f"GET {url} APIConnectionError N ms, attempt 2",
        f"GET {url} 200 N ms, attempt 3",
    ]
    assert "t0ken" not in caplog.text


class FakeSpan:
    """A span that keeps what it was told."""

    def __init__(self, name: str, attributes: dict[str, Any]) -> None:
        self.name = name
        self.attributes = dict(attributes)
        self.ended = False

    def set_attribute(self, key: str, value: Any) -> None:
        self.attributes[key] = value


def fake_opentelemetry(spans: list[FakeSpan]) -> ModuleType:
    """Make a module in the shape of `opentelemetry`."""

    @contextmanager
    def start(name: str, *, kind: Any, attributes: dict[str, Any]) -> Iterator[FakeSpan]:
        span = FakeSpan(name, attributes)
        spans.append(span)
        try:
            yield span
        finally:
            span.ended = True

    module: Any = ModuleType("opentelemetry")
    tracer = SimpleNamespace(start_as_current_span=start)
    module.trace = SimpleNamespace(get_tracer=lambda _: tracer, SpanKind=SimpleNamespace(CLIENT="client"))
    return module


def test_a_call_is_a_span_where_opentelemetry_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each call, with the attributes that OpenTelemetry names, sync and async, without the credential."""
    spans: list[FakeSpan] = []
    monkeypatch.setitem(sys.modules, "opentelemetry", fake_opentelemetry(spans))
    tracing = importlib.reload(importlib.import_module("sandbase_sessions._tracing"))
    monkeypatch.setattr(_transport, "span", tracing.span)

    client(sandbase_sessions, in_turn(refusal(503, Retry_After="0"), page()), max_retries=1).list_sessions().first_page()
    asyncio.run(_first_page())
    with pytest.raises(errors.NotFoundError):
        client(sandbase_sessions, answering({}, 404)).list_sessions().first_page()
    with pytest.raises(errors.APIConnectionError):
        client(sandbase_sessions, in_turn(httpx.ConnectError("no"))).list_sessions().first_page()

    common = {"http.request.method": "GET", "url.full": f"{URL}/v1/sessions", "server.address": "test.invalid"}
    assert [(span.name, span.ended) for span in spans] == [("GET /v1/sessions", True)] * 4
    assert [span.attributes for span in spans] == [
        common | {"http.response.status_code": 200},
        common | {"http.response.status_code": 200},
        common | {"http.response.status_code": 404, "error.type": "404"},
        common | {"error.type": "APIConnectionError"},
    ]
    monkeypatch.undo()
    importlib.reload(tracing)


async def _first_page() -> Any:
    return await async_client(sandbase_sessions, answering(sandbase_page())).list_sessions().first_page()


@pytest.mark.parametrize("stem", STEMS)
def test_no_package_depends_on_opentelemetry(stem: str) -> None:
    """Without it calls work; the attribute that would hold it is None."""
    code = f"import sys; sys.modules['opentelemetry'] = None; import {stem}._tracing as t; assert t.trace is None; import {stem}.testing as m; m.client([])"
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_event_hooks_of_the_users_client_work() -> None:
    """They see requests and responses, may read the body, and may add headers."""
    seen: list[Any] = []

    def asked(request: httpx.Request) -> None:
        request.headers["X-Mine"] = "1"
        seen.append(request.method)

    def answered(response: httpx.Response) -> None:
        response.read()
        seen.append((response.status_code, len(response.json()["data"]), response.request.headers["X-Mine"]))

    http = httpx.Client(
        transport=httpx.MockTransport(answering(sandbase_page())), event_hooks={"request": [asked], "response": [answered]}
    )
    page = sandbase_sessions.Client("t", base_url=URL, http_client=http).list_sessions().first_page()

    assert (len(page.items), seen) == (2, ["GET", (200, 2, "1")])


def test_an_error_of_a_hook_is_the_users() -> None:
    """What a hook raises comes through as it is."""

    def refuse(_: httpx.Request) -> None:
        raise LookupError("mine")

    http = httpx.Client(transport=httpx.MockTransport(answering({})), event_hooks={"request": [refuse]})

    with pytest.raises(LookupError, match="mine"):
        sandbase_sessions.Client("t", base_url=URL, http_client=http).list_sessions().first_page()


def test_threads_share_a_client() -> None:
    """Walks in many threads at once each give every item, once."""
    testing = importlib.import_module("sandbase_sessions.testing")
    shared = testing.client(rows("sandbase_sessions", 60), page_size=7)
    expected = [row["id"] for row in rows("sandbase_sessions", 60)]
    found: list[list[str]] = []
    start = threading.Barrier(8)

    def walk() -> None:
        start.wait()
        found.append([item.id for item in shared.list_sessions()])

    threads = [threading.Thread(target=walk) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 8


def test_tasks_share_a_client() -> None:
    """Walks in many tasks at once each give every item, once."""
    testing = importlib.import_module("sandbase_sessions.testing")
    expected = [row["id"] for row in rows("sandbase_sessions", 60)]

    async def main() -> list[list[str]]:
        async with testing.async_client(rows("sandbase_sessions", 60), page_size=7) as shared:

            async def walk() -> list[str]:
                return [item.id async for item in shared.list_sessions()]

            return await asyncio.gather(*(walk() for _ in range(20)))

    assert asyncio.run(main()) == [expected] * 20


@pytest.mark.parametrize("stem", STEMS)
def test_a_closed_client_says_so(stem: str) -> None:
    """Closing twice does no harm; a call after it is a ConfigurationError, sync and async."""
    package = importlib.import_module(stem)
    method = f"list_{stem.partition('_')[2]}"
    ours = package.Client("t")
    ours.close()
    ours.close()

    async def call() -> None:
        other = package.AsyncClient("t")
        await other.aclose()
        await other.aclose()
        await getattr(other, method)().first_page()

    with pytest.raises(package.errors.ConfigurationError, match="the client is closed; make a new one"):
        getattr(ours, method)().first_page()
    with pytest.raises(package.errors.ConfigurationError, match="the client is closed; make a new one"):
        asyncio.run(call())


def test_a_users_http_client_stays_open() -> None:
    """It is his to close; when he has, we say so."""
    http = httpx.Client(transport=httpx.MockTransport(answering(sandbase_page())))
    with sandbase_sessions.Client("t", base_url=URL, http_client=http) as ours:
        ours.list_sessions().first_page()

    assert not http.is_closed
    again = sandbase_sessions.Client("t", base_url=URL, http_client=http)
    http.close()
    with pytest.raises(errors.ConfigurationError, match="closed"):
        again.list_sessions().first_page()


@pytest.mark.parametrize("url", ["api.example", "ftp://x", "http://", "http://x?a=b", "http://x#a", "http://x:99999"])
def test_a_bad_base_url_is_refused(url: str) -> None:
    """When the client is made, with what was expected."""
    with pytest.raises(errors.ConfigurationError, match="expected http"):
        sandbase_sessions.Client("t", base_url=url)


def test_a_password_in_the_base_url_is_refused() -> None:
    """It would go where the credential goes; the error does not show it."""
    with pytest.raises(errors.ConfigurationError, match="token=") as caught:
        sandbase_sessions.Client("t", base_url="https://me:pa55word@example.invalid")

    assert "pa55word" not in str(caught.value)
