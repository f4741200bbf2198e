"""The commands that show what there is: `list` the operations or checks, `explain` one check."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from conformance.cli import completion
from conformance.cli.options import Specs


def list_(
    show_checks: Annotated[bool, typer.Option("--checks", help="List the checks instead of the operations.")] = False,
    show_readings: Annotated[
        bool, typer.Option("--readings", help="List the lawful ways in which the mock may serve.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    specs_directory: Specs = None,
) -> int:
    """List the operations that have a spec, the checks, or the readings."""
    from conformance.cli.catalogue import check_rows, operation_rows, reading_rows, with_habits
    from conformance.spec.load import load_contracts, own_specs

    contracts = load_contracts((), specs_directory or own_specs())
    rows = check_rows() if show_checks else reading_rows(contracts) if show_readings else operation_rows(contracts)
    if as_json:
        shown = rows if show_checks or show_readings else with_habits(rows, contracts)
        sys.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
    else:
        _print_table([{name: value for name, value in row.items() if name != "server"} for row in rows])
    return 0


def _print_table(rows: list[dict[str, str]]) -> None:
    """Print rows within 80 columns; only sentences wrap."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in rows[0]:
        table.add_column(name, overflow="fold", no_wrap=name not in {"tests", "says", "operations"})
    for row in rows:
        table.add_row(*(escape(value) for value in row.values()))
    console.print(table)


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
    from rich.console import Console

    from conformance import checks
    from conformance.cli.catalogue import explanation, standing_of
    from conformance.spec.load import load_contract, load_contracts, own_specs

    where = specs_directory or own_specs()
    stem, is_place, place = check.partition("#")
    if is_place:
        lines = standing_of(load_contract(stem, where), place)
    else:
        lines = explanation(checks.named(check), load_contracts((), where))
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line, markup=False)
    return 0
