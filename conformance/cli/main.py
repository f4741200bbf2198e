"""The command line: the one place that reads arguments and environment, prints, and exits."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from conformance import __version__
from conformance.cli import examples
from conformance.cli.commands import WIDTH, Commands
from conformance.cli.errors import tell, tell_error
from conformance.errors import ConformanceError

COULD_NOT_TELL, USAGE = 3, 2
GARBAGE = (100_000, 50, 100)
"""How many new objects, and collections of those, come before the next collection."""
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


def entry() -> None:
    """Run the command line as a program does.

    Hypothesis' tables go to the user's cache, not where it is called, and its plugins, of other libraries, stay away.
    Garbage is collected less often: most of what is made in a short life lasts until its end.
    """
    gc.set_threshold(*GARBAGE)
    os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")
    if "HYPOTHESIS_STORAGE_DIRECTORY" not in os.environ:
        from platformdirs import user_cache_path

        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(user_cache_path("sandbox-list-conformance"))
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 held, 1 drift, 2 usage, 3 could not tell."""
    try:
        code = cli(args=list(sys.argv[1:] if argv is None else argv), standalone_mode=False)
    except _WRONG_USAGE as error:
        tell(f"error: {getattr(error, 'format_message', error.__str__)()}")
        return USAGE
    except ConformanceError as error:
        tell_error(error)
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        tell("interrupted")
        return COULD_NOT_TELL
    return code if isinstance(code, int) else 0


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
) -> None:
    """Prove that list operations of agent-sandbox providers keep every documented promise."""
    if context.invoked_subcommand is None:
        from conformance.spec.stems import own_specs, stems_in

        sys.stdout.write(examples.GREETING.format(stem=next(iter(stems_in(own_specs())), "STEM")))
        raise typer.Exit(USAGE)  # nothing was checked, and that is never 0
