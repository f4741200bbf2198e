"""What is told on standard error of what stops our own work."""

from __future__ import annotations

from conformance.errors import ConformanceError


def tell(text: str) -> None:
    """Print to standard error."""
    from rich.console import Console

    Console(stderr=True, soft_wrap=True, highlight=False).print(text, markup=False)


def tell_error(error: ConformanceError) -> None:
    """Print an error and what to do about it."""
    tell(f"error: {error}" + (f"\nhint:  {error.hint}" if error.hint else ""))
