"""The loop is closed: what a server does instead is proposed, written, generated, and the next run finds nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conformance import checks
from conformance.checks.family import CLIENT, FUZZ
from conformance.cli.main import main
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.finding_text import tell
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.faults import FAULTS
from conformance.mock.server import app, running
from conformance.propose import proposal
from conformance.propose.edits.draft import Drafts
from conformance.propose.seen import Seen
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.target.target import Limits, Target
from conformance.tests.conftest import STEMS, TOKEN

ROOT = own_specs().parent
CONTRACTS = {stem: load_contract(stem, own_specs()) for stem in STEMS}
SHAPE = {"body-matches-schema", "fields-documented"}
"""The checks whose faults are faults of shape."""
NO_LISTING = "no schema of a listing describes it"
BY_FREE_TEXT = "keys of free-form metadata changed as well, and the filter on them asks for the old ones"
NOT_CLOSED = {
    **{(stem, "items-null"): NO_LISTING for stem in STEMS},
    **{(stem, "item-null"): NO_LISTING for stem in STEMS},
    **{(stem, "one-item-for-all"): NO_LISTING for stem in STEMS},
    ("browserbase_sessions", "all-keys-recased"): BY_FREE_TEXT,
    ("instavm_sandboxes", "all-keys-recased"): BY_FREE_TEXT,
}
"""Every fault of shape that does not end at nothing, with why."""
OTHERS = (
    "content-type-text",
    "content-type-vendor",
    "created-for-ok",
    "error-body-changed",
    "error-body-text",
    "partial-for-ok",
    "undocumented-end",
    "default-halved",
    "default-doubled",
    "high-limit-clamped",
    "low-limit-clamped",
    "bad-pattern-accepted",
    "order-reversed",
    "inclusive-became-exclusive",
    "open-bound-inclusive",
    "times-out-of-order-once",
    "open-duration-in-other-unit",
    "present-too-early",
    "present-too-early-once",
    "ended-while-running",
    "open-total-is-page",
)
"""Faults of other kinds that a spec can express."""


def applicable(name: str) -> list[str]:
    """The operations that a fault can break."""
    return [stem for stem in STEMS if FAULTS[name].applies(CONTRACTS[stem])]


SHAPES = [(stem, name) for name, fault in FAULTS.items() if fault.check in SHAPE for stem in applicable(name)]
EXPRESSIBLE = [pair for pair in SHAPES if pair not in NOT_CLOSED] + [
    (stem, name) for name in OTHERS for stem in applicable(name)[:1]
]


def found(contract: Contract, url: str) -> tuple[list[Finding], list[Exchange]]:
    """What every check but the client's and the generated queries finds, without the note on the lifecycle."""

    @contextmanager
    def opened(observe: Callable[[Exchange], None]) -> Iterator[Target]:
        with Target(contract, url, secret=TOKEN, limits=Limits(), trusted=True, observe=observe) as target:
            yield target

    idle = {FUZZ, CLIENT}
    selected = [check for check in checks.ALL if check.family not in idle and check.id != "lifecycle-current"]
    result = run_operation(contract, Plan(checks=selected, seed=1), opened)
    assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]
    return [finding for finding, _ in result.findings], list(result.exchanges)


@contextmanager
def liar(stem: str, name: str) -> Iterator[str]:
    """The mock of the documented contract, with one fault."""
    contract = CONTRACTS[stem]
    dataset = load_dataset(contract, items=None, seed=1, fixtures=None)
    with running(app(contract, dataset, secret=TOKEN, fault=FAULTS[name])) as url:
        yield url


def report(contract: Contract, findings: list[Finding], exchanges: list[Exchange]) -> dict[str, Any]:
    """As much of a report as proposals need."""
    seen = Seen(contract, exchanges, day="2026-11-23", findings=findings)
    drafts = Drafts(contract.stem, contract.text)
    rows = []
    for finding in findings:
        shown: dict[str, Any] = {
            "id": finding.id(contract.stem),
            "check": finding.check,
            "says": finding.says,
            "curl": [],
        }
        shown |= {"expected": tell(finding.expected), "actual": tell(finding.actual)}
        rows.append({**shown, "proposal": proposal(finding, seen, drafts, shown)})
    operation = {"stem": contract.stem, "spec_sha256": drafts.digest, "findings": rows}
    return {"format": 1, "operations": [operation]}


@pytest.mark.parametrize(("stem", "name"), [pair for pair in NOT_CLOSED if NOT_CLOSED[pair] == NO_LISTING])
def test_what_no_spec_describes_says_why(stem: str, name: str) -> None:
    """A body that is no listing gets no proposal, but a reason and a bug report."""
    with liar(stem, name) as url:
        findings, exchanges = found(CONTRACTS[stem], url)
    (operation,) = report(CONTRACTS[stem], findings, exchanges)["operations"]

    proposals = [one["proposal"] for one in operation["findings"] if one["check"] == "body-matches-schema"]
    assert proposals
    assert all(one["why"] and one["bug_report"] and not one["edits"] for one in proposals)


def test_nine_in_ten_are_closed() -> None:
    """Of the faults of shape that a spec of a listing can express, at least nine in ten end at nothing."""
    expressible = [pair for pair in SHAPES if NOT_CLOSED.get(pair) != NO_LISTING]

    assert set(NOT_CLOSED) <= set(SHAPES)
    assert len([pair for pair in expressible if pair not in NOT_CLOSED]) >= 0.9 * len(expressible)


@pytest.mark.parametrize(("stem", "name"), EXPRESSIBLE)
def test_the_loop_is_closed_with_a_client_generated_anew(stem: str, name: str, tmp_path: Path) -> None:
    """run, propose --write, generate, run: the second exits 0, and its client reads every body."""
    shutil.copytree(ROOT / "specs", tmp_path / "specs")
    for file in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / file, tmp_path)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    own = ("--specs", str(tmp_path / "specs"))
    with liar(stem, name) as url:
        assert main(["run", stem, "--target", url, "--report", str(first), "--fail-on", "note", *own]) == 1
        assert main(["propose", str(first), "--write", *own]) == 0
        generate(tmp_path, stem)
        command = [sys.executable, "-m", "conformance", "run", stem, "--target", url, "--report", str(second), *own]
        path = os.pathsep.join([str(tmp_path / "generated" / stem), str(ROOT)])
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}, cwd=tmp_path
        )

    assert done.returncode == 0, done.stdout + done.stderr
    (operation,) = json.loads(second.read_text())["operations"]
    assert {one["check"] for one in operation["findings"]} <= {"lifecycle-current"}
    ended = {one["check"]: one["outcome"] for one in operation["outcomes"]}
    assert ended["client-decodes"] == "held"


def generate(root: Path, stem: str) -> None:
    """Generate one client in a checkout, as `scripts/generate.py` does in this one."""
    code = "import sys, pathlib, generate; sys.exit(generate.main(sys.argv[2:], pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(root), stem]
    done = subprocess.run(command, cwd=ROOT / "scripts", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
