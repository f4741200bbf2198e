"""The commands that read reports: `report` writes one in other formats, `compare` says what changed between two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from conformance.cli.options import FailOn


def report(
    source: Annotated[Path, typer.Argument(metavar="IN.json", help="A report.json of an earlier run.")],
    to: Annotated[
        list[Path] | None, typer.Option("--report", metavar="PATH", help="Write it here; the ending is the format.")
    ] = None,
) -> int:
    """Show an earlier run again, or write it in other formats; exits 0, because the verdict was the run's."""
    from conformance.cli.console import console
    from conformance.cli.errors import tell_error
    from conformance.cli.output import ensure_writable, write
    from conformance.record.exit_code import HELD, USAGE
    from conformance.record.load import read
    from conformance.record.types import typed
    from conformance.report import formats, text

    ensure_writable(to or ())
    given = read(source)
    record = typed(given)
    if not to:
        text.show(record, console())

    def rendered(ending: str) -> str:
        return formats.dumped(given) if ending == ".json" else formats.rendered(record, ending)

    failures = list(write(to or (), rendered))
    for failure in failures:
        tell_error(failure)
    return USAGE if failures else HELD


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The report.json of the earlier run.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The report.json of the later run.")],
    fail_on: FailOn = "error",
) -> int:
    """Say which drift is new, gone and still there; exit 1 on new drift, 3 where the later run could not tell."""
    from conformance.cli.console import console
    from conformance.finding import Level
    from conformance.record import compare as records
    from conformance.record.load import load
    from conformance.report.comparison import lines

    compared = records.compare(load(old), load(new))
    code = compared.exit_code(Level(fail_on))
    terminal = console()
    for line in lines(compared, code):
        terminal.print(line, soft_wrap=True)
    return code
