"""Writes the exchanges of a run as a recording."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from conformance.errors import UsageError
from conformance.exchange import Exchange
from conformance.replay.recording.lines import line_of

Keep = Callable[[Exchange], None]


@contextmanager
def recorder(path: Path | None) -> Iterator[Keep]:
    """What keeps exchanges, as they are redacted, in a file that is there when all are in it; nothing without a path.

    Raises UsageError where the file cannot be written.
    """
    if path is None:
        yield lambda _: None
        return
    try:
        file = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        message = f"--record {path}: cannot be written: {error.strerror}"
        raise UsageError(message, hint="Choose another place.") from None
    try:
        with file:
            yield lambda exchange: _append(file.write, exchange)
        Path(file.name).replace(path)
    finally:
        Path(file.name).unlink(missing_ok=True)


def _append(write: Callable[[bytes], int], exchange: Exchange) -> None:
    write(line_of(exchange))


def both(keep: Keep, observe: Keep) -> Keep:
    """What gives each exchange to two."""

    def observed(exchange: Exchange) -> None:
        keep(exchange)
        observe(exchange)

    return observed
