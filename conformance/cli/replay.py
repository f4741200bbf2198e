"""`conformance replay`: recorded traffic checked without a request."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli import completion
from conformance.cli.options import Check, FailOn, Ledger, Param, Report, ShowValues, Skip, Specs

if TYPE_CHECKING:
    from conformance.record.recording import Recording
    from conformance.replay.cores import Work
    from conformance.replay.recording.blocks import Block, Stretch
    from conformance.replay.tallies import Tallies


def replay(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="[STEM]... FILE...",
            help="Operations, all that are found where none is named; then HAR, JSON Lines or vcrpy, - is stdin.",
            autocompletion=completion.stem,
        ),
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
    param: Param = None,
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
    from conformance.replay.recording.belongs import Place
    from conformance.replay.recording.blocks import blocks
    from conformance.replay.result import recording, result_of
    from conformance.result import now
    from conformance.spec.carried import carrying
    from conformance.spec.load import load_contract, own_specs, stems_in

    where = specs_directory or own_specs()
    named, recorded = _told_apart(what, stems_in(where))
    loaded = [load_contract(stem, where) for stem in named or stems_in(where)]
    contracts = {one.stem: one for one in carrying(loaded, param or (), {})}
    selected = checks.select(check or (), skip or ())
    for one in server or ():
        Place.of(one)
    ensure_writable(report or ())
    known_drift = known.load(ledger, stems_in(where), [one.id for one in checks.EVERY])
    directory = str(specs_directory.absolute()) if specs_directory else ""
    work = Work(
        tuple(contracts), directory, frozenset(one.id for one in selected), tuple(server or ()), tuple(param or ())
    )
    began, started = time.monotonic(), now()
    tallies = _total(work, blocks(recorded, sys.stdin.buffer), jobs or _cores(), scheduler)
    seconds = time.monotonic() - began
    results = [
        result_of(contracts[stem], selected, tally, seconds=seconds)
        for stem, tally in tallies.each.items()
        if named or tally.exchanges
    ]
    # A recording knows no credential, so the operation's name keys what stands for a customer's values.
    privacies = {stem: None if show_values else Privacy(one, stem) for stem, one in contracts.items()}
    made = record(results, seed=0, target="recording", started=started, ledger=known_drift, privacies=privacies)
    told = recording(tallies.whole, map(str, recorded))
    code = hand_out(structs.replace(made, ledger=[], recording=told), report or (), fail_on=fail_on)
    _tell(told, server or sorted({contract.server for contract in contracts.values()}))
    return code


def _told_apart(what: Sequence[str], stems: Sequence[str]) -> tuple[list[str], list[Path]]:
    """The stems that stand first, and the files after them; raises UsageError where no file is named."""
    from conformance.errors import UsageError

    named = list(takewhile(set(stems).__contains__, what))
    if not named and len(what) > 1 and not (Path(what[0]).suffix or Path(what[0]).exists() or what[0] == "-"):
        named = [what[0]]  # a slip, which is told when its spec is looked for
    files = [Path(one) for one in what[len(named) :]]
    if not files:
        hint = "Name files after the operation, or - for standard input."
        raise UsageError("replay: no recording is named", hint=hint)
    return named, files


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _total(work: Work, parts: Iterable[Block | Stretch], jobs: int, scheduler: str) -> Tallies:
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
