"""`conformance known`: findings of a report that are accepted for now, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.options import Ledger

if TYPE_CHECKING:
    from conformance.record.types import Record


def known(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="The record of a run.")],
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="ID", help="This finding, with those that it explains; repeatable."),
    ] = None,
    reason: Annotated[str, typer.Option(help="With --add: why it is accepted.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="With --add: the last day on which it is.")] = "",
    link: Annotated[str, typer.Option(metavar="URL", help="With --add: where more is said.")] = "",
    ledger: Ledger = None,
) -> int:
    """List the findings of a report by whether they are known, or add some to the ledger of known drift."""
    from conformance.cli.console import console
    from conformance.errors import UsageError
    from conformance.record.load import load
    from conformance.report.comparison import known_lines

    record = load(report)
    if not add:
        terminal = console()
        for line in known_lines(record):
            terminal.print(line, soft_wrap=True)
        return 0
    if not reason.strip():
        raise UsageError("--add needs --reason", hint="Say why it is accepted: whoever reads the ledger asks that.")
    _add(_found(record, add), {"reason": reason, "since": _today(), "until": _day(until), "link": link}, ledger)
    return 0


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _day(until: str) -> str:
    from conformance.errors import UsageError

    try:
        if until and date.fromisoformat(until).isoformat() < _today():
            raise UsageError(f"--until {until} is over", hint="Give a day that comes.")
    except ValueError:
        raise UsageError(f"--until {until} is no date", hint="Write it as 2027-01-31.") from None
    return until


def _add(found: list[dict[str, str]], parts: dict[str, str], given: Path | None) -> None:
    from conformance import files
    from conformance.cli.adopt import ensure_own
    from conformance.cli.errors import tell
    from conformance.record import known as ledger
    from conformance.spec.stems import own_specs

    if given is None:
        ensure_own(own_specs(), what=f"{ledger.DEFAULT}", hint="Name a file of yours with --ledger FILE.")
    path = given or ledger.DEFAULT
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = [one for one in found if ledger.entry(one) not in before]
    added = "".join(ledger.entry(one | parts) for one in new)
    files.write(path, before.rstrip("\n") + "\n" * bool(before.strip()) + added, name=f"--ledger {path}", folders=True)
    tell(f"{path}: {len(new)} entries added, {len(found) - len(new)} were there")


def _found(record: Record, wanted: list[str]) -> list[dict[str, str]]:
    """Operation, check and id of each finding that is named, or is explained by one that is."""
    from conformance.errors import UsageError
    from conformance.spec.document import did_you_mean

    rows = [(operation.stem, one) for operation in record.operations for one in operation.findings]
    ids = [one.id for _, one in rows]
    for identity in wanted:
        if identity not in ids:
            hint = did_you_mean(identity, ids, kind="findings of the report")
            raise UsageError(f"no finding {identity!r} in the report", hint=hint)
    return [
        {"operation": stem, "check": one.check, "finding": one.id}
        for stem, one in rows
        if one.id in wanted or one.cause in wanted
    ]
