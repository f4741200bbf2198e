"""The other side: Schemathesis alone, all its checks, the same spec and the same mock, judged by its own baseline."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detecting.catalogue import Pair
from detecting.programs import SCHEMATHESIS, Mock, mock, run

SPECS = Path(__file__).resolve().parents[3] / "specs"
SEEDS = (1, 2, 3)
"""Of the honest runs, whose failures are accepted; the first is that of the faulty runs."""
BASELINE, REPORT = "baseline.json", "report.json"


@dataclass(frozen=True)
class Accepted:
    """What Schemathesis says of the honest mock, and what a run costs that finds nothing else."""

    baseline: Path
    """The file that Schemathesis wrote."""
    failures: tuple[str, ...]
    requests: int
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """Whether Schemathesis saw a fault: a failure (check, kind, status) that the honest mock does not show."""

    found: bool
    failures: tuple[str, ...]
    requests: int
    """Until the first new failure, or to the end."""
    seconds: float


def record(stem: str, folder: str, options: Sequence[str]) -> Path:
    """Record what fails on the honest mock in a file, from several seeds, as Schemathesis' guide on baselines says."""
    baseline = Path(folder, f"{stem}.json")
    with mock(stem) as one:
        for seed in SEEDS:
            _run(stem, one, baseline, [*options, "--seed", str(seed), "--baseline-update"])
    return baseline


def accept(stem: str, baseline: Path, options: Sequence[str]) -> Accepted:
    """Run against the honest mock with those failures accepted, as every later run does."""
    with mock(stem) as one:
        report, seconds = _run(stem, one, baseline, [*options, "--seed", str(SEEDS[0])])
    entries = json.loads(baseline.read_text(encoding="utf-8"))["entries"] if baseline.exists() else []
    failures = sorted(f"{entry['failure']} {entry['signature']}".strip() for entry in entries)
    return Accepted(baseline, tuple(failures), report["test_cases"]["generated"], seconds)


def judge(pair: Pair, accepted: Accepted, options: Sequence[str]) -> Verdict:
    """Run against the lying mock until the first failure that the baseline does not hold."""
    stop = ["--seed", str(SEEDS[0]), "--max-failures", "1"]
    with mock(pair.stem, "--fault", pair.fault) as one:
        report, seconds = _run(pair.stem, one, accepted.baseline, [*options, *stop])
    found = report["baseline"]["new"] > 0 or bool(report["errors"])
    codes = [failure["code"] for failure in report["failures"]] if found else []
    codes += ["error"] if report["errors"] else []
    return Verdict(found, tuple(sorted(set(codes))), report["test_cases"]["generated"], seconds)


def _run(stem: str, one: Mock, baseline: Path, options: Sequence[str]) -> tuple[dict[str, Any], float]:
    with tempfile.TemporaryDirectory() as folder:
        if baseline.exists():
            shutil.copy(baseline, Path(folder, BASELINE))
        done = run([SCHEMATHESIS, "run", str(SPECS / f"{stem}.yaml"), *_options(one), *options], folder)
        if not Path(folder, REPORT).exists():
            raise RuntimeError(f"st run {stem}: {done.output}")
        if "--baseline-update" in options and Path(folder, BASELINE).exists():
            shutil.copy(Path(folder, BASELINE), baseline)
        report: dict[str, Any] = json.loads(Path(folder, REPORT).read_text(encoding="utf-8"))
        return report, report["running_time"]


def _options(one: Mock) -> list[str]:
    reports = ["--report", "json", "--report-json-path", REPORT, "--baseline", BASELINE, "--no-color"]
    return [
        *("--url", one.url, "--header", one.header, "--checks", "all", "--continue-on-failure"),
        *("--generation-database", "none", *reports),
    ]
