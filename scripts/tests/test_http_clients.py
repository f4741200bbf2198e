"""Whatever goes wrong in the HTTP client is an `APIError`, says host and cause, and is tried again where that may help."""

import asyncio
import contextlib
import importlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import httpx2
import pytest
import sandbase_sessions
from listing_runtime import errors

from tests.answers import URL, answering, async_client, client, in_turn, noting, page, refusal, sandbase_page
from tests.hostile import BODY, dripping_head, reset, saying, serving


def sent_by(http: Any, url: str, **settings: Any) -> int:
    """List one page with an HTTP client that was given."""
    settings = {"max_retries": 2, "timeout": 5} | settings
    ours = sandbase_sessions.Client("t0ken", base_url=url, http_client=http, **settings)
    return len(ours.list_sessions().first_page().items)


async def awaited_by(http: Any, url: str, **settings: Any) -> int:
    """List one page with an async HTTP client that was given."""
    settings = {"max_retries": 2, "timeout": 5} | settings
    ours = sandbase_sessions.AsyncClient("t0ken", base_url=url, http_client=http, **settings)
    return len((await ours.list_sessions()).items)


@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda each: each.__name__)
def test_a_client_of_either_library_is_as_good_as_our_own(library: Any, waits: list[float]) -> None:
    """It lists; a reset is tried again, and its error names host and cause; a drop is a timeout."""
    with serving(saying(BODY)) as url:
        assert sent_by(library.Client(), url) == 2
        assert asyncio.run(awaited_by(library.AsyncClient(), url)) == 2
    with serving(reset) as url:
        host = url.removeprefix("http://")
        with pytest.raises(errors.APIConnectionError, match=f"{host}: ReadError: .+") as caught:
            sent_by(library.Client(), url)
        with pytest.raises(errors.APIConnectionError, match=f"{host}: ReadError: .+"):
            asyncio.run(awaited_by(library.AsyncClient(), url, max_retries=0))
    assert isinstance(caught.value.__cause__, library.ReadError)
    assert len(waits) == 2
    with serving(dripping_head) as url:
        with pytest.raises(errors.APITimeoutError):
            sent_by(library.Client(), url, timeout=0.3, max_retries=0)
        with pytest.raises(errors.APITimeoutError):
            asyncio.run(awaited_by(library.AsyncClient(), url, timeout=0.3, max_retries=0))


@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda each: each.__name__)
def test_a_connection_that_was_open_before_is_bounded_too(library: Any) -> None:
    """And the user's own requests with the same client have none of our bounds."""
    http = library.Client()
    with serving(saying(BODY)) as url:
        assert http.get(f"{url}/v1/sessions").status_code == 200
        assert sent_by(http, url) == 2
    with serving(dripping_head) as url, pytest.raises(errors.APITimeoutError):
        sent_by(http, url, timeout=0.3, max_retries=0)
    with serving(saying(BODY)) as url:
        assert http.get(f"{url}/v1/sessions", timeout=None).status_code == 200


def test_a_client_that_is_closed_while_a_call_waits_says_so() -> None:
    """Between attempts, sync and async: both as an APIError and as wrong use."""
    ours = client(sandbase_sessions, lambda _: refusal(503, Retry_After="0.2"), max_retries=9)
    caught: list[Exception] = []

    def call() -> None:
        try:
            ours.list_sessions().first_page()
        except errors.APIError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    time.sleep(0.05)
    ours.close()
    thread.join(10)

    async def call_async() -> None:
        later = async_client(sandbase_sessions, lambda _: refusal(503, Retry_After="0.2"), max_retries=9)
        async with anyio.create_task_group() as group:
            group.start_soon(_closing, later)
            with pytest.raises(errors.ClosedError):
                await later.list_sessions()

    asyncio.run(call_async())
    assert [type(error) for error in caught] == [errors.ClosedError]
    assert issubclass(errors.ClosedError, errors.ConfigurationError)


async def _closing(later: Any) -> None:
    await anyio.sleep(0.05)
    await later.aclose()


def test_a_client_may_be_used_in_one_event_loop_after_another() -> None:
    """Our own opens connections of its own in each; one that was given fails with a typed error at worst."""
    with serving(saying(BODY)) as url:
        ours = sandbase_sessions.AsyncClient("t0ken", base_url=url)
        given = sandbase_sessions.AsyncClient("t0ken", base_url=url, http_client=httpx.AsyncClient())

        async def listed(which: Any) -> int:
            return len((await which.list_sessions()).items)

        assert [asyncio.run(listed(ours)) for _ in range(3)] == [2] * 3
        assert anyio.run(listed, ours, backend="trio") == 2
        for _ in range(2):
            with contextlib.suppress(errors.APIError):
                assert asyncio.run(listed(given)) == 2
        asyncio.run(ours.aclose())


