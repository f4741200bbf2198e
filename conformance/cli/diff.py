"""`conformance diff`: a spec against the OpenAPI document that the provider publishes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from conformance import checks
from conformance.cli.output import hand_out
from conformance.errors import TargetError, UsageError
from conformance.finding import Level
from conformance.published.beside import Beside
from conformance.published.comparison import compare, unread
from conformance.published.document import Published, parse
from conformance.published.record import compared
from conformance.record import known
from conformance.record.exit_code import sealed
from conformance.report import formats
from conformance.spec.load import load_contract, own_specs, stems_in
from conformance.target.download import fetch, shown


def diff(
    stem: Annotated[str, typer.Argument(help="The operation whose spec is compared.")],
    document: Annotated[str, typer.Argument(help="The published OpenAPI document: a .json or .yaml file, or a URL.")],
    report: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Write a report; the ending is its format.")
    ] = None,
    fail_on: Annotated[Level, typer.Option(help="The least level that exits with 1.")] = Level.ERROR,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds until a URL must have answered.")] = 30.0,
    ledger: Annotated[Path | None, typer.Option(help="The file of known drift, instead of our own.")] = None,
    specs_directory: Annotated[
        Path | None, typer.Option("--specs", help="Directory of the specs, instead of our own.")
    ] = None,
) -> int:
    """Compare a spec with the provider's own OpenAPI document; exit 0 agrees, 1 drift, 2 usage, 3 unreachable.

    An error breaks a client that is made from the spec, a warning may break it, a note is additive.
    """
    where = specs_directory or own_specs()
    contract = load_contract(stem, where)
    for path in report or ():
        formats.format_of(path)
    known_drift = known.load(ledger or known.DEFAULT, stems_in(where), [one.id for one in checks.EVERY])
    try:
        result, differences = compare(contract, read(document, timeout=timeout))
    except TargetError as error:
        result, differences = unread(contract, f"{error}. {error.hint}"), {}
    made = compared(result, differences, target=shown(document), ledger=known_drift)
    return hand_out(sealed(made, fail_on=fail_on), report or ())


def read(document: str, *, timeout: float) -> Published:
    """The published document in a file or at a URL; raises TargetError for a URL that gives none."""
    if document.startswith(("http://", "https://")):
        return parse(shown(document), fetch(document, timeout=timeout))
    try:
        return parse(document, Path(document).read_bytes(), beside=Beside.of(Path(document)))
    except OSError as error:
        raise UsageError(f"{document}: cannot be read: {error.strerror}", hint="Is the name right?") from None
