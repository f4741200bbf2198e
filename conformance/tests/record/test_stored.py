"""Reports that were stored once and are made again: what a run tells of a server does not change by itself.

Keys, and outcomes of new checks, may be added to a report. Where another change is meant, the stored reports are
renewed, and the difference is looked at:

    python -c "from conformance.tests.record.test_stored import store; store()"
"""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance import checks
from conformance.checks.family import FUZZ
from conformance.cli.main import main

HERE = Path(__file__).parent
SPECS = HERE.parent / "sixth" / "specs"
STORED = [
    ("depot_jobs", ""),
    ("depot_jobs", "equals-ignored"),
    ("depot_jobs", "all-keys-recased"),
    ("cabin_boxes", "items-null"),
]
"""Stem, and the lie that the mock told; none where it was honest."""
TIMES = frozenset({"started", "seconds", "date", "server", "content-length"})
"""Keys of a report that tell when it was made, or by which server of HTTP the mock was served."""
DAY = re.compile(r"(?<=\(on )\d{4}-\d\d-\d\d|(?<=date: ')\d{4}-\d\d-\d\d")
"""The day of a run, where a bug report and a proposed deviation say it."""
ORIGIN = re.compile(r"https?://[^/?#'\"\\ ]+")


def report(stem: str, fault: str) -> dict[str, Any]:
    """The report of a run against the mock with a fault, but for times and the mock's address.

    Generated queries are left out: they change with the version of what generates them.
    """
    skipped = [part for one in checks.ALL if one.family is FUZZ for part in ("--skip", one.id)]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.json"
        lie = ["--fault", fault] if fault else []
        main(["run", stem, "--specs", str(SPECS), *lie, *skipped, "--report", str(path)])
        text = path.read_text(encoding="utf-8").replace(str(SPECS), "specs")
        made: dict[str, Any] = _timeless(json.loads(ORIGIN.sub("http://mock", text)))
    return made


def _of(stored: Any, made: Any) -> Any:
    """What was made, without the keys, and the checks, that were not stored."""
    if isinstance(stored, dict) and isinstance(made, dict):
        return {key: _of(part, made[key]) for key, part in stored.items() if key in made}
    if isinstance(stored, list) and isinstance(made, list):
        known = {row["check"] for row in stored if _is_outcome(row)}
        made = [row for row in made if not _is_outcome(row) or row["check"] in known]
    if isinstance(stored, list) and isinstance(made, list) and len(stored) == len(made):
        return [_of(*pair) for pair in zip(stored, made, strict=True)]
    return made


def _is_outcome(value: Any) -> bool:
    return isinstance(value, dict) and {"check", "outcome"} <= value.keys()


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _timeless(part) for key, part in value.items() if key not in TIMES}
    if isinstance(value, list):
        return [_timeless(part) for part in value]
    return DAY.sub("today", value) if isinstance(value, str) else value


def stored(stem: str, fault: str) -> Path:
    """The file that holds what was reported."""
    return HERE / f"{stem}_{fault or 'honest'}.json.gz"


def store() -> None:
    """Write the reports of today, for the tests to hold those of tomorrow against."""
    for stem, fault in STORED:
        text = json.dumps(report(stem, fault), indent=1, sort_keys=True)
        stored(stem, fault).write_bytes(gzip.compress(text.encode(), mtime=0))


def read(stem: str, fault: str) -> dict[str, Any]:
    """What was reported."""
    made: dict[str, Any] = _timeless(json.loads(gzip.decompress(stored(stem, fault).read_bytes())))
    return made


@pytest.mark.parametrize(("stem", "fault"), STORED)
def test_a_report_is_what_it_was(stem: str, fault: str) -> None:
    """A report made today says what the stored one of the same seed says: findings, their ids, outcomes, witnesses."""
    before = read(stem, fault)

    assert _of(before, report(stem, fault)) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda operation: operation["findings"][0].update(id="0" * 12),
        lambda operation: operation["findings"][0].update(pointer="/paths"),
        lambda operation: operation["outcomes"][0].update(outcome="errored"),
        lambda operation: operation["findings"][0]["witness"].pop(),
        lambda operation: operation["findings"].append(operation["findings"][0]),
        lambda operation: operation.pop("profile"),
    ],
)
def test_what_is_told_otherwise_is_seen(change: Callable[[dict[str, Any]], object]) -> None:
    """Leaving out times, addresses and what was added hides no other change of a report."""
    before, after = read(*STORED[1]), read(*STORED[1])

    change(after["operations"][0])

    assert _of(before, _timeless(after)) != before
