"""The command line: the one place that reads arguments and environment, prints, and exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from platformdirs import user_cache_path
from rich.console import Console
from rich.markup import escape

from conformance import __version__, checks
from conformance.cli import completion, examples, propose, replay, reports, show
from conformance.cli.diff import diff
from conformance.cli.new import new
from conformance.cli.output import hand_out
from conformance.cli.progress import Progress
from conformance.cli.show import SpecsOption, contracts_of
from conformance.errors import ConformanceError
from conformance.exchange import option
from conformance.finding import Level
from conformance.job import rehearsal
from conformance.job.destination import MOCK, Destination, accepted, lie
from conformance.learned import previous
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.server import app as mock_app
from conformance.mock.server import serve
from conformance.record import known
from conformance.record.exit_code import COULD_NOT_TELL, USAGE, sealed
from conformance.record.from_results import record
from conformance.replay.recording.write import Keep, both, recorder
from conformance.report import formats
from conformance.report.annotations import workflow_commands
from conformance.run.engine import Plan, Result, errored, now, run_operation
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs, stems_in
from conformance.target.target import Limits

DEFAULT_SEED = 20260507
_WRONG_USAGE: type[Exception] = typer.BadParameter.mro()[1]
"""Typer's base of all wrong command lines; it gives it no public name."""

cli = typer.Typer(
    name="conformance",
    help="Prove that list operations of agent-sandbox providers keep every documented promise.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

propose.register(cli, lambda text: Console(highlight=False, soft_wrap=True).print(text, markup=False))

Stems = Annotated[
    list[str] | None,
    typer.Argument(metavar="[STEM]...", help="Operations; all where none is named.", autocompletion=completion.stem),
]


def entry() -> None:
    """Run the command line as a program does; Hypothesis' tables go to the user's cache, not where it is called."""
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(user_cache_path("sandbox-list-conformance")))
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 held, 1 drift, 2 usage, 3 could not tell."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        code = cli(args=list(sys.argv[1:] if argv is None else argv), standalone_mode=False)
    except _WRONG_USAGE as error:
        errors.print(f"error: {escape(getattr(error, 'format_message', error.__str__)())}")
        return USAGE
    except ConformanceError as error:
        errors.print(f"error: {escape(str(error))}" + (f"\nhint:  {escape(error.hint)}" if error.hint else ""))
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        errors.print("interrupted")
        return COULD_NOT_TELL
    return code if isinstance(code, int) else 0


def _version(value: bool) -> None:  # noqa: FBT001 - an option's callback
    if value:
        Console().print(f"conformance {__version__}", highlight=False)
        raise typer.Exit


