"""How a command hands out its record: reports to files, findings to the terminal, the exit code to the shell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from conformance.record.exit_code import reached
from conformance.report import formats, text


def hand_out(made: dict[str, Any], paths: Sequence[Path]) -> int:
    """Write the sealed record wherever it is wanted, show it, and give the exit code."""
    for path in paths:
        formats.write(made, path)
    text.show(made, Console(highlight=False))
    return reached(made)
