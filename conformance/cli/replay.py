"""`conformance replay`: recorded traffic checked without a request."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from conformance import checks
from conformance.cli.output import hand_out
from conformance.finding import Level
from conformance.record import known
from conformance.record.exit_code import sealed
from conformance.record.from_results import record
from conformance.replay.cluster import among_machines
from conformance.replay.cores import Work, among_cores
from conformance.replay.recording.blocks import Block, Stretch, blocks
from conformance.replay.result import recording as told_of
from conformance.replay.result import result_of
from conformance.replay.tally import Tally
from conformance.report import formats
from conformance.report.printable import printable
from conformance.result import now
from conformance.spec.load import load_contract, own_specs, stems_in


def register(cli: typer.Typer) -> None:
    """Add the command to the command line."""

    @cli.command()
    def replay(
        stem: Annotated[str, typer.Argument(help="The operation.")],
        recorded: Annotated[
            list[Path], typer.Argument(metavar="FILE...", help="HAR 1.2 or JSON Lines, either in gzip; - is stdin.")
        ],
        check: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this check; repeatable.")] = None,
        skip: Annotated[list[str] | None, typer.Option(metavar="ID", help="Not this check; repeatable.")] = None,
        report: Annotated[
            list[Path] | None, typer.Option(metavar="PATH", help="Write a report; the ending is its format.")
        ] = None,
        fail_on: Annotated[Level, typer.Option(help="The least level that exits with 1.")] = Level.ERROR,
        server: Annotated[
            list[str] | None,
            typer.Option(metavar="URL", help="Base URL of recorded requests; the documented one, and this machine."),
        ] = None,
        jobs: Annotated[int | None, typer.Option(min=1, help="Processes; as many as there are cores.")] = None,
        scheduler: Annotated[str, typer.Option(help="A Dask scheduler, such as tcp://host:8786.")] = "",
        ledger: Annotated[Path | None, typer.Option(help="The file of known drift, instead of our own.")] = None,
        show_values: Annotated[
            bool, typer.Option("--show-values", help="Show text of items that may be a customer's in reports.")
        ] = False,
        specs_directory: Annotated[
            Path | None, typer.Option("--specs", help="Directory of the specs, instead of our own.")
        ] = None,
    ) -> int:
        """Check recorded traffic, without a request; exit 0 held, 1 drift, 2 usage, 3 could not tell."""
        where = specs_directory or own_specs()
        contract = load_contract(stem, where)
        selected = checks.select(check or (), skip or ())
        for path in report or ():
            formats.format_of(path)
        known_drift = known.load(ledger or known.DEFAULT, stems_in(where), [one.id for one in checks.ALL])
        directory = str(specs_directory.absolute()) if specs_directory else ""
        work = Work(stem, directory, frozenset(one.id for one in selected), tuple(server or ()))
        began, started = time.monotonic(), now()
        tally = _total(work, blocks(recorded, sys.stdin.buffer), jobs or _cores(), scheduler)
        seconds = time.monotonic() - began
        result = result_of(contract, selected, tally, seconds=seconds, show_values=show_values)
        made = record([result], seed=0, target="recording", started=started, ledger=known_drift)
        told = told_of(tally, map(str, recorded))
        whole = sealed(made | {"ledger": [], "recording": told}, fail_on=fail_on)
        code = hand_out(whole, report or ())
        _tell(told, server or [contract.server])
        return code


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _total(work: Work, parts: Iterable[Block | Stretch], jobs: int, scheduler: str) -> Tally:
    if scheduler:
        return among_machines(work, parts, scheduler=scheduler)
    return among_cores(work, parts, jobs=jobs)


def _tell(told: Mapping[str, Any], servers: Sequence[str]) -> None:
    """Say on stderr what was left out, and why."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    unreadable = told["unreadable"]
    for one in unreadable["first"]:
        errors.print(Text(printable(f"{one['file']}:{one['line']}: {one['why']}; skipped")))
    if unreadable["count"] > len(unreadable["first"]):
        errors.print(f"and {unreadable['count'] - len(unreadable['first'])} more lines that cannot be read")
    for why, count in told["ignored"].items():
        errors.print(f"{count} entries ignored: {why}")
    if not told["exchanges"]:
        errors.print(Text(f"hint:  nothing here was asked of {', '.join(servers)}; --server says where it was asked"))
