"""The operations and checks as pytest's collectors and items, and the one run that all its workers share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Protocol, Self

import pytest

from conformance import checks
from conformance.checks.base import Check
from conformance.errors import ConformanceError
from conformance.finding import Level
from conformance.pytest_plugin.ending import Ending, tell
from conformance.pytest_plugin.suite import Suite, suite
from conformance.record.types import Record
from conformance.spec.contract import Contract

SUITE = pytest.StashKey[Suite]()
SHARED = "conformance_directory"
LEDGER = "known-drift-still-happens"
"""The test that fails where a line of the ledger matches nothing; it is there where the ledger has lines."""


def pytest_configure(config: pytest.Config) -> None:
    """Read specs and ledger before anything is collected; what is wrong there ends as wrong usage."""
    config.addinivalue_line("markers", "conformance: tests one check of one documented operation")
    try:
        config.stash[SUITE] = suite(config.getoption, _shared_directory(config))
    except ConformanceError as error:
        raise pytest.UsageError(f"{error}\n{error.hint}") from None


def _shared_directory(config: pytest.Config) -> Path:
    """Where the processes of one pytest run find what one of them has run: the workers of xdist are told."""
    told: str | None = getattr(config, "workerinput", {}).get(SHARED)
    if told is not None:
        return Path(told)
    made = Path(tempfile.mkdtemp(prefix="conformance-"))
    config.add_cleanup(lambda: shutil.rmtree(made, ignore_errors=True))
    return made


class _Worker(Protocol):
    """A worker of xdist, which need not be installed."""

    workerinput: dict[str, str]
    config: pytest.Config


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Worker) -> None:
    """Tell a worker of xdist the shared directory."""
    node.workerinput[SHARED] = str(node.config.stash[SUITE].directory)


def pytest_report_header(config: pytest.Config) -> str:
    """Say what is checked, and where."""
    asked = config.stash[SUITE].job
    return f"conformance: {', '.join(one.stem for one in asked.contracts)} at {asked.destination.name}"


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Add the operations to what the session collects, whatever paths it was given."""
    report = yield
    if isinstance(collector, pytest.Session) and report.result is not None:
        asked = collector.config.stash[SUITE]
        found = [OperationCollector.of(collector, asked, contract) for contract in asked.job.contracts]
        report.result = [*report.result, *found]
    return report


def pytest_collection_finish(session: pytest.Session) -> None:
    """Run no check of which no test is left; the ledger's test needs them all."""
    for item in session.items:
        if isinstance(item, CheckItem):
            item.parent.wanted.append(item.check)
        elif isinstance(item, LedgerItem):
            item.parent.wanted.extend(checks.ALL)


class OperationCollector(pytest.Collector):
    """One operation: its tests are the checks."""

    suite: Suite
    contract: Contract
    wanted: list[Check]

    @classmethod
    def of(cls, session: pytest.Session, asked: Suite, contract: Contract) -> Self:
        """The collector of a contract."""
        made: Self = cls.from_parent(session, name=contract.stem, nodeid=f"conformance::{contract.stem}")
        made.suite, made.contract, made.wanted = asked, contract, []
        return made

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each check, and one for the ledger where it has lines of this operation."""
        for check in checks.ALL:
            yield CheckItem.of(self, check)
        if any(entry.operation == self.contract.stem for entry in self.suite.job.ledger.entries):
            ledger = LedgerItem.from_parent(self, name=LEDGER)
            ledger.add_marker("conformance")
            yield ledger

    @property
    def record(self) -> Record:
        """The record of the one run of this operation."""
        wanted = {check.id for check in self.wanted}
        return self.suite.record(self.contract, [check for check in checks.ALL if check.id in wanted])


class _Item(pytest.Item):
    parent: OperationCollector

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where pytest says that the test stands: its headline is the operation and the check."""
        return self.path, None, f"{self.parent.name} {self.name}"


class LedgerItem(_Item):
    """Whether the known drift of one operation still happens."""

    def runtest(self) -> None:
        """Fail where a line of the ledger matched nothing."""
        if self.parent.record.ledger:
            pytest.fail("\n".join(self.parent.record.ledger), pytrace=False)


class CheckItem(_Item):
    """One check of one operation."""

    check: Check
    ending: Ending

    @classmethod
    def of(cls, parent: OperationCollector, check: Check) -> Self:
        """The test of a check."""
        made: Self = cls.from_parent(parent, name=check.id)
        made.check = check
        made.add_marker("conformance")
        made.extra_keyword_matches.add(str(check.family))
        return made

    def setup(self) -> None:
        """Look up how the check ended; what could not be told ends as an error of the test, not as its failure."""
        self.ending = tell(self.parent.record, self.name, Level(self.config.getoption("conformance_fail_on")))
        self.user_properties.extend(("finding", one) for one in self.ending.ids)
        if self.ending.outcome == "errored":
            pytest.fail(f"could not tell: {self.ending.text}", pytrace=False)
        if self.ending.outcome == "skipped":
            pytest.skip(self.ending.text)

    def runtest(self) -> None:
        """Fail with the findings; known drift is an expected failure."""
        if self.ending.outcome == "drifted":
            pytest.fail(self.ending.text, pytrace=False)
        if self.ending.outcome == "known":
            pytest.xfail(self.ending.text)
        if self.ending.text:
            self.add_report_section("call", "conformance", self.ending.text)
