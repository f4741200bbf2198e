"""The progress of a run on standard error, where that is a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar


class Progress:
    """A bar with one step for each operation; silent where standard error is no terminal."""

    def __init__(self, operations: int) -> None:
        console = Console(stderr=True)
        columns = (MofNCompleteColumn(), BarColumn(bar_width=20), TextColumn("{task.description}"))
        self._bar = Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task("starting", total=operations)
        self._stems: dict[str, None] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, stem: str, check: str) -> None:
        """Say which check of which operation runs now."""
        self._stems.setdefault(stem)
        self._bar.update(self._task, completed=len(self._stems) - 1, description=f"{stem} {check}")
