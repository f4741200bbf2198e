"""What the tests of replays share: recordings of runs on the mock, with a clock of their own, and replays of lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conformance import checks
from conformance.cli.main import main
from conformance.mock.motion import Motion
from conformance.replay.cores import Work, alone
from conformance.replay.recording.blocks import cut
from conformance.replay.recording.lines import line_of
from conformance.replay.result import result_of
from conformance.replay.tally import Tally
from conformance.result import Result
from conformance.spec.contract import Contract
from conformance.tests.conftest import Ran
from conformance.tests.runs import ran

BEGAN = datetime(2026, 5, 7, tzinfo=UTC)


def recorded(
    contract: Contract, fault: str | None = None, *, motion: Motion | None = None, pause: float = 0.05
) -> list[bytes]:
    """The lines of a run against a mock; so many seconds pass between two requests."""
    lines: list[bytes] = []
    for exchange in ran(contract, fault, motion=motion).exchanges:
        lines.append(line_of(exchange, now=BEGAN + timedelta(seconds=pause * len(lines) + exchange.seconds)))
    return lines


def replayed(contract: Contract, lines: Iterable[bytes], *, specs: str = "") -> Result:
    """What all checks find in some lines; the specs are those of the checkout unless a folder is named."""
    work = Work((contract.stem,), specs, frozenset(check.id for check in checks.ALL))
    return result_of(contract, checks.ALL, alone(work, cut("lines", lines)).each[contract.stem], seconds=0)


def found(result: Result) -> set[str]:
    """The checks with findings, without the note that the operation is superseded."""
    return {one.check for one, _ in result.findings if (one.check, one.place) != ("lifecycle-current", "")}


def outcomes(result: Result) -> dict[str, tuple[str, str]]:
    """Check to outcome and reason."""
    return {one.check: (one.outcome, one.reason) for one in result.outcomes}


def told(tally: Tally) -> Any:
    """All that a sum says."""
    found = {
        name: (one.count, one.finding.actual, [(each.request.url, each.body) for each in one.finding.witness])
        for name, one in tally.found.items()
    }
    counted = (tally.looks, tally.broken, tally.ignored)
    return tally.lines, tally.exchanges, tally.unreadable, tally.unreadable_count, counted, found


@pytest.fixture
def replay(tmp_path: Path) -> Callable[..., Ran]:
    """Replay files on the command line and read the report."""

    def run(stem: str, *arguments: Any) -> Ran:
        path = tmp_path / "report.json"
        code = main(["replay", stem, *map(str, arguments), "--jobs", "1", "--report", str(path)])
        return Ran(code, json.loads(path.read_text()))

    return run
