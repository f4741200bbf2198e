"""Whole calls over loopback by the processor's clock, beside a bare `httpx.Client.get` and `json.loads` of the same page."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from figures import Figure
from timing import Work, side_by_side
from vercel_sandboxes import Client
from vercel_sessions import Client as FirstClient

STEM = "vercel_sandboxes"
BARE, OURS = "bare httpx and json.loads", "ours"
MOST, SECOND = 1.15, 1.0


def calling() -> Iterator[Figure]:
    """Give microseconds of a call, and the ratio to the bare one."""
    with _served() as url, httpx.Client() as bare, Client("token", base_url=url) as client:
        works: dict[str, Work] = {
            BARE: lambda: json.loads(bare.get(f"{url}/v1/sandboxes").content),
            OURS: lambda: client.list_sandboxes().first_page(),
        }
        rounds = side_by_side(works, time.thread_time, rounds=25)
    for label in works:
        yield Figure(label, rounds.median(label) * 1e6, "µs")
    yield Figure(f"{OURS} / {BARE}", rounds.ratio(OURS, BARE), most=MOST)
    yield from making()


def making() -> Iterator[Figure]:
    """Give milliseconds of a second client, and of the first, which reads the certificates."""
    for label, most in (("the first Client()", None), ("a second Client()", SECOND)):
        started = time.thread_time()
        FirstClient("token").close()
        yield Figure(label, (time.thread_time() - started) * 1000, "ms", most=most)


@contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("page_server.py")), STEM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline() if process.stdout else ""
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            process.terminate()
