"""What is told on standard error of what stops our own work."""

from __future__ import annotations

import sys

from conformance.errors import ConformanceError
from conformance.report.printable import harmless


def tell(text: str) -> None:
    """Print to standard error; what is foreign in it is harmless."""
    sys.stderr.write(harmless(text) + "\n")


def tell_error(error: ConformanceError) -> None:
    """Print an error and what to do about it."""
    tell(f"error: {error}" + (f"\nhint:  {error.hint}" if error.hint else ""))
