"""What the options of pytest ask for, and one run of each operation, whichever process comes first."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from filelock import FileLock

from conformance import checks
from conformance.checks.base import Check
from conformance.errors import ConformanceError, UsageError
from conformance.finding import Level
from conformance.job.destination import Destination
from conformance.record import known
from conformance.record.exit_code import sealed
from conformance.record.from_results import record
from conformance.record.known import Ledger
from conformance.report import formats
from conformance.result import Result, errored, now
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs, stems_in
from conformance.target.target import Limits

SEED = 20260507
EVERYTHING = "all"


@frozen(kw_only=True)
class Suite:
    """The operations to check, where, and where their records lie."""

    contracts: Mapping[str, Contract]
    destination: Destination
    ledger: Ledger
    directory: Path
    """Shared by all processes of one pytest run."""
    fail_on: Level
    keep: Path | None
    """Where the records stay after it."""

    def record(self, contract: Contract, wanted: Sequence[Check]) -> dict[str, Any]:
        """The record of an operation's run; the first process that asks runs it, the others wait for it."""
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.directory / f"{contract.stem}.json"
        with FileLock(path.with_suffix(".lock")):
            if not path.exists():
                self._run(contract, wanted, path)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def _run(self, contract: Contract, wanted: Sequence[Check], path: Path) -> None:
        started = now()
        result = self._result(contract, Plan(checks=wanted, seed=SEED))
        made = record([result], seed=SEED, target=self.destination.name, started=started, ledger=self.ledger)
        formats.write(sealed(made, fail_on=self.fail_on), path)
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, self.keep / path.name)

    def _result(self, contract: Contract, plan: Plan) -> Result:
        try:
            return run_operation(contract, plan, lambda observe: self.destination.open(contract, observe))
        except ConformanceError as error:
            return errored(contract, (check.id for check in plan.checks), f"{error}. {error.hint}")


def suite(option: Callable[[str], Any], directory: Path) -> Suite:
    """What the options ask for; raises ConformanceError for what does not exist."""
    where = _path(option("conformance_specs")) or own_specs()
    asked = option("conformance")
    everything = stems_in(where)
    stems = everything if EVERYTHING in asked else list(dict.fromkeys(asked))
    return Suite(
        contracts={stem: load_contract(stem, where) for stem in stems},
        destination=_destination(option),
        ledger=known.load(
            _path(option("conformance_ledger")) or known.DEFAULT, everything, [check.id for check in checks.EVERY]
        ),
        directory=directory,
        fail_on=Level(option("conformance_fail_on")),
        keep=_path(option("conformance_report")),
    )


def _destination(option: Callable[[str], Any]) -> Destination:
    limits = {"requests": option("conformance_max_requests"), "rate": option("conformance_rate")}
    for name, limit in limits.items():
        if limit is not None and limit <= 0:
            raise UsageError(f"the limit of {name} is {limit}", hint="Give a number above 0, or none.")
    fixtures = _path(option("conformance_specs"))
    made = Destination(
        name=option("conformance_target"),
        limits=Limits(**limits),
        environment=os.environ,
        seed=SEED,
        fixtures=fixtures / "fixtures" if fixtures else None,
    )
    made.check()
    return made


def _path(given: str | None) -> Path | None:
    return Path(given).absolute() if given else None
