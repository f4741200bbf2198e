"""Our side: `conformance run` against a mock, read from its report."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detecting.catalogue import Pair
from detecting.programs import OURS, mock, run

EXPECTED = "lifecycle-current note"
"""Drifts on an honest mock of a superseded operation, and rightly."""


@dataclass(frozen=True)
class Seen:
    """What one run showed."""

    findings: dict[str, str]
    """Check and level of each finding, as `check level`, by the finding's id."""
    errored: tuple[str, ...]
    """Checks that could not do their work."""
    requests: int
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """What became of one fault: caught by its `own` check, by an `other`, or `missed`."""

    mark: str
    checks: tuple[str, ...]
    level: str
    """Of its own check's finding; empty where that has none."""
    errored: tuple[str, ...]
    requests: int
    seconds: float


def look(stem: str, *options: str) -> Seen:
    """Run every check on one operation."""
    with tempfile.TemporaryDirectory() as folder:
        done = run([OURS, "run", stem, "--report", "report.json", *options], folder)
        path = Path(folder, "report.json")
        if not path.exists():
            raise RuntimeError(f"conformance run {stem} {' '.join(options)}: {done.output}")
        (operation,) = json.loads(path.read_text(encoding="utf-8"))["operations"]
    return _seen(operation)


def _seen(operation: dict[str, Any]) -> Seen:
    return Seen(
        {finding["id"]: f"{finding['check']} {finding['level']}" for finding in operation["findings"]},
        tuple(one["check"] for one in operation["outcomes"] if one["outcome"] == "errored"),
        operation["requests"],
        operation["seconds"],
    )


def judge(pair: Pair, honest: Seen, generated: Sequence[str]) -> Verdict:
    """Examine a fault; the `generated` queries, most of a run's time, only where its own check says nothing yet."""
    verdict = examine(pair, honest, *without(generated))
    return verdict if verdict.mark == "own" else examine(pair, honest)


def without(checks: Sequence[str]) -> list[str]:
    """The options that leave checks out."""
    return [word for check in checks for word in ("--skip", check)]


def examine(pair: Pair, honest: Seen, *options: str) -> Verdict:
    """Run once against the lying mock; what the honest one shows as well does not count."""
    seen = look(pair.stem, "--fault", pair.fault, *options)
    new = [text.split(" ") for name, text in seen.findings.items() if name not in honest.findings]
    checks = tuple(sorted({check for check, _ in new}))
    mark = "own" if pair.check in checks else "other" if checks else "missed"
    levels = {level for check, level in new if check == pair.check}
    level = next((level for level in ("error", "warning", "note") if level in levels), "")
    return Verdict(mark, checks, level, seen.errored, seen.requests, seen.seconds)


@dataclass(frozen=True)
class Honest:
    """One honest collection, and what was said of it."""

    stem: str
    items: int
    seed: int
    false: tuple[str, ...]
    """Checks with findings, and checks that crashed."""
    requests: int
    seconds: float


def honest(stem: str, items: int, seed: int, superseded: Collection[str]) -> Honest:
    """Run every check on an honest mock of a size; whatever is found is false, but that a page is superseded."""
    with mock(stem, "--items", str(items), "--seed", str(seed)) as one:
        seen = look(stem, "--target", one.url, "--seed", str(seed))
    expected = {EXPECTED} if stem in superseded else set()
    false = {text.split(" ")[0] for text in seen.findings.values() if text not in expected} | set(seen.errored)
    return Honest(stem, items, seed, tuple(sorted(false)), seen.requests, seen.seconds)
