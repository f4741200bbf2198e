"""What the options of pytest ask for, and one run of each operation, whichever process comes first."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from filelock import FileLock

from conformance import files
from conformance.checks.base import Check
from conformance.finding import Level
from conformance.job.job import Job, is_interrupted, perform, prepare
from conformance.job.options import Options
from conformance.record.exit_code import sealed
from conformance.record.types import Record, typed
from conformance.report.formats import as_json
from conformance.spec.contract import Contract

EVERYTHING = "all"


@frozen(kw_only=True)
class Suite:
    """The job, and where the records of its operations lie."""

    job: Job
    directory: Path
    """Shared by all processes of one pytest run."""
    fail_on: Level
    keep: Path | None
    """Where the records stay after it."""

    def record(self, contract: Contract, wanted: Sequence[Check]) -> Record:
        """The record of an operation's run; the first process that asks runs it, the others wait for it."""
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.directory / f"{contract.stem}.json"
        with FileLock(path.with_suffix(".lock")):
            if not path.exists():
                self._run(contract, wanted, path)
        return typed(json.loads(path.read_text(encoding="utf-8")))

    def _run(self, contract: Contract, wanted: Sequence[Check], path: Path) -> None:
        made = _whole(perform(self.job.of(contract, wanted)))
        text = as_json(sealed(made, fail_on=self.fail_on))
        for directory in filter(None, (self.keep, self.directory)):
            files.write(directory / path.name, text, folders=True)


def _whole(made: Record) -> Record:
    """The record of a run to its end; whoever interrupts pytest wants the end of it, and no part of a run."""
    if is_interrupted(made):
        raise KeyboardInterrupt
    return made


def ran(*stems: str, fail_on: str = "error", **asked: Any) -> Record:  # noqa: ANN401 - what `Options` takes
    """The record of one run; `asked` are options of a job."""
    made = _whole(perform(prepare(Options(stems=stems, **{"environment": os.environ, **asked}))))
    return sealed(made, fail_on=Level(fail_on))


def suite(option: Callable[[str], Any], directory: Path) -> Suite:
    """What the options ask for; raises ConformanceError for what does not exist."""
    asked = option("conformance")
    options = Options(
        stems=() if EVERYTHING in asked else asked,
        specs=_path(option("conformance_specs")),
        target=option("conformance_target"),
        params=option("conformance_param"),
        max_requests=option("conformance_max_requests"),
        rate=option("conformance_rate"),
        environment=os.environ,
        ledger=_path(option("conformance_ledger")),
    )
    return Suite(
        job=prepare(options),
        directory=directory,
        fail_on=Level(option("conformance_fail_on")),
        keep=_path(option("conformance_report")),
    )


def _path(given: str | None) -> Path | None:
    return Path(given).absolute() if given else None
