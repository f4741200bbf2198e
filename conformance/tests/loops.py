"""From what a server does instead to a spec that says so: find, propose, write, generate, and find again."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.spec.contract import Contract
from conformance.tests.runs import opening

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from conformance.exchange import Exchange
    from conformance.finding import Finding


def found(contract: Contract, server: Starlette) -> tuple[list[Finding], list[Exchange]]:
    """What every check but the client's and the generated queries finds, without the note on the lifecycle."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.checks.family import CLIENT, FUZZ  # noqa: PLC0415 - as above
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above

    idle = {FUZZ, CLIENT}
    selected = [check for check in checks.ALL if check.family not in idle and check.id != "lifecycle-current"]
    result = run_operation(contract, Plan(checks=selected, seed=1), opening(contract, server))
    assert not [outcome for outcome in result.outcomes if outcome.outcome == "errored"]
    return [finding for finding, _ in result.findings], list(result.exchanges)


def report(contract: Contract, findings: list[Finding], exchanges: list[Exchange]) -> dict[str, Any]:
    """As much of a report as proposals need."""
    from conformance.finding_text import tell  # noqa: PLC0415 - as above
    from conformance.propose import proposal  # noqa: PLC0415 - as above
    from conformance.propose.edits.draft import Drafts  # noqa: PLC0415 - as above
    from conformance.propose.seen import Seen  # noqa: PLC0415 - as above

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


@contextmanager
def generated(root: Path, stem: str) -> Iterator[None]:
    """While the context lasts, the client of a stem is the one that is generated now in a checkout."""
    import generate  # type: ignore[import-not-found]  # noqa: PLC0415 - the script, which pytest finds in scripts/

    assert generate.main([stem], root) == 0
    before = {name: sys.modules.pop(name) for name in _modules(stem)}
    sys.path.insert(0, str(root / "generated" / stem))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.pop(0)
        for name in _modules(stem):
            del sys.modules[name]
        sys.modules.update(before)


def _modules(stem: str) -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == stem]
