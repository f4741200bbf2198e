"""Writes the exchanges of a run as a recording."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from conformance.errors import UsageError
from conformance.exchange import Exchange
from conformance.files import Unfinished, unwritable
from conformance.replay.recording.lines import line_of


class Recorder:
    """Keeps exchanges, as they are given, in a file that is there when all are in it, or as many as came by then.

    Raises UsageError where no file can be written there. What fails later, a full disk say, costs the recording alone:
    `failure` tells why there is none.
    """

    def __init__(self, path: Path, *, private: bool) -> None:
        self._path, self._private = path, private
        self._file: Unfinished | None = None
        self.failure: UsageError | None = None

    def __enter__(self) -> Self:
        try:
            self._file = Unfinished(self._path, private=self._private)
        except OSError as error:
            raise unwritable(f"--record {self._path}", error) from None
        return self

    def keep(self, exchange: Exchange) -> None:
        """Add an exchange."""
        if self._file is not None:
            try:
                self._file.write(line_of(exchange))
            except OSError as error:
                self._give_up(error)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        try:
            self._file.finish()
        except OSError as failed:
            self._give_up(failed)
        else:
            self._file.discard()

    def _give_up(self, error: OSError) -> None:
        self.failure = unwritable(f"--record {self._path}", error, hint="The rest of the run is not touched by it.")
        if self._file is not None:
            self._file.discard()
        self._file = None
