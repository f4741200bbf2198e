"""`conformance watch`: runs again and again, keeps the last reports, and writes which promise held since when."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.options import Ledger, Specs, Stems
from conformance.job.defaults import MOCK

if TYPE_CHECKING:
    from conformance.job.options import Options
    from conformance.record.types import Record

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
MEMORY = "history.json"


def watch(
    directory: Annotated[Path, typer.Option("--report", metavar="DIR", help="Where reports and history are kept.")],
    stems: Stems = None,
    target: Annotated[str, typer.Option(help="mock, live, or a URL.")] = MOCK,
    every: Annotated[str, typer.Option(metavar="TIME", help="From beginning to beginning: 90s, 15m, 6h, 1d.")] = "15m",
    keep: Annotated[int, typer.Option(min=1, help="How many reports stay.")] = 100,
    times: Annotated[int | None, typer.Option(min=1, help="How many runs; for ever where not said.")] = None,
    max_requests: Annotated[int | None, typer.Option(min=1, help="The most requests to one operation.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.01, help="The most requests per second.")] = None,
    ledger: Ledger = None,
    specs_directory: Specs = None,
) -> int:
    """Run again and again, keep the last reports, and write which promise held since when; exits as the last run."""
    from conformance.cli.errors import tell
    from conformance.cli.run import asked

    options = asked(
        stems=stems or (),
        specs=specs_directory,
        target=target,
        max_requests=max_requests,
        rate=rate,
        ledger=ledger,
    )
    pause, code, done = _seconds(every), 3, 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while times is None or done < times:
            began = time.monotonic()
            code, told = _once(options, directory, keep)
            done += 1
            tell(told)
            if done != times:
                time.sleep(max(0.0, pause - (time.monotonic() - began)))
    except KeyboardInterrupt:
        tell(f"stopped after {done} runs; {directory / 'index.html'} has the history")
    return code


def _seconds(every: str) -> int:
    from conformance.errors import UsageError

    given = re.fullmatch(r"([1-9][0-9]*)([smhd])", every)
    if given is None:
        raise UsageError(f"--every {every} is no time", hint="Write it as 90s, 15m, 6h or 1d.")
    return int(given[1]) * UNITS[given[2]]


def _once(options: Options, directory: Path, keep: int) -> tuple[int, str]:
    """One run with its reports; gives its exit code, and a line of it."""
    from attrs import evolve

    from conformance import files
    from conformance.finding import Level
    from conformance.job.job import perform, prepare
    from conformance.record.exit_code import reached, sealed
    from conformance.report import formats
    from conformance.report.words import tally, verdict
    from conformance.result import INTERRUPTED

    kept = _kept(directory)
    job = prepare(evolve(options, since=kept[-1] if kept else None))
    made = sealed(perform(job), fail_on=Level.ERROR)
    if any(outcome.reason == INTERRUPTED for one in made.operations for outcome in one.outcomes):
        raise KeyboardInterrupt
    name = re.sub(r"[^0-9]", "", made.started)
    for ending in (".json", ".html"):
        files.write(directory / f"run-{name}{ending}", formats.rendered(made, ending), folders=True)
    for old in _kept(directory)[:-keep]:
        old.unlink()
        old.with_suffix(".html").unlink(missing_ok=True)
    _remember(directory, made)
    mark, words = verdict(made)
    return reached(made), f"{made.started} {mark} {words} ({tally(made)})"


def _kept(directory: Path) -> list[Path]:
    return sorted(directory.glob("run-*.json"))


def _remember(directory: Path, made: Record) -> None:
    from conformance import files
    from conformance.record.history import remembered, updated
    from conformance.record.load import load
    from conformance.report import formats, sheet
    from conformance.report.history import history

    path = directory / MEMORY
    since = updated(remembered(path), made)
    runs = {one.with_suffix(".html").name: load(one) for one in _kept(directory)}
    page = history(since, runs)
    files.write(path, formats.dumped(since))
    files.write(directory / "index.html", sheet.rendered(page, ".html"))
    files.write(directory / "history.md", sheet.rendered(page, ".md"))
