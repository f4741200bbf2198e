"""Measures what a whole `conformance run` costs, and how much of it the first 60 requests find.

python scripts/bench/run.py [--stem STEM]… [--fault NAME]… [--sample N] [--times N]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from detecting import catalogue, ours
from detecting.catalogue import Catalogue, Pair
from detecting.ours import Verdict, without
from detecting.programs import forget_credentials
from detecting.study import each
from detecting.sums import Bar, share

RELATIONS, EVERYTHING, SECONDS = 120, 260, 20.0
FIRST, SHARE = 60, 0.9
USAGE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Print each figure with its bar; 0 where every bar is met, 1 where one is missed, 2 for wrong usage."""
    wanted = _arguments(argv)
    forget_credentials()
    try:
        chosen = catalogue.load().part(wanted.stem, wanted.fault, wanted.sample)
    except ValueError as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE
    rare = without(catalogue.generated_checks())
    bars = []
    for bar in chain(_whole(wanted.times), _requests(chosen, rare), _first(chosen, rare, wanted.workers)):
        print(bar, flush=True)
        bars.append(bar)
    return 0 if all(bar.met for bar in bars) else 1


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stem", action="append", default=[], help="only this operation; repeatable")
    parser.add_argument("--fault", action="append", default=[], help="only this fault; repeatable")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the pairs, always the same")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="whole runs, of which the median counts; 3")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="programs at a time")
    return parser.parse_args(argv)


def _whole(times: int) -> Iterator[Bar]:
    """Seconds of the command over all operations, from its start to its end; the bar is off without a terminal."""
    taken = [_timed() for _ in range(times)]
    if taken:
        seconds = statistics.median(taken)
        yield Bar(f"all operations in at most {SECONDS:.0f} s", f"{seconds:.1f} s", met=seconds <= SECONDS)


def _timed() -> float:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        started = time.perf_counter()
        command = [sys.executable, "-m", "conformance", "run", "--report", str(report)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        if done.returncode or not json.loads(report.read_text(encoding="utf-8"))["operations"]:
            raise RuntimeError(done.stdout + done.stderr)
    return seconds


def _requests(chosen: Catalogue, rare: Sequence[str]) -> Iterator[Bar]:
    """Requests to the honest mock, of the relations alone and with the generated queries."""
    for says, most, options in (("all relations", RELATIONS, rare), ("everything", EVERYTHING, ())):
        for stem in chosen.stems:
            seen = ours.look(stem, *options)
            measured = f"{seen.requests} requests, {seen.seconds:.1f} s"
            yield Bar(f"{stem}: {says} in at most {most} requests", measured, met=seen.requests <= most)


def _first(chosen: Catalogue, rare: Sequence[str], workers: int) -> Iterator[Bar]:
    """How many of the faults that the relations find they find with their first requests already."""
    few = [*rare, "--max-requests", str(FIRST)]
    first = _verdicts(f"first {FIRST}", chosen, few, workers)
    rest = replace(chosen, pairs=tuple(pair for pair, verdict in first.items() if verdict.mark == "missed"))
    # What the first requests find, all of them find: only the rest is run again.
    lost = {pair for pair, verdict in _verdicts("relations", rest, rare, workers).items() if verdict.mark != "missed"}
    for stem in chosen.stems:
        early = sum(pair.stem == stem and verdict.mark != "missed" for pair, verdict in first.items())
        late = sorted(pair.fault for pair in lost if pair.stem == stem)
        says = f"{stem}: the first {FIRST} requests find nine tenths of what the relations find"
        measured = share(early, early + len(late)) + (f"; lost: {', '.join(late)}" if late else "")
        yield Bar(says, measured, met=early >= SHARE * (early + len(late)))


def _verdicts(title: str, chosen: Catalogue, options: Sequence[str], workers: int) -> dict[Pair, Verdict]:
    plain = {stem: ours.look(stem, *options) for stem in chosen.stems}
    found: dict[Pair, Verdict] = {}
    each(title, chosen.pairs, lambda pair: ours.examine(pair, plain[pair.stem], *options), found, workers)
    return found


if __name__ == "__main__":
    sys.exit(main())
