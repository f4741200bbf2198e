"""The progress of a run on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """A bar with one step for each operation; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._bar = _bar() if sys.stderr.isatty() else None
        self._stems: dict[str, None] = {}

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def expect(self, operations: int) -> None:
        """Say how many operations there are."""
        if self._bar:
            self._bar.update(self._bar.task_ids[0], total=operations)

    def show(self, stem: str, check: str) -> None:
        """Say which check of which operation runs now."""
        self._stems.setdefault(stem)
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=len(self._stems) - 1, description=f"{stem} {check}")


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (MofNCompleteColumn(), BarColumn(bar_width=20), TextColumn("{task.description}"))
    made = Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
    made.add_task("starting", total=None)
    return made
