"""The terminal to which a command shows what it has to say."""

from __future__ import annotations

from rich.console import Console

NARROWEST = 20
"""Columns: on fewer, of which some environments tell, nothing would be shown."""


def console(*, wraps: bool = False) -> Console:
    """Standard output; where it `wraps`, the terminal breaks long lines itself."""
    made = Console(highlight=False, soft_wrap=wraps)
    made.width = max(made.width, NARROWEST)
    return made
