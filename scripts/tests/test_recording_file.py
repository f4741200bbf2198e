"""The file of a recording: whose it is, who shares it, and that no failure of it breaks a call."""

import asyncio
import importlib
import json
import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import sandbase_sessions
from listing_runtime import errors

from tests.answers import (
    answering,
    async_client,
    client,
    in_turn,
    page,
    refusal,
    sandbase_page,
)
from tests.recordings import BODY, ask, both, lines


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
def test_a_new_file_is_its_owners(path: Path) -> None:
    """Whatever the umask allows; one that is there keeps its mode and its lines."""
    before = os.umask(0)
    try:
        ask("Client", answering(sandbase_page()), record=path)
    finally:
        os.umask(before)
    made = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0o640)
    ask("Client", answering(sandbase_page()), record=path)

    assert (made, stat.S_IMODE(path.stat().st_mode), len(lines(path))) == (0o600, 0o640, 2)


def test_threads_and_clients_share_a_file(path: Path) -> None:
    """Two clients in eight threads: every line is whole, and there is one for each request."""
    clients = [client(sandbase_sessions, answering(sandbase_page()), record=path) for _ in range(2)]
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        for each in range(25):
            clients[number % 2].list_sessions(limit=1 + number * 25 + each).first_page()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = sorted(int(line["url"].partition("limit=")[2]) for line in lines(path))

    assert asked == list(range(1, 201))
    assert {line["body"] for line in lines(path)} == {BODY.decode()}


def test_processes_share_a_file(path: Path) -> None:
    """Three processes at once: every line is whole."""
    code = """
import sys
import httpx, sandbase_sessions
body = {"data": [], "next_page": None, "filler": "x" * 200_000}
http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=body)))
with sandbase_sessions.Client("t0ken", base_url="http://test.invalid", http_client=http, record=sys.argv[1]) as ours:
    for _ in range(20):
        ours.list_sessions().first_page()
"""
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]

    assert [process.wait() for process in processes] == [0, 0, 0]
    assert [len(json.loads(line["body"])["filler"]) for line in lines(path)] == [200_000] * 60


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
@pytest.mark.parametrize(
    ("name", "why"),
    [("", "[Dd]irectory"), ("missing/traffic.jsonl", "No such file or directory"), ("a\0b", "null byte")],
)
def test_a_file_that_cannot_be_opened_is_told_at_once(kind: str, name: str, why: str, tmp_path: Path) -> None:
    """With its path, why, and what to do, before anything is sent."""
    path = str(tmp_path / name)
    hint = "name a file that you may write to, in a directory that exists"

    with pytest.raises(errors.ConfigurationError, match=f"{why}; {hint}") as raised:
        getattr(sandbase_sessions, kind)("t0ken", record=path)

    assert f"record={path!r}: " in str(raised.value)


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


@full
@both
def test_a_full_disk_breaks_no_call(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """One warning in the package's log that names the file; every call gives its page."""
    caplog.set_level(logging.WARNING)
    answer = in_turn(refusal(503, Retry_After="0"), page())

    assert len(ask(kind, answer, max_retries=1, record="/dev/full").items) == 2
    assert [(each.name, each.levelname, each.getMessage()) for each in caplog.records] == [
        ("sandbase_sessions", "WARNING", "/dev/full: No space left on device; no more exchanges are recorded")
    ]


def test_half_a_line_ends_the_recording(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that takes a part of a line takes no more of them."""
    resource = pytest.importorskip("resource")
    signal = importlib.import_module("signal")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # what is imported meanwhile would be half a file
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    bounds = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with client(sandbase_sessions, answering(sandbase_page()), record=path) as ours:
            ours.list_sessions().first_page()
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, bounds[1]))
            for _ in range(3):
                assert len(ours.list_sessions().first_page().items) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bounds)
        signal.signal(signal.SIGXFSZ, ignored)

    (told,) = [each.getMessage() for each in caplog.records]
    assert f"{path}: only 100 of " in told
    assert len(path.read_bytes().splitlines()) == 2


def opened(path: Path) -> int:
    """How often this process has a file open."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        try:
            found += each.readlink() == path
        except FileNotFoundError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc")
@both
def test_the_file_is_closed_with_the_client(kind: str, path: Path) -> None:
    """Open from the beginning, closed with the client; closing twice does no harm."""
    make: Callable[..., Any] = client if kind == "Client" else async_client
    ours = make(sandbase_sessions, answering(sandbase_page()), record=path)
    open_before = opened(path)
    for _ in range(2):
        asyncio.run(ours.aclose()) if kind == "AsyncClient" else ours.close()

    assert (open_before, opened(path)) == (1, 0)


def test_a_call_that_outlives_its_client_is_not_broken(path: Path) -> None:
    """A client that is closed in the middle of a call records no more of it; the call gives its page."""
    ours: Any = None

    def answer(_: httpx.Request) -> httpx.Response:
        ours.close()
        return page()

    ours = client(sandbase_sessions, answer, record=path)

    assert len(ours.list_sessions().first_page().items) == 2
    assert path.read_bytes() == b""
