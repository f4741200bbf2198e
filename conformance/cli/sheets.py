"""The commands that read many reports and show one page: `coverage` and `matrix`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from conformance.report.sheet import Sheet

Reports = Annotated[
    list[Path], typer.Argument(metavar="REPORT.json...", help="Reports of runs, or directories that hold them.")
]
To = Annotated[
    list[Path] | None, typer.Option("--report", metavar="PATH", help="Write the page here: .html, .md or .json.")
]


def coverage(reports: Reports, to: To = None) -> int:
    """Say what is documented and was seen in none of these runs: statuses, parameters, fields, words, promises."""
    from conformance.record.load import load
    from conformance.report.coverage import coverage as page

    return _show(page([load(path) for path in found(reports)]), to or ())


def matrix(
    reports: Reports,
    to: To = None,
    site: Annotated[
        Path | None, typer.Option(metavar="DIRECTORY", help="Write a site: the page, and a page of each report.")
    ] = None,
) -> int:
    """Show which server keeps what: implementations against families of checks, sorted, and linked to the findings."""
    from conformance import files
    from conformance.record.load import load
    from conformance.report import formats, sheet
    from conformance.report.implementations import implementations

    paths = found(reports)
    records = {path: load(path) for path in paths}
    if site is not None:
        names = {path: f"{number}-{path.stem}.html" for number, path in enumerate(paths, 1)}
        for path, record in records.items():
            files.write(site / names[path], formats.rendered(record, ".html"), folders=True)
        made = implementations([(names[path], record) for path, record in records.items()])
        for ending, name in ((".html", "index.html"), (".md", "matrix.md"), (".json", "matrix.json")):
            files.write(site / name, sheet.rendered(made, ending), folders=True)
    beside = (to or [Path()])[0].parent
    return _show(implementations([(_page_of(path, beside), record) for path, record in records.items()]), to or ())


def found(given: Sequence[Path]) -> list[Path]:
    """The files that are named, and every report in the directories; raises UsageError where there is none."""
    from conformance.errors import UsageError

    paths = [path for one in given for path in (_reports_in(one) if one.is_dir() else [one])]
    if not paths:
        hint = "`conformance run --report out.json` makes one."
        raise UsageError(f"{', '.join(map(str, given))}: no report is there", hint=hint)
    return paths


def _reports_in(directory: Path) -> list[Path]:
    """The reports in a directory; other JSON stands beside them."""
    from conformance.errors import UsageError
    from conformance.record.load import read

    found = []
    for path in sorted(directory.rglob("*.json")):
        with suppress(UsageError):
            read(path)
            found.append(path)
    return found


def _page_of(path: Path, beside: Path) -> str:
    """The page that stands beside a report, as a link from another directory; empty where there is none."""
    page = path.with_suffix(".html")
    return Path(os.path.relpath(page, beside)).as_posix() if page.is_file() else ""


def _show(made: Sheet, to: Sequence[Path]) -> int:
    from conformance import files
    from conformance.cli.console import console
    from conformance.errors import UsageError
    from conformance.report import sheet

    for path in to:
        if path.suffix not in sheet.ENDINGS:
            raise UsageError(f"--report {path}: no page has the ending {path.suffix!r}", hint="html, md or json.")
    for path in to:
        files.write(path, sheet.rendered(made, path.suffix), name=f"--report {path}")
    terminal = console(wraps=True)
    for line in sheet.lines(made, terminal.width):
        terminal.print(line, markup=False)
    return 0
