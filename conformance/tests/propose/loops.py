"""From what a server does instead to a spec that says so: find, propose, write, generate, and find again."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.spec.contract import Contract
from conformance.tests.runs import opening

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from conformance.exchange import Exchange
    from conformance.finding import Finding
    from conformance.propose.edits.draft import Drafts
    from conformance.propose.seen import Seen
    from conformance.record.types import Finding as Shown
    from conformance.record.types import Record


UNTOLD = "it could not be told"
"""How the reason of a check begins which the server kept from its work."""


def found(contract: Contract, server: Starlette, *, is_listing: bool = True) -> tuple[list[Finding], list[Exchange]]:
    """What every check but the client's and the generated queries finds, without the note on the lifecycle.

    None of them ends in an error; where nothing is a listing, many a server kept from their work.
    """
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.checks.family import CLIENT, FUZZ  # noqa: PLC0415 - as above
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above

    idle = {FUZZ, CLIENT}
    selected = [check for check in checks.ALL if check.family not in idle and check.id != "lifecycle-current"]
    result = run_operation(contract, Plan(checks=selected, seed=1), opening(contract, server))
    broken = [one for one in result.outcomes if one.outcome == "errored"]
    assert [one for one in broken if is_listing or not one.reason.startswith(UNTOLD)] == []
    return [finding for finding, _ in result.findings], list(result.exchanges)


def report(contract: Contract, findings: list[Finding], exchanges: list[Exchange]) -> Record:
    """As much of a report as proposals need."""
    from conformance.propose.edits.draft import Drafts  # noqa: PLC0415 - as above
    from conformance.propose.seen import Seen  # noqa: PLC0415 - as above
    from conformance.record import types  # noqa: PLC0415 - as above

    seen = Seen(contract, exchanges, day="2026-11-23", findings=findings)
    drafts = Drafts(contract.stem, contract.text)
    operation = types.Operation(
        stem=contract.stem,
        operation=contract.operation,
        spec=contract.file,
        spec_sha256=drafts.digest,
        requests=len(exchanges),
        seconds=0.0,
        outcomes=[],
        findings=[_shown(contract, finding, seen, drafts) for finding in findings],
    )
    return types.Record(
        format=1, seed=1, target="mock", started="2026-11-23T00:00:00Z", seconds=0.0, operations=[operation], ledger=[]
    )


def _shown(contract: Contract, finding: Finding, seen: Seen, drafts: Drafts) -> Shown:
    from conformance.finding_text import tell  # noqa: PLC0415 - as above
    from conformance.propose import proposal  # noqa: PLC0415 - as above
    from conformance.propose.case import Told  # noqa: PLC0415 - as above
    from conformance.record import types  # noqa: PLC0415 - as above

    told = Told(id=finding.id(contract.stem), expected=tell(finding.expected), actual=tell(finding.actual))
    made = proposal(finding, seen, drafts, told)
    edits = [edit.as_json() for edit in made.edits]
    return types.Finding(
        id=told.id,
        check=finding.check,
        level=finding.level,
        known=False,
        pointer=finding.pointer,
        line=1,
        says=finding.says,
        expected=told.expected,
        actual=told.actual,
        count=1,
        curl=[],
        witness=[],
        breaks_client=False,
        proposal=types.Proposal(diff=made.diff, why=made.why, bug_report=made.bug_report, edits=edits),
    )


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
