"""`conformance run`: operations checked against a target."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from conformance.cli import completion
from conformance.cli.options import Check, FailOn, Ledger, Param, Readings, Report, ShowValues, Skip, Specs, Stems
from conformance.job.defaults import MOCK, SEED, TIMEOUT

if TYPE_CHECKING:
    from conformance.errors import ConformanceError
    from conformance.job.job import Job
    from conformance.job.options import Options
    from conformance.record.types import Record


def run(
    stems: Stems = None,
    target: Annotated[str, typer.Option(help="mock, live, or a URL.")] = MOCK,
    check: Check = None,
    skip: Skip = None,
    report: Report = None,
    fail_on: FailOn = "error",
    seed: Annotated[int, typer.Option(help="Of everything random.")] = SEED,
    max_requests: Annotated[int | None, typer.Option(min=1, help="The most requests to one operation.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.01, help="The most requests per second.")] = None,
    max_bytes: Annotated[int | None, typer.Option(min=1, help="The most bytes of one answer; 32 million.")] = None,
    max_values: Annotated[
        int | None, typer.Option(min=1, help="The most JSON values of one answer; a million.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds until an answer must be complete.")] = TIMEOUT,
    fault: Annotated[
        str, typer.Option(help="With --target mock: a lie for it to tell.", autocompletion=completion.fault)
    ] = "",
    reading: Readings = None,
    credential_env: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[SCHEME=]NAME",
            help="Send what this variable holds, wherever the target is; again for another scheme.",
        ),
    ] = None,
    implementation: Annotated[str, typer.Option(metavar="NAME", help="What serves the target, for `matrix`.")] = "",
    version: Annotated[str, typer.Option(metavar="V", help="With --implementation: its version.")] = "",
    param: Param = None,
    missing_credential: Annotated[
        Literal["error", "skip"],
        typer.Option(help="Of an operation without a credential: could not tell, or leave it out."),
    ] = "error",
    soft: Annotated[bool, typer.Option("--soft", help="Show drift, and do not exit with 1 for it.")] = False,
    show_plan: Annotated[bool, typer.Option("--plan", help="Show what would be sent, and send nothing.")] = False,
    show_values: ShowValues = False,
    since: Annotated[
        Path | None, typer.Option(metavar="PREVIOUS", help="A report.json of an earlier run, to compare with.")
    ] = None,
    ledger: Ledger = None,
    recording: Annotated[
        Path | None, typer.Option("--record", metavar="PATH", help="Write every exchange as JSON Lines, for `replay`.")
    ] = None,
    specs_directory: Specs = None,
) -> int:
    """Check operations against a target; exit 0 held, 1 drift, 2 usage, 3 could not tell."""
    options = asked(
        stems=stems or (),
        specs=specs_directory,
        target=target,
        fault=fault,
        readings=reading or (),
        max_requests=max_requests,
        max_bytes=max_bytes,
        max_values=max_values,
        rate=rate,
        timeout=timeout,
        credential_env=credential_env or (),
        implementation=implementation,
        version=version,
        params=param or (),
        checks=check or (),
        skip=skip or (),
        seed=seed,
        since=since,
        ledger=ledger,
        show_values=show_values,
    )
    if show_plan:
        return _plan(options)
    skips = missing_credential == "skip"
    code = _run(options, report or (), fail_on=fail_on, recording=recording, skips=skips)
    return 0 if soft and code == 1 else code


def asked(**parts: Any) -> Options:  # noqa: ANN401 - what `Options` takes
    """What a command asks for, with the environment that it is called in."""
    from conformance.job.options import Options

    return Options(environment=os.environ, **parts)


def _plan(options: Options) -> int:
    from conformance.cli.console import console
    from conformance.job.job import prepare
    from conformance.job.rehearsal import lines, rehearse

    job = prepare(options)
    terminal = console(wraps=True)
    for contract in job.contracts:
        for line in lines(rehearse(contract, job), target=options.target):
            terminal.print(line, markup=False)
    terminal.print("rehearsed on the embedded mock; nothing was sent anywhere else", markup=False)
    return 0


def _run(options: Options, reports: Sequence[Path], *, fail_on: str, recording: Path | None, skips: bool) -> int:
    from conformance.cli.errors import tell
    from conformance.cli.output import ensure_writable, hand_out
    from conformance.cli.progress import Progress
    from conformance.job.job import is_interrupted, prepare
    from conformance.result import INTERRUPTED

    ensure_writable(reports, beside=recording)
    with Progress() as progress:
        job = prepare(options, progress=progress.show)
        if skips:
            for why in filter(None, map(job.destination.lacks, job.contracts)):
                tell(f"skipped: {why}")
            job = job.with_credentials()
        if not job.contracts:
            tell("nothing was checked: no operation has its credential")
            return 0
        progress.expect(len(job.contracts))
        for notice in filter(None, map(job.destination.notice, job.contracts)):
            tell(notice)
        made, failures = _performed(job, recording)
    code = hand_out(made, reports, fail_on=fail_on, failures=failures)
    if is_interrupted(made):
        tell(INTERRUPTED)
    return code


def _performed(job: Job, recording: Path | None) -> tuple[Record, list[ConformanceError]]:
    """The record, and why there is no recording where one was wanted."""
    from conformance.job.job import perform

    if recording is None:
        return perform(job), []
    from conformance.replay.recording.write import Recorder

    # What the embedded mock answers is nobody's; what any other server answers may be a customer's.
    with Recorder(recording, private=job.destination.name != MOCK) as recorder:
        made = perform(job, keep=recorder.keep)
    return made, [recorder.failure] if recorder.failure else []
