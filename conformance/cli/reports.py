"""The commands that read reports: `report` writes one in other formats, `compare` says what changed between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from conformance.finding import Level
from conformance.record.compare import Comparison, Difference, compare
from conformance.record.exit_code import COULD_NOT_TELL, DRIFT, HELD
from conformance.record.load import load
from conformance.report import formats, text
from conformance.report.printable import printable
from conformance.report.words import COLOURS, MARKS, counted, place, seen

FailOn = Annotated[Level, typer.Option("--fail-on", help="The least level that exits with 1.")]


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command("report")(report)
    cli.command("compare")(comparison)


def report(
    source: Annotated[Path, typer.Argument(metavar="IN.json", help="A report.json of an earlier run.")],
    to: Annotated[
        list[Path] | None, typer.Option("--report", metavar="PATH", help="Write it here; the ending is the format.")
    ] = None,
) -> int:
    """Show an earlier run again, or write it in other formats; exits 0, because the verdict was the run's."""
    for path in to or ():
        formats.format_of(path)
    record = load(source)
    for path in to or ():
        formats.write(record, path)
    if not to:
        text.show(record, Console(highlight=False))
    return HELD


def comparison(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The report.json of the earlier run.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The report.json of the later run.")],
    fail_on: FailOn = Level.ERROR,
) -> int:
    """Say which drift is new, gone and still there; exit 1 on new drift, 3 where the later run could not tell."""
    compared = compare(load(old), load(new))
    code = compared.exit_code(fail_on)
    console = Console(highlight=False)
    for line in _lines(compared):
        console.print(line, soft_wrap=True)
    console.print(_verdict(compared, code), soft_wrap=True)
    return code


def _lines(compared: Comparison) -> Iterator[Text]:
    sections = {"new": compared.new, "gone": compared.gone, "still there": compared.still}
    for title, found in sections.items():
        yield from _section(title, [_line(one) for one in found])
    yield from _section("not seen, but not looked for either", [_line(one) for one in compared.untold])
    rows = [Text(printable(f"  {stem}  {check}  {why}")) for stem, check, why in compared.unchecked]
    yield from _section("gave a verdict before and gives none now", rows)


def _section(title: str, lines: Sequence[Text]) -> Iterator[Text]:
    if lines:
        yield Text(f"{title} ({len(lines)})", style="bold")
        yield from lines
        yield Text()


def _line(one: Difference) -> Text:
    finding, stem = one.finding, one.operation["stem"]
    known = " known" if finding["known"] else ""
    why = f"  [{one.why}]" if one.why else ""
    where = place(one.operation, finding)
    head = f"  {MARKS[finding['level']]} {stem}  {finding['check']}  {finding['level']}{known}  {finding['id']}"
    return Text(printable(f"{head}  {where}  {seen(finding)}{why}"), style=COLOURS[finding["level"]])


def _verdict(compared: Comparison, code: int) -> Text:
    known = sum(1 for one in compared.new if one.finding["known"])
    new = counted(len(compared.new), "new finding") + (f", {known} of them known" if known else "")
    numbers = f"{new}, {len(compared.gone)} gone, {len(compared.still)} still there"
    words = {HELD: "✓ no new drift", DRIFT: "✗ new drift", COULD_NOT_TELL: "? could not tell"}[code]
    return Text(f"{words} ({numbers})", style={HELD: "green", DRIFT: "red", COULD_NOT_TELL: "yellow"}[code])
