"""`conformance replay`: recorded traffic checked without a request."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.options import Check, FailOn, Ledger, Report, ShowValues, Skip, Specs, Stem

if TYPE_CHECKING:
    from conformance.record.types import Recording
    from conformance.replay.cores import Work
    from conformance.replay.recording.blocks import Block, Stretch
    from conformance.replay.tally import Tally


def replay(
    stem: Stem,
    recorded: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="HAR 1.2 or JSON Lines, either in gzip; - is stdin.")
    ],
    check: Check = None,
    skip: Skip = None,
    report: Report = None,
    fail_on: FailOn = "error",
    server: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Base URL of recorded requests; the documented one, and this machine."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; as many as there are cores.")] = None,
    scheduler: Annotated[str, typer.Option(help="A Dask scheduler, such as tcp://host:8786.")] = "",
    ledger: Ledger = None,
    show_values: ShowValues = False,
    specs_directory: Specs = None,
) -> int:
    """Check recorded traffic, without a request; exit 0 held, 1 drift, 2 usage, 3 could not tell."""
    from msgspec import structs

    from conformance import checks
    from conformance.cli.output import ensure_writable, hand_out
    from conformance.privacy.customer_values import Privacy
    from conformance.record import known
    from conformance.record.from_results import record
    from conformance.replay.cores import Work
    from conformance.replay.recording.blocks import blocks
    from conformance.replay.result import recording, result_of
    from conformance.result import now
    from conformance.spec.load import load_contract, own_specs, stems_in

    where = specs_directory or own_specs()
    contract = load_contract(stem, where)
    selected = checks.select(check or (), skip or ())
    ensure_writable(report or ())
    known_drift = known.load(ledger, stems_in(where), [one.id for one in checks.EVERY])
    directory = str(specs_directory.absolute()) if specs_directory else ""
    work = Work(stem, directory, frozenset(one.id for one in selected), tuple(server or ()))
    began, started = time.monotonic(), now()
    tally = _total(work, blocks(recorded, sys.stdin.buffer), jobs or _cores(), scheduler)
    result = result_of(contract, selected, tally, seconds=time.monotonic() - began)
    # A recording knows no credential, so the operation's name keys what stands for a customer's values.
    privacy = None if show_values else Privacy(contract, stem)
    made = record([result], seed=0, target="recording", started=started, ledger=known_drift, privacies={stem: privacy})
    told = recording(tally, map(str, recorded))
    code = hand_out(structs.replace(made, ledger=[], recording=told), report or (), fail_on=fail_on)
    _tell(told, server or [contract.server])
    return code


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _total(work: Work, parts: Iterable[Block | Stretch], jobs: int, scheduler: str) -> Tally:
    if scheduler:
        from conformance.replay.cluster import among_machines

        return among_machines(work, parts, scheduler=scheduler)
    from conformance.replay.cores import among_cores

    return among_cores(work, parts, jobs=jobs)


def _tell(told: Recording, servers: Sequence[str]) -> None:
    """Say on stderr what was left out, and why."""
    from conformance.cli.errors import tell
    from conformance.report.printable import printable

    unreadable = told.unreadable
    for one in unreadable.first:
        tell(printable(f"{one.file}:{one.line}: {one.why}; skipped"))
    if unreadable.count > len(unreadable.first):
        tell(f"and {unreadable.count - len(unreadable.first)} more lines that cannot be read")
    for why, count in told.ignored.items():
        tell(f"{count} entries ignored: {why}")
    if not told.exchanges:
        tell(f"hint:  nothing here was asked of {', '.join(servers)}; --server says where it was asked")
