"""What can be seen of a call from outside: log lines, spans, hooks."""

import asyncio
import importlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
import sandbase_sessions
from listing_runtime import errors
from listing_runtime.call import async_transport, transport

from tests.answers import STEMS, URL, answering, async_client, client, in_turn, noting, page, refusal, sandbase_page


def test_each_request_is_one_debug_line(caplog: pytest.LogCaptureFixture, waits: list[float]) -> None:
    """Method, URL, status, milliseconds, attempt, under the package's name; the credential is nowhere."""
    caplog.set_level(logging.DEBUG)
    answer = in_turn(refusal(503), httpx.ConnectError("no"), page())

    client(sandbase_sessions, answer, max_retries=2).list_sessions(limit=3).first_page()

    ours = [record for record in caplog.records if record.name == "sandbase_sessions"]
    assert [record.levelname for record in ours] == ["DEBUG"] * 3
    url = f"{URL}/v1/sessions?limit=3"
    texts = [
        " ".join(
            "N" if word.isdigit() and place == 3 else word for place, word in enumerate(record.getMessage().split())
        )
        for record in ours
    ]
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
        self.status = "unset"
        self.ended = False

    def set_attribute(self, key: str, value: Any) -> None:
        """Take note."""
        self.attributes[key] = value

    def set_status(self, status: str) -> None:
        """Take note."""
        self.status = status


class Proxy:
    """What provides tracers where a program has set up none."""


def fake_opentelemetry(spans: list[FakeSpan], provider: object, current: object = None) -> ModuleType:
    """Make a module in the shape of `opentelemetry`, with what provides tracers, and the span around the call."""

    @contextmanager
    def start(name: str, *, kind: Any, attributes: dict[str, Any], **recording: bool) -> Iterator[FakeSpan]:
        assert recording == {"record_exception": False, "set_status_on_exception": False}
        span = FakeSpan(name, attributes)
        spans.append(span)
        try:
            yield span
        finally:
            span.ended = True

    module: Any = ModuleType("opentelemetry")
    tracer = SimpleNamespace(start_as_current_span=start)
    module.trace = SimpleNamespace(
        get_tracer=lambda _: tracer,
        get_tracer_provider=lambda: provider,
        get_current_span=lambda: current,
        ProxyTracerProvider=Proxy,
        INVALID_SPAN=None,
        SpanKind=SimpleNamespace(CLIENT="client"),
        StatusCode=SimpleNamespace(ERROR="error"),
    )
    module.propagate = SimpleNamespace(inject=lambda carrier: carrier.update(traceparent="00-1-2-01"))
    return module


def test_a_call_is_a_span_where_opentelemetry_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each call, sync and async, with attempts, errors and `traceparent`, but no credential and no filter."""
    seen: list[httpx.Request] = []
    spans: list[FakeSpan] = []
    monkeypatch.setitem(sys.modules, "opentelemetry", fake_opentelemetry(spans, object()))
    tracing = importlib.reload(importlib.import_module("listing_runtime.call.span"))
    for each in (transport, async_transport):
        monkeypatch.setattr(each, "span", tracing.span)

    answer = noting(seen, in_turn(refusal(503, Retry_After="0"), page()))
    client(sandbase_sessions, answer, max_retries=1).list_sessions(agent_id="private").first_page()
    asyncio.run(_first_page())
    with pytest.raises(errors.NotFoundError):
        client(sandbase_sessions, answering({}, 404)).list_sessions().first_page()
    with pytest.raises(errors.APIConnectionError):
        client(sandbase_sessions, in_turn(httpx.ConnectError("no"))).list_sessions().first_page()

    common = {"http.request.method": "GET", "url.full": f"{URL}/v1/sessions", "server.address": "test.invalid"}
    assert [(span.name, span.ended) for span in spans] == [("GET /v1/sessions", True)] * 4
    assert [span.attributes for span in spans] == [
        common | {"http.response.status_code": 200, "http.request.resend_count": 1},
        common | {"http.response.status_code": 200},
        common | {"http.response.status_code": 404, "error.type": "404"},
        common | {"error.type": "APIConnectionError"},
    ]
    assert [span.status for span in spans] == ["unset", "unset", "error", "error"]
    assert [request.headers["traceparent"] for request in seen] == ["00-1-2-01"] * 2
    monkeypatch.undo()
    importlib.reload(tracing)


@pytest.mark.parametrize(("current", "opened"), [(None, 0), (object(), 1)])
def test_nobody_who_sees_a_span_costs_none(current: object, opened: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no provider is set up and no span is around, none is opened; what is propagated goes along all the same."""
    seen: list[httpx.Request] = []
    spans: list[FakeSpan] = []
    monkeypatch.setitem(sys.modules, "opentelemetry", fake_opentelemetry(spans, Proxy(), current))
    tracing = importlib.reload(importlib.import_module("listing_runtime.call.span"))
    monkeypatch.setattr(transport, "span", tracing.span)

    client(sandbase_sessions, noting(seen, in_turn(page()))).list_sessions().first_page()

    assert len(spans) == opened
    assert [request.headers["traceparent"] for request in seen] == ["00-1-2-01"]
    monkeypatch.undo()
    importlib.reload(tracing)


async def _first_page() -> Any:
    return await async_client(sandbase_sessions, answering(sandbase_page())).list_sessions().first_page()


@pytest.mark.parametrize("stem", STEMS)
def test_no_package_depends_on_opentelemetry(stem: str) -> None:
    """Without it calls work; the attribute that would hold it is None."""
    code = f"import sys; sys.modules['opentelemetry'] = None; import listing_runtime.call.span as t; assert t.trace is None; import {stem}.testing as m; m.client([])"
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
        transport=httpx.MockTransport(answering(sandbase_page())),
        event_hooks={"request": [asked], "response": [answered]},
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


def test_log_lines_can_be_asked_for_by_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a program that has not set up logging itself."""
    logs: Any = importlib.import_module("listing_runtime.logs")
    logger = logs.logging.getLogger("a_package_of_its_own")
    monkeypatch.setenv("LISTING_LOG", "debug")
    monkeypatch.setattr(logger, "propagate", False)

    logs.log_as_asked(logger.name)
    logs.log_as_asked(logger.name)

    assert [type(each).__name__ for each in logger.handlers] == ["StreamHandler"]
    assert logger.level == logs.logging.DEBUG
    logger.handlers.clear()
