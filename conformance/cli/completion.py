"""What the shell may complete: stems, checks, faults and readings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from conformance.errors import ConformanceError
from conformance.spec.stems import own_specs, stems_in

if TYPE_CHECKING:
    from conformance.mock.habit import Habit


def stem(context: typer.Context, incomplete: str) -> list[str]:
    """The stems that have a spec, without those that are said already."""
    said = context.params.get("stems") or ()
    return [one for one in _stems(context) if one.startswith(incomplete) and one not in said]


def check(incomplete: str) -> list[tuple[str, str]]:
    """The checks, each with what it tests."""
    from conformance import checks

    return [(one.id, one.summary) for one in checks.ALL if one.id.startswith(incomplete)]


def fault(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The lies that the mocks of all operations on the line can tell."""
    from conformance.mock.faults import FAULTS

    return _applying(FAULTS, context, incomplete)


def reading(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The lawful ways that the pages of all operations on the line leave open."""
    from conformance.mock.readings import READINGS

    return _applying(READINGS, context, incomplete)


def _applying(habits: Mapping[str, Habit], context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The habits that apply to every operation on the line."""
    from conformance.spec.load import load_contract

    # A line that ends in an option without its value is not parsed to the end: the words before it are left over.
    said = [*(context.params.get("stems") or ()), context.params.get("stem"), *context.args]
    contracts = [load_contract(one, _directory(context)) for one in _stems(context) if one in said]
    return [
        (name, one.says)
        for name, one in habits.items()
        if name.startswith(incomplete) and all(one.applies(contract) for contract in contracts)
    ]


def _directory(context: typer.Context) -> Path:
    return Path(context.params.get("specs_directory") or own_specs())


def _stems(context: typer.Context) -> list[str]:
    try:
        return stems_in(_directory(context))
    except ConformanceError:
        return []
