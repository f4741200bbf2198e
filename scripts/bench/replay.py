"""Exchanges of 20 items that `conformance replay` checks per second and core, its memory, and what a second core brings.

Honest walks of 20 items a page, one after the other, as a client that lists everything again and again would record them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STEM = "vercel_sessions"
SMALL, LARGE = 10_000, 200_000
RATE, FLAT, TWICE = 5_000, 1.25, 1.6
"""The bars: exchanges per second and core; memory of the large file by that of the small; two jobs by one."""
MEGABYTE = 1_048_576
RECORDING = """
import sys
from datetime import UTC, datetime, timedelta
import httpx
from conformance import specs
from conformance.exchange import Exchange, Request
from conformance.mock.dataset import load_dataset
from conformance.mock.server import app
from conformance.pages import encode, read_page
from conformance.replay.lines import line_of
from conformance.visit import Visit
from starlette.testclient import TestClient

contract = specs.load(sys.argv[1], specs.directory())
dataset = load_dataset(contract, items=1000, seed=1, fixtures=None)
mock = TestClient(app(contract, dataset, secret="test-token"), base_url=contract.server)
headers = contract.credentials[0].headers("test-token")
class Asking:
    def send(self, query):
        answer = mock.get(contract.path, params=list(query), headers=headers)
        url = str(answer.request.url)
        return Exchange(Request("GET", url, ()), answer.status_code, answer.headers, answer.content, 0.02, tuple(query))
walk = [page.exchange for page in Visit(contract, Asking()).walk({contract.limit.parameter: 20})]
when, count = datetime(2026, 5, 7, tzinfo=UTC), int(sys.argv[3])
with open(sys.argv[2], "wb") as file:
    for number in range(count):
        file.write(line_of(walk[number % len(walk)], now=when))
        when += timedelta(seconds=0.05)
"""


def main() -> int:
    """Print a line for each figure with its bar; exit 1 where one is missed."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (_recorded(Path(name), count) for count in (SMALL, LARGE))
        _, _, memory_small = _replayed(small, 1)
        busy, alone, memory_large = _replayed(large, 1)
        _, together, _ = _replayed(large, 2)
    figures = [
        ("exchanges of 20 items per second and core", LARGE / busy, RATE, LARGE / busy >= RATE),
        (
            f"memory, {LARGE} by {SMALL} exchanges",
            memory_large / memory_small,
            FLAT,
            memory_large <= FLAT * memory_small,
        ),
        ("2 jobs by 1", alone / together, TWICE, alone / together >= TWICE),
    ]
    for what, figure, bar, good in figures:
        print(f"{what:45} {figure:9.2f}  bar {bar:7.2f}  {'ok' if good else 'MISSED'}")
    print(f"peak memory of one process: {memory_small / MEGABYTE:.0f} MB, {memory_large / MEGABYTE:.0f} MB")
    return 0 if all(good for *_, good in figures) else 1


def _recorded(directory: Path, count: int) -> Path:
    path = directory / f"{count}.jsonl"
    subprocess.run([sys.executable, "-c", RECORDING, STEM, str(path), str(count)], check=True)
    return path


def _replayed(path: Path, jobs: int) -> tuple[float, float, int]:
    """CPU seconds, seconds, and the most bytes of memory of one process; start and imports are part of it."""
    report = path.with_suffix(".json")
    command = [
        sys.executable,
        "-m",
        "conformance",
        "replay",
        STEM,
        str(path),
        "--jobs",
        str(jobs),
        "--report",
        str(report),
    ]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    exchanges = json.loads(report.read_text())["recording"]["exchanges"]
    if process.returncode or exchanges != int(path.stem):
        raise RuntimeError(f"{command}: exit {process.returncode}, {exchanges} exchanges")
    return used.ru_utime + used.ru_stime, seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