@cli.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Prove that list operations of agent-sandbox providers keep every documented promise."""


def _fixtures(directory: Path | None) -> Path | None:
    return directory / "fixtures" if directory else None


@cli.command()
def run(
    stems: Stems = None,
    target: Annotated[str, typer.Option(help="mock, live, or a URL.")] = MOCK,
    check: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this check; repeatable.", autocompletion=completion.check),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Not this check; repeatable.", autocompletion=completion.check),
    ] = None,
    report: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Write a report; the ending is its format.")
    ] = None,
    fail_on: Annotated[Level, typer.Option(help="The least level that exits with 1.")] = Level.ERROR,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = DEFAULT_SEED,
    max_requests: Annotated[int | None, typer.Option(min=1, help="The most requests to one operation.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.01, help="The most requests per second.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds until an answer must be complete.")] = 10.0,
    fault: Annotated[
        str, typer.Option(help="With --target mock: a lie for it to tell.", autocompletion=completion.fault)
    ] = "",
    show_plan: Annotated[bool, typer.Option("--plan", help="Show what would be sent, and send nothing.")] = False,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Show text of items that may be a customer's in reports.")
    ] = False,
    since: Annotated[
        Path | None, typer.Option(metavar="PREVIOUS", help="A report.json of an earlier run, to compare with.")
    ] = None,
    ledger: Annotated[Path | None, typer.Option(help="The file of known drift, instead of our own.")] = None,
    recording: Annotated[
        Path | None, typer.Option("--record", metavar="PATH", help="Write every exchange as JSON Lines, for `replay`.")
    ] = None,
    specs_directory: SpecsOption = None,
) -> int:
    """Check operations against a target; exit 0 held, 1 drift, 2 usage, 3 could not tell."""
    contracts = contracts_of(stems, specs_directory)
    destination = Destination(
        name=target,
        limits=Limits(requests=max_requests, rate=rate, timeout=timeout),
        environment=os.environ,
        seed=seed,
        fixtures=_fixtures(specs_directory),
        show_values=show_values,
        fault=fault,
    )
    destination.check()
    for path in report or ():
        formats.format_of(path)
    earlier = previous.load(since) if since else previous.Previous()
    everything = stems_in(specs_directory or own_specs())
    known_drift = known.load(ledger or known.DEFAULT, everything, [one.id for one in checks.EVERY])
    with Progress(len(contracts)) as progress, recorder(recording) as keep:
        selected = checks.select(check or (), skip or ())
        plan = Plan(checks=selected, seed=seed, previous=earlier, progress=progress.show)
        if show_plan:
            return _show_plan(contracts, plan, destination)
        started = now()
        results = [_one(contract, plan, destination, keep) for contract in contracts]
    made = record(results, seed=seed, target=target, started=started, ledger=known_drift)
    return _hand_out(sealed(made, fail_on=fail_on), report or ())


def _show_plan(contracts: Sequence[Contract], plan: Plan, destination: Destination) -> int:
    console = Console(highlight=False, soft_wrap=True)
    for contract in contracts:
        for line in rehearsal.lines(rehearsal.rehearse(contract, plan, destination), target=destination.name):
            console.print(line, markup=False)
    console.print("rehearsed on the embedded mock; nothing was sent anywhere else", markup=False)
    return 0


def _one(contract: Contract, plan: Plan, destination: Destination, keep: Keep) -> Result:
    if destination.fault:
        lie(destination.fault, contract)
    try:
        return run_operation(contract, plan, lambda observe: destination.open(contract, both(keep, observe)))
    except ConformanceError as error:
        return errored(contract, plan, f"{error}. {error.hint}")


def _hand_out(made: dict[str, Any], paths: Sequence[Path]) -> int:
    code = hand_out(made, paths)
    if os.environ.get("GITHUB_ACTIONS"):
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(made))
    return code


@cli.command()
def mock(
    stem: Annotated[str, typer.Argument(help="The operation to serve.", autocompletion=completion.stem)],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 picks a free one.")] = 0,
    items: Annotated[int | None, typer.Option(min=0, help="Size of the collection.")] = None,
    seed: Annotated[int, typer.Option(help="Of the collection.")] = DEFAULT_SEED,
    fault: Annotated[str, typer.Option(help="A lie to tell.", autocompletion=completion.fault)] = "",
    specs_directory: SpecsOption = None,
) -> int:
    """Serve a mock of one operation until interrupted: honest, or with one fault."""
    (contract,) = contracts_of([stem], specs_directory)
    dataset = load_dataset(contract, items=items, seed=seed, fixtures=_fixtures(specs_directory))
    secret = accepted(contract, os.environ)
    application = mock_app(contract, dataset, secret=secret, fault=lie(fault, contract))
    serve(application, host=host, port=port, ready=_announce(contract, secret))
    return 0


def _announce(contract: Contract, secret: str) -> Callable[[str], None]:
    """Say where the mock is; the credential is shown only where it is the well-known one."""
    credential = next((one for one in contract.credentials if one.env), None)
    env = credential.env if credential else ""
    own = bool(os.environ.get(env))
    headers = {} if credential is None else credential.shown(f"${env}") if own else credential.headers(secret)
    header = next(iter(headers.items()), None)

    def ready(url: str) -> None:
        console = Console(highlight=False, soft_wrap=True)
        shown = "" if header is None else option(*header) if own else f'-H "{header[0]}: {header[1]}"'
        console.print(f"{contract.operation} at {url}", markup=False)
        console.print(f"credential: {f'the value of {env}' if own else secret}", markup=False)
        console.print(f"curl -s '{url}{contract.path}' {shown}", markup=False)

    return ready


show.register(cli)
replay.register(cli)
reports.register(cli)
cli.command()(diff)
cli.command()(new)
examples.add(cli)
