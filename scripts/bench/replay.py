"""Exchanges of 20 items that `conformance replay` checks per second and core, its memory, and what a second core brings.

`--million` replays 1,000,000 exchanges instead, which come by a pipe, and tells seconds and memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from figures import Figure, conditions, show
from recording import recorded, writing

STEM = "vercel_sessions"
SPECS = Path(__file__).parents[2] / "specs"
FEW, SMALL, EACH, LARGE, MILLION = 20, 10_000, 20_000, 200_000, 1_000_000
RATE, FLAT, TWICE, SLOWER = 5_000, 1.25, 1.6, 10
"""The bars: exchanges per second and core; memory of the large file by that of the small; two jobs by one; how many
times as long an exchange may take whose every item has an undocumented field."""
MEGABYTE = 1_048_576


class Replayed(NamedTuple):
    """What a replay took, with start and imports."""

    exchanges: int
    computing: float
    seconds: float
    memory: int
    """The most bytes of one process."""

    @property
    def rate(self) -> float:
        """Exchanges per second of computing."""
        return self.exchanges / self.computing


def main() -> int:
    """Print the table; say by the exit code whether every bar was met."""
    print(conditions())
    with tempfile.TemporaryDirectory() as name:
        if sys.argv[1:] == ["--million"]:
            return 0 if show(f"{STEM}: {MILLION} exchanges by a pipe", _million(Path(name))) else 1
        met = [
            show(f"{STEM}: {LARGE} exchanges", _large(Path(name))),
            show(f"{EACH} exchanges of each operation, start aside", _each(Path(name))),
        ]
    return 0 if all(met) else 1


def _large(directory: Path) -> Iterator[Figure]:
    small = replayed(STEM, recorded(directory, STEM, SMALL))
    path = recorded(directory, STEM, LARGE)
    large = replayed(STEM, path)
    yield Figure("exchanges per second and core, with start", large.rate, "", least=RATE)
    yield Figure(f"peak memory with {SMALL} exchanges", small.memory / MEGABYTE, "MB")
    yield Figure(f"peak memory with {LARGE} exchanges", large.memory / MEGABYTE, "MB")
    yield Figure("memory of the larger by that of the smaller", large.memory / small.memory, most=FLAT)
    yield Figure(
        "seconds with 1 job by seconds with 2", large.seconds / replayed(STEM, path, jobs=2).seconds, least=TWICE
    )


def _each(directory: Path) -> Iterator[Figure]:
    rates = {}
    for stem in sorted(path.stem for path in SPECS.glob("*.yaml")):
        start, rates[stem] = _apart(directory, stem)
        yield Figure(f"{stem}: exchanges per second and core", rates[stem], "", least=RATE)
        yield Figure(f"{stem}: start, computing", start, "s")
    _, rate = _apart(directory, STEM, "added")
    yield Figure(f"{STEM}, a new field in every item: per second and core", rate, "")
    yield Figure("times as long as without that field", rates[STEM] / rate, most=SLOWER)


def _apart(directory: Path, stem: str, *added: str) -> tuple[float, float]:
    """Seconds of computing until a replay has started, and exchanges per second after that."""
    start = min(replayed(stem, recorded(directory, stem, FEW, *added)).computing for _ in range(3))
    path = recorded(directory, stem, EACH, *added)
    best = min((replayed(stem, path) for _ in range(2)), key=lambda one: one.computing)
    path.unlink()
    return start, best.exchanges / (best.computing - start)


def _million(directory: Path) -> Iterator[Figure]:
    with subprocess.Popen(writing(STEM, MILLION), stdout=subprocess.PIPE) as writer:
        whole = replayed(STEM, Path("-"), source=writer, report=directory / "report.json")
    yield Figure("exchanges", whole.exchanges, "")
    yield Figure("exchanges per second and core, with start", whole.rate, "", least=RATE)
    yield Figure("seconds of computing", whole.computing, "s")
    yield Figure("seconds, the writer of the pipe at work beside it", whole.seconds, "s")
    yield Figure("peak memory", whole.memory / MEGABYTE, "MB")


def replayed(
    stem: str,
    path: Path,
    *,
    jobs: int = 1,
    source: subprocess.Popen[bytes] | None = None,
    report: Path | None = None,
) -> Replayed:
    """Replay a file, or what a process writes, and find nothing but that the operation is superseded."""
    report = report or path.with_suffix(".json")
    command = [sys.executable, "-m", "conformance", "replay", stem, str(path)]
    command += ["--jobs", str(jobs), "--report", str(report)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=source.stdout if source else None, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    told = json.loads(report.read_text())["recording"]
    if process.returncode or told["unreadable"]["count"]:
        raise RuntimeError(f"{command}: exit {process.returncode}, {told}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Replayed(told["exchanges"], used.ru_utime + used.ru_stime, seconds, used.ru_maxrss * scale)


if __name__ == "__main__":
    sys.exit(main())