def test_a_broken_tls_record_is_a_connection_error() -> None:
    """Sync and async, with host and cause."""

    def greet() -> None:
        for _ in range(2):
            with contextlib.suppress(OSError), listener.accept()[0] as peer:
                peer.recv(4096)
                peer.sendall(b"HTTP/1.1 400 No\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet, daemon=True).start()
        secure = f"https://127.0.0.1:{listener.getsockname()[1]}"
        for fail in (
            lambda: sent_by(None, secure, max_retries=0),
            lambda: asyncio.run(awaited_by(None, secure, max_retries=0)),
        ):
            with pytest.raises(errors.APIConnectionError, match=r"127\.0\.0\.1:\d+: \w+: .*SSL"):
                fail()


RAISED: list[tuple[Callable[[], Exception], int]] = [
    (lambda: httpx.ReadError(""), 3),
    (lambda: httpx.RemoteProtocolError("half"), 3),
    (lambda: ssl.SSLError("bad record"), 3),
    (lambda: OSError(5, "I/O"), 3),
    (EOFError, 3),
    (anyio.BrokenResourceError, 3),
    (lambda: httpx2.ReadError("x"), 3),
    (lambda: httpx.ReadTimeout("slow"), 3),
    (TimeoutError, 3),
    (lambda: httpx.LocalProtocolError("Illegal"), 1),
    (lambda: httpx.UnsupportedProtocol("x"), 1),
]


@pytest.mark.parametrize("at", range(len(RAISED)))
def test_what_can_be_tried_again_is(at: int, waits: list[float]) -> None:
    """By its class, whichever library raised it; the error has a cause and a host."""
    make, attempts = RAISED[at]
    seen: list[httpx.Request] = []
    ours = client(sandbase_sessions, noting(seen, in_turn(*(make() for _ in range(3)))), max_retries=2)

    with pytest.raises(errors.APIConnectionError, match=r"test\.invalid") as caught:
        ours.list_sessions().first_page()

    assert len(seen) == attempts
    assert type(caught.value.__cause__) is type(make())


def test_a_hook_that_judges_the_status_takes_nothing_away(waits: list[float]) -> None:
    """`raise_for_status()` in a hook: refusals are typed as ever, and tried again."""

    def judge(response: httpx.Response) -> None:
        response.raise_for_status()

    answer = in_turn(refusal(503), page(), refusal(404))
    http = httpx.Client(transport=httpx.MockTransport(answer), event_hooks={"response": [judge]})
    ours = sandbase_sessions.Client("t0ken", base_url=URL, http_client=http)

    assert len(ours.list_sessions().first_page().items) == 2
    with pytest.raises(errors.NotFoundError):
        ours.list_sessions().first_page()


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("HTTP_PROXY", "foo://user:pass@x", "foo://x"),
        ("ALL_PROXY", "socks5://127.0.0.1:1", "socks5://127.0.0.1:1"),
        ("HTTPS_PROXY", "http://proxy:port", "http://proxy:port"),
        ("NO_PROXY", "localhost,::1,[::1]", "localhost"),
        ("NO_PROXY", "fd00:1::/64", "fd00:1::/64"),
        ("SSL_CERT_FILE", "/gone/cacert.pem", "/gone/cacert.pem"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named(
    variable: str, value: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable and its value, without user and password; sync and async."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)

    for kind in ("Client", "AsyncClient"):
        with pytest.raises(errors.ConfigurationError, match=f"^{variable}=") as caught:
            getattr(sandbase_sessions, kind)("t0ken")
        assert shown in str(caught.value)
        assert "pass@" not in str(caught.value)


def test_a_cursor_that_no_url_can_carry_is_a_paging_error() -> None:
    """However long it is written, the error is short."""
    for cursor in ("x" * 70_000, "%" * 30_000, "\ud800"):
        ours = client(sandbase_sessions, answering(sandbase_page(cursor)))
        with pytest.raises(errors.PaginationError) as caught:
            list(ours.list_sessions())
        assert len(str(caught.value)) < 200


def test_clients_share_what_is_slow_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificates are read once."""
    http: Any = importlib.import_module("listing_runtime.call.http")
    made: list[object] = []
    monkeypatch.setattr(http.httpx, "create_ssl_context", lambda: made.append(1) or ssl.create_default_context())
    http._shared_context.cache_clear()  # noqa: SLF001 - as at the start of a program

    for _ in range(5):
        sandbase_sessions.Client("t0ken").close()
        sandbase_sessions.AsyncClient("t0ken")
    http._shared_context.cache_clear()  # noqa: SLF001 - without the pretended one

    assert len(made) == 1
