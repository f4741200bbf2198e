"""`conformance propose`: the changes that a report proposes, as a difference or written into the specs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.adopt import adopt, ensure_own, lacking
from conformance.cli.options import Specs

if TYPE_CHECKING:
    from conformance.record.apply import Applied
    from conformance.record.types import Finding, Record


def propose(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="The record of a run.")],
    finding: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this finding's change; repeatable.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Change the specs instead of showing how.")] = False,
    overlay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the changes as an OpenAPI Overlay 1.0, one for each spec."),
    ] = None,
    specs_directory: Specs = None,
) -> int:
    """Show the smallest changes of the specs that document what was seen, or write them."""
    from conformance import files
    from conformance.cli.console import console
    from conformance.cli.errors import tell
    from conformance.record import apply
    from conformance.record.load import load
    from conformance.report.printable import printable
    from conformance.spec.stems import own_specs

    record = load(report)
    apply.ensure_proposals(record, report)
    where = specs_directory or own_specs()
    if write:
        ensure_own(where, what=f"{where}")
        _adopt(record, where, finding or ())
    made = apply.applied(record, where, finding or ())
    overlays = apply.overlays(made, overlay, version=record.started[:10]) if overlay else {}
    for path, text in overlays.items():
        files.write(path, text, name=f"--overlay {path}")
    if write:
        apply.write(made)
    terminal = console(wraps=True)
    for text in _told(made, written=write):
        terminal.print("\n".join(printable(line) for line in text.splitlines()), markup=False)
    for path in overlays:
        tell(f"{printable(str(path))}: an overlay of the same changes")
    return 0


def _adopt(record: Record, where: Path, wanted: Sequence[str]) -> None:
    """Copy our specs to where the user keeps specs, once it is clear that the changes apply to them."""
    from msgspec import structs

    from conformance.cli.errors import tell
    from conformance.record import apply
    from conformance.spec.stems import own_specs

    stems = lacking([one.stem for one in record.operations if one.findings], where)
    if stems:
        ours = [one for one in record.operations if one.stem in stems]
        others = [one.id for each in record.operations if each not in ours for one in each.findings]
        apply.applied(
            structs.replace(record, operations=ours), own_specs(), [one for one in wanted if one not in others]
        )
    for path in adopt(stems, where):
        tell(f"{path}: copied, with its fixture; `--specs {where}` reads it from now on")


def _told(made: list[Applied], *, written: bool) -> list[str]:
    told = []
    for one in made:
        if one.diff and not written:
            told.append(one.diff)
        elif one.diff:
            told.append(f"{one.path}: {len(one.taken)} of {len(one.findings)} findings are documented now")
            told.append(f"Make the client anew: python scripts/generate.py {one.path.stem}")
        told += [_refused(finding) for finding in one.findings if not finding.proposal or not finding.proposal.edits]
    return told or ["No finding, so nothing to propose."]


def _refused(finding: Finding) -> str:
    why, report = (finding.proposal.why, finding.proposal.bug_report) if finding.proposal else ("", "")
    head = f"# {finding.id} {finding.check}: no change of the spec. {why}"
    lines = "".join(f"#   {line}".rstrip() + "\n" for line in report.splitlines())
    return head + (f"\n# Report it:\n{lines}" if lines else "")
