"""How a command hands out its record: reports to files, findings to the terminal, the exit code to the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from conformance import files
from conformance.cli.console import console
from conformance.cli.errors import tell_error
from conformance.errors import ConformanceError, UsageError
from conformance.finding import Level
from conformance.privacy.disclosure import crashed
from conformance.record.exit_code import USAGE, reached, sealed
from conformance.record.types import Record
from conformance.report import formats, text
from conformance.report.annotations import workflow_commands
from conformance.spec.document import did_you_mean


def ensure_writable(paths: Sequence[Path], *, beside: Path | None = None) -> None:
    """Raise UsageError for a report that could not be written, before the work, not after it.

    No two of them may have one place, nor one of them that of the recording `beside` them.
    """
    taken = {beside.resolve(): f"--record {beside}"} if beside else {}
    for path in paths:
        if path.suffix not in formats.FORMATS:
            hint = did_you_mean(path.suffix, formats.FORMATS, kind="endings")
            raise UsageError(f"{_name(path)}: no report format has the ending {path.suffix!r}", hint=hint)
        if not path.parent.is_dir():
            raise UsageError(f"{_name(path)}: the directory {path.parent} does not exist", hint="Create it first.")
        files.ensure_writable(path, name=_name(path))
        place = path.resolve()
        if place in taken:
            raise UsageError(
                f"{_name(path)}: {taken[place]} is written there too", hint="Give each a place of its own."
            )
        taken[place] = _name(path)


def hand_out(made: Record, paths: Sequence[Path], *, fail_on: str, failures: Sequence[ConformanceError] = ()) -> int:
    """Seal the record, write it wherever it is wanted, show it, and give the exit code.

    What cannot be written, now or as one of the `failures` before, is told last, and costs nothing else; of a run that
    would end with 0 it makes a 2.
    """
    whole = sealed(made, fail_on=Level(fail_on))
    failed = [*failures, *write(paths, partial(formats.rendered, whole))]
    text.show(whole, console())
    _annotate(whole)
    for failure in failed:
        tell_error(failure)
    return reached(whole) or (USAGE if failed else 0)


def _annotate(made: Record) -> None:
    if os.environ.get("GITHUB_ACTIONS"):
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(made, is_there=_is_there))


def write(paths: Sequence[Path], rendered: Callable[[str], str]) -> Iterator[UsageError]:
    """Write a record, as it is rendered for an ending, to each path; gives what cannot be written."""
    for path in paths:
        try:
            files.write(path, rendered(path.suffix), name=_name(path))
        except UsageError as error:
            yield error
        except Exception as error:  # noqa: BLE001 - a report that cannot be made costs no other one
            yield UsageError(crashed(error, what=_name(path)), hint="The other reports are not touched by it.")


def _name(path: Path) -> str:
    return f"--report {path}"


def _is_there(name: str) -> bool:
    """Whether a file is in the directory where we are called: a spec of ours is no file of another repository."""
    return Path(name).is_file()
