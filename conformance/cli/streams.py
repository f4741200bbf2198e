"""Standard output and standard error as a command has them: they take any text, and fail without stopping the work.

Whatever a server or a document says, what is written moves no cursor and gives no command to the runner of a workflow.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from conformance.report.printable import harmless, without_commands

_STANDARD = (0, 1, 2)


class Stream:
    """A stream that is written to as any other; what cannot be encoded is escaped, and a failure is kept for the end.

    After a failure nothing is written any more: a reader that has left does not come back.
    """

    def __init__(self, stream: TextIO | None, *, defuse: bool = False) -> None:
        self._stream = stream
        self._defuse = defuse
        """Whether a runner looks for commands in it."""
        self.failure: Exception | None = None if stream else OSError(errno.EBADF, "it is closed")

    def write(self, text: str) -> int:
        """Write the text; gives its length, written or not."""
        if self._stream and not self.failure:
            encoding = self._stream.encoding or "utf-8"
            try:
                self._stream.write(self._shown(text).encode(encoding, "backslashreplace").decode(encoding))
            except (OSError, ValueError) as error:
                self._give_up(error)
        return len(text)

    def _shown(self, text: str) -> str:
        shown = text if self.isatty() and self._stream is sys.__stderr__ else harmless(text)
        return without_commands(shown) if self._defuse else shown

    def writelines(self, lines: Iterable[str]) -> None:
        """Write one text after the other."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand on what is still held back; only then it shows whether a disk is full."""
        if self._stream and not self.failure:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._give_up(error)

    def isatty(self) -> bool:
        """Whether a person may be looking."""
        return bool(self._stream) and not self.failure and bool(self._stream and self._stream.isatty())

    def fileno(self) -> int:
        """The file's number; raises OSError where it has none."""
        if self._stream is None:
            raise OSError(errno.EBADF, "it is closed")
        return self._stream.fileno()

    @property
    def encoding(self) -> str:
        """How texts are encoded."""
        return (self._stream.encoding if self._stream else "") or "utf-8"

    def _give_up(self, error: Exception) -> None:
        self.failure = error
        # What the stream still holds would fail again when the interpreter ends, and change the exit code.
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


def why(failure: Exception) -> str:
    """Why a stream cannot be written, in words."""
    if isinstance(failure, BrokenPipeError):
        return "its reader has left"
    return (failure.strerror if isinstance(failure, OSError) else "") or str(failure)


def reserve() -> None:
    """Open what stands for standard streams that are closed: another file would get their numbers, and their text."""
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
