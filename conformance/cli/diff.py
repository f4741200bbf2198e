"""`conformance diff`: a spec against the OpenAPI document that the provider publishes."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.options import Download, FailOn, Ledger, Report, Specs

if TYPE_CHECKING:
    from conformance.published.document import Published


def diff(
    stem: Annotated[str, typer.Argument(help="The operation whose spec is compared.")],
    document: Annotated[str, typer.Argument(help="The published OpenAPI document: a .json or .yaml file, or a URL.")],
    report: Report = None,
    fail_on: FailOn = "error",
    timeout: Download = 30.0,
    ledger: Ledger = None,
    specs_directory: Specs = None,
) -> int:
    """Compare a spec with the provider's own OpenAPI document; exit 0 agrees, 1 drift, 2 usage, 3 unreachable.

    An error breaks a client that is made from the spec, a warning may break it, a note is additive.
    """
    from conformance import checks
    from conformance.cli.output import ensure_writable, hand_out
    from conformance.errors import TargetError
    from conformance.published.comparison import compare, unread
    from conformance.record import known
    from conformance.record.from_results import record
    from conformance.result import now
    from conformance.spec.load import load_contract, own_specs, stems_in
    from conformance.target.download import shown

    where = specs_directory or own_specs()
    contract = load_contract(stem, where)
    ensure_writable(report or ())
    known_drift = known.load(ledger, stems_in(where), [one.id for one in checks.EVERY])
    started = now()
    try:
        result = compare(contract, read(document, timeout=timeout))
    except TargetError as error:
        result = unread(contract, f"{error}. {error.hint}")
    # Nothing in a comparison is random, and neither document holds a customer's values.
    made = record(
        [result], seed=0, target=shown(document), started=started, ledger=known_drift, privacies={contract.stem: None}
    )
    return hand_out(made, report or (), fail_on=fail_on)


def read(document: str, *, timeout: float) -> Published:
    """The published document in a file or at a URL; raises TargetError for a URL that gives none."""
    from conformance.errors import UsageError
    from conformance.published.beside import Beside
    from conformance.published.document import parse
    from conformance.target.download import fetch, shown
    from conformance.target.tls import trusted

    if not math.isfinite(timeout):
        raise UsageError(f"--timeout {timeout}: is no number of seconds", hint="Give a number that has an end.")
    if document.startswith(("http://", "https://")):
        return parse(shown(document), fetch(document, timeout=timeout, authorities=trusted(os.environ)))
    try:
        return parse(document, Path(document).read_bytes(), beside=Beside.of(Path(document)))
    except OSError as error:
        raise UsageError(f"{document}: cannot be read: {error.strerror}", hint="Is the name right?") from None
