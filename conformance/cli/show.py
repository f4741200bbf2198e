"""The commands that show what there is: `list` the operations, checks, faults or readings, `explain` one check."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from conformance.cli import completion
from conformance.cli.options import Specs


def list_(
    show_checks: Annotated[bool, typer.Option("--checks", help="List the checks instead of the operations.")] = False,
    show_faults: Annotated[bool, typer.Option("--faults", help="List the lies that the mock can tell.")] = False,
    show_readings: Annotated[
        bool, typer.Option("--readings", help="List the lawful ways in which the mock may serve.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    specs_directory: Specs = None,
) -> int:
    """List the operations that have a spec, the checks, the faults, or the readings."""
    from conformance.cli import catalogue
    from conformance.errors import UsageError
    from conformance.spec.load import load_contracts, own_specs

    chosen = {"checks": show_checks, "faults": show_faults, "readings": show_readings}
    asked = [name for name, wanted in chosen.items() if wanted]
    if len(asked) > 1:
        raise UsageError("--checks, --faults and --readings are three lists", hint="Ask for one of them.")
    contracts = load_contracts((), specs_directory or own_specs())
    rows = catalogue.rows_of(asked[0], contracts) if asked else catalogue.operation_rows(contracts)
    if as_json:
        shown = rows if asked else catalogue.with_habits(rows, contracts)
        sys.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
    elif asked:
        _print_groups(catalogue.groups(asked[0], rows, contracts))
    else:
        _print_table([{name: value for name, value in row.items() if name != "server"} for row in rows])
    return 0


def _print_groups(groups: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Print names beside what they are, under the name of their group; sentences wrap in their own column."""
    from conformance.cli.console import console

    terminal = console(wraps=True)
    wide = max((len(name) for rows in groups.values() for name, _ in rows), default=0) + 4
    for index, (group, rows) in enumerate(groups.items()):
        terminal.print(("\n" if index else "") + group, style="bold", markup=False)
        for name, text in rows:
            width = max(terminal.width - wide, wide)
            lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
            terminal.print(f"  {name:<{wide - 2}}" + f"\n{' ' * wide}".join(lines), markup=False)


def _print_table(rows: list[dict[str, str]]) -> None:
    """Print rows under the names of their columns."""
    from rich.markup import escape
    from rich.table import Table

    from conformance.cli.console import console

    terminal = console()
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in rows[0]:
        table.add_column(name, overflow="fold", no_wrap=True)
    for row in rows:
        table.add_row(*(escape(value) for value in row.values()))
    terminal.print(table)


def explain(
    check: Annotated[
        str,
        typer.Argument(
            metavar="CHECK|STEM#POINTER",
            help="The id of a check, or a place in a spec.",
            autocompletion=completion.check,
        ),
    ],
    specs_directory: Specs = None,
) -> int:
    """Say what a check tests on each operation, or what a place of a spec rests on: clause, inference, deviation."""
    from conformance import checks
    from conformance.cli.catalogue import explanation, standing_of
    from conformance.cli.console import console
    from conformance.spec.load import load_contract, load_contracts, own_specs

    where = specs_directory or own_specs()
    stem, is_place, place = check.partition("#")
    if is_place:
        lines = standing_of(load_contract(stem, where), place)
    else:
        lines = explanation(checks.named(check), load_contracts((), where))
    terminal = console(wraps=True)
    for line in lines:
        terminal.print(line, markup=False)
    return 0
