"""The command line: the one place that reads arguments and environment, prints, and exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Annotated, TextIO, cast

import typer

from conformance import __version__
from conformance.cli import examples, streams
from conformance.cli.commands import VERBOSE, VERBOSE_HELP, WIDTH, Commands
from conformance.cli.errors import tell, tell_error
from conformance.errors import ConformanceError

COULD_NOT_TELL, USAGE = 3, 2
_ELSEWHERE = "Reports that --report names are written all the same."
_WRONG_USAGE: type[Exception] = typer.BadParameter.mro()[1]
"""Typer's base of all wrong command lines; it gives it no public name."""

cli = typer.Typer(
    name="conformance",
    cls=Commands,
    help="Prove that list operations of agent-sandbox providers keep every documented promise.",
    epilog=examples.EPILOG,
    context_settings=WIDTH,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 held, 1 drift, 2 usage, 3 could not tell."""
    defuse = bool(os.environ.get("GITHUB_ACTIONS"))
    out, err = streams.Stream(sys.stdout, defuse=defuse), streams.Stream(sys.stderr, defuse=defuse)
    with redirect_stdout(cast("TextIO", out)), redirect_stderr(cast("TextIO", err)):
        code = _ended(list(sys.argv[1:] if argv is None else argv))
        out.flush()
        if out.failure:
            tell(f"error: standard output cannot be written: {streams.why(out.failure)}\nhint:  {_ELSEWHERE}")
        err.flush()
    return code or (COULD_NOT_TELL if out.failure else 0)


def _ended(arguments: list[str]) -> int:
    """The exit code of the command, however it ended."""
    try:
        code = cli(args=arguments, standalone_mode=False)
    except _WRONG_USAGE as error:
        tell(f"error: {getattr(error, 'format_message', error.__str__)()}")
        return USAGE
    except ConformanceError as error:
        tell_error(error)
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        tell("interrupted")
        return COULD_NOT_TELL
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it is no drift
        return _unexpected(error, verbose=VERBOSE in arguments)
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception | SystemExit, *, verbose: bool) -> int:
    """Tell what nobody expected; Typer itself exits where it is asked for a shell's completions."""
    from conformance.cli import unexpected

    if isinstance(error, SystemExit) and not error.code:
        return 0
    if verbose:
        tell(unexpected.trace(error))
    tell(f"error: {unexpected.sentence(error)}\nhint:  {unexpected.HINT}")
    return COULD_NOT_TELL


def _version(value: bool) -> None:  # noqa: FBT001 - an option's callback
    if value:
        sys.stdout.write(f"conformance {__version__}\n")
        raise typer.Exit


@cli.callback()
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback reads it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    verbose: Annotated[bool, typer.Option(VERBOSE, help=VERBOSE_HELP)] = False,  # noqa: ARG001 - see `_ended`
) -> None:
    """Prove that list operations of agent-sandbox providers keep every documented promise."""
    if context.invoked_subcommand is None:
        from conformance.spec.stems import own_specs, stems_in

        sys.stdout.write(examples.GREETING.format(stem=next(iter(stems_in(own_specs())), "STEM")))
        raise typer.Exit(USAGE)  # nothing was checked, and that is never 0
