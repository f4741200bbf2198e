"""Whole calls over loopback, beside a bare `httpx.Client.get` and `json.loads` of the same page."""

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

STEM = "vercel_sandboxes"
BARE, OURS = "bare httpx and json.loads", "ours"
MOST = 1.35


def calling() -> Iterator[Figure]:
    """Give microseconds of a call, and the ratio to the bare one."""
    with _served() as url, httpx.Client() as bare, Client("token", base_url=url) as client:
        works: dict[str, Work] = {
            BARE: lambda: json.loads(bare.get(f"{url}/v1/sandboxes").content),
            OURS: lambda: client.list_sandboxes().first_page(),
        }
        rounds = side_by_side(works, time.perf_counter, rounds=25)
    for label in works:
        yield Figure(label, rounds.median(label) * 1e6, "µs")
    yield Figure(f"{OURS} / {BARE}", rounds.ratio(OURS, BARE), most=MOST)


@contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("page_server.py")), STEM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline() if process.stdout else ""
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            process.terminate()
