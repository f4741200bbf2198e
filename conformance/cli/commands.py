"""The commands by name: of each, its module is imported when it is chosen, not where help or a shell lists all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand, TyperGroup

from conformance.cli import examples

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter

WIDTH = {"max_content_width": 120}
"""Help is as wide as the terminal, up to this."""

VERBOSE = "--verbose"
VERBOSE_HELP = "Show the traceback of an error that nobody expected."

COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run:run", "Check operations against a target; exit 0 held, 1 drift, 2 usage, 3 could not tell."),
    "list": ("show:list_", "List the operations that have a spec, the checks, the faults, or the readings."),
    "explain": (
        "show:explain",
        "Say what a check tests on each operation, or what a place of a spec rests on: clause, inference, deviation.",
    ),
    "report": (
        "reports:report",
        "Show an earlier run again, or write it in other formats; exits 0, because the verdict was the run's.",
    ),
    "compare": (
        "reports:compare",
        "Say which drift is new, gone and still there; exit 1 on new drift, 3 where the later run could not tell.",
    ),
    "propose": (
        "propose:propose",
        "Show the smallest changes of the specs that document what was seen, or write them.",
    ),
    "known": (
        "known:known",
        "List the findings of a report by whether they are known, or add some to the ledger of known drift.",
    ),
    "coverage": (
        "sheets:coverage",
        "Say what is documented and was seen in none of these runs: statuses, parameters, fields, words, promises.",
    ),
    "matrix": (
        "sheets:matrix",
        "Show which server keeps what: implementations against families of checks, sorted, and linked to the findings.",
    ),
    "watch": (
        "watch:watch",
        "Run again and again, keep the last reports, and write which promise held since when; exits as the last run.",
    ),
    "replay": (
        "replay:replay",
        "Check recorded traffic, without a request; exit 0 held, 1 drift, 2 usage, 3 could not tell.",
    ),
    "mock": (
        "mock:mock",
        "Serve a mock of one operation until interrupted: plain, in unusual lawful ways, or with one fault.",
    ),
    "diff": (
        "diff:diff",
        "Compare a spec with the provider's own OpenAPI document; exit 0 agrees, 1 drift, 2 usage, 3 unreachable.",
    ),
    "new": (
        "new:new",
        "Write a first spec and fixture of an operation, and list the holes that its documentation must fill.",
    ),
}
"""In the order of use: where the function of each stands in this package, and the first paragraph of its docstring."""


class Commands(TyperGroup):
    """All commands, known by name and summary until one of them is chosen."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names in their order."""
        self.commands.update(_known())
        return super().list_commands(ctx)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - Typer's signature
        """The names, each with its whole summary."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that a line names, with its options."""
        self.commands.update(_known())
        name, known, rest = super().resolve_command(ctx, args)
        return name, command(known.name) if known and known.name else known, rest

    def invoke(self, ctx: Context) -> object:
        """Run the command that is chosen; of an interruption Typer would make an exit code of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None


def _known() -> dict[str, TyperCommand]:
    return {name: TyperCommand(name, help=summary) for name, (_, summary) in COMMANDS.items()}


def command(name: str) -> TyperCommand:
    """One command, whole."""
    module, _, function = COMMANDS[name][0].partition(":")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    options = alone.command(name, context_settings=WIDTH, epilog=examples.epilog(name))
    options(getattr(import_module(f"conformance.cli.{module}"), function))
    made = typer.main.get_command(alone)
    if not isinstance(made, TyperCommand):
        raise TypeError(name)
    made.params.append(verbose())
    return made


def verbose() -> Parameter:
    """The option that every command has, and the program too; who tells of errors looks for it itself.

    Typer makes it of a signature, as it makes all others: how it makes them differs from version to version.
    """
    alone = typer.Typer(add_completion=False)
    alone.command()(_with_verbose)
    option = typer.main.get_command(alone).params[0]
    option.expose_value = False
    return option


def _with_verbose(verbose: Annotated[bool, typer.Option(VERBOSE, help=VERBOSE_HELP)] = False) -> None:
    """A command of that option alone."""
