"""The options that several commands have: an option reads the same wherever it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from conformance.cli import completion

Stem = Annotated[str, typer.Argument(help="The operation.", autocompletion=completion.stem)]
Stems = Annotated[
    list[str] | None,
    typer.Argument(metavar="[STEM]...", help="Operations; all where none is named.", autocompletion=completion.stem),
]
Check = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Only this check; repeatable.", autocompletion=completion.check),
]
Skip = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Not this check; repeatable.", autocompletion=completion.check),
]
Readings = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="NAME",
        help="A lawful way for the mock to serve; repeatable.",
        autocompletion=completion.reading,
    ),
]
Report = Annotated[list[Path] | None, typer.Option(metavar="PATH", help="Write a report; the ending is its format.")]
Severity = Literal["error", "warning", "note"]
"""The levels of findings, in words: Typer shows them, and no more has to be imported."""
FailOn = Annotated[Severity, typer.Option(help="The least level that exits with 1.")]
Ledger = Annotated[Path | None, typer.Option(help="The file of known drift, instead of our own.")]
ShowValues = Annotated[
    bool, typer.Option("--show-values", help="Show text of items that may be a customer's in reports.")
]
Param = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", help="What every request carries, such as a part of its path; repeatable."),
]
Specs = Annotated[Path | None, typer.Option("--specs", help="Directory of the specs, instead of our own.")]
Download = Annotated[float, typer.Option(min=0.1, help="Seconds until a URL must have answered.")]
