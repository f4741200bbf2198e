"""Files: written whole or not at all, and read with errors that say where, why, and what to do."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from conformance.errors import ConformanceError, UsageError
from conformance.jsontext import Json

ORDINARY, PRIVATE = 0o666, 0o600
"""Modes of a new file, from which the system takes away what the user's umask says."""
_PERMISSIONS = 0o777
_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_MARK = b"\xef\xbb\xbf"


class Unfinished:
    """A file that takes its place when it is finished: until then, what stands there stays. Raises OSError.

    A file that is there keeps its mode, a link stays a link; what is no file at all, such as a pipe, is written to.
    """

    def __init__(self, path: Path, *, private: bool = False) -> None:
        self._place = path.resolve()
        there = _status(self._place)
        if there and stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._beside = self._place.with_name(f".{self._place.name[:32]}.{secrets.token_hex(4)}")
        self._is_direct = there is not None and not stat.S_ISREG(there.st_mode)
        flags = os.O_WRONLY if self._is_direct else os.O_WRONLY | os.O_CREAT | os.O_EXCL
        place = self._place if self._is_direct else self._beside
        self._file = os.fdopen(os.open(place, flags, PRIVATE if private else ORDINARY), "wb")
        if there and not self._is_direct and not private:
            os.fchmod(self._file.fileno(), there.st_mode & _PERMISSIONS)

    def write(self, data: bytes) -> None:
        """Add to it."""
        self._file.write(data)

    def close(self) -> None:
        """Have all of it on the disk, beside its place."""
        self._file.close()

    def finish(self) -> None:
        """Put it in its place."""
        self.close()
        if not self._is_direct:
            self._beside.replace(self._place)

    def discard(self) -> None:
        """Leave nothing of it; after it is finished, nothing happens."""
        with suppress(OSError):
            self._file.close()
        if not self._is_direct:
            with suppress(OSError):
                self._beside.unlink()


def _status(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except FileNotFoundError:
        return None


def ensure_writable(path: Path, *, name: str = "") -> None:
    """Raise UsageError where no file could be written at `path`; nothing is changed."""
    try:
        there = _status(path.resolve())
        if there is None or stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode):
            Unfinished(path).discard()
    except OSError as error:
        raise unwritable(name or str(path), error) from None


def write(path: Path, text: str, *, name: str = "", folders: bool = False) -> None:
    """Write an ordinary file, with the folders around it if they may be made; raises UsageError where it cannot be."""
    try:
        if folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        replace({path: text})
    except OSError as error:
        raise unwritable(name or str(path), error) from None


def replace(texts: Mapping[Path, str]) -> None:
    """Write several files: all of them, or none. Raises OSError, of which `filename` is the one that cannot be written.

    Each is whole beside its place before the first is put there.
    """
    olds = {path: _old(path) for path in texts}
    made: dict[Path, Unfinished] = {}
    finished: list[Path] = []
    path = Path()
    try:
        for path, text in texts.items():
            made[path] = Unfinished(path)
            made[path].write(_encoded(text))
            made[path].close()
        for path, one in made.items():
            one.finish()
            finished.append(path)
    except OSError as error:
        for one in made.values():
            one.discard()
        _restore({done: olds[done] for done in finished})
        raise OSError(error.errno, error.strerror, str(path)) from None


def _old(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _restore(olds: Mapping[Path, bytes | None]) -> None:
    for path, old in olds.items():
        if old is None:
            path.unlink(missing_ok=True)
        else:
            again = Unfinished(path)
            again.write(old)
            again.finish()


def _encoded(text: str) -> bytes:
    """The text in UTF-8; half of a surrogate pair, which a server may send, as the escape that JSON has for it."""
    return text.encode("utf-8", "backslashreplace")


def unwritable(name: str, error: OSError, *, hint: str = "Choose another place.") -> UsageError:
    """The error that says of a file, as messages name it, why it cannot be written."""
    return UsageError(f"{name}: cannot be written: {error.strerror or error}", hint=hint)


def read(path: Path, *, hint: str, name: str = "", kind: type[ConformanceError] = UsageError) -> str:
    """The text of a UTF-8 file, its lines ended by newlines, without a byte order mark; raises an error of `kind`."""
    name = name or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise kind(f"{name}: cannot be read: {error.strerror}", hint=hint) from None
    try:
        return data.removeprefix(_MARK).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise kind(f"{name}:{line}: is not UTF-8", hint=hint) from None


def read_json(path: Path, *, hint: str, name: str = "", kind: type[ConformanceError] = UsageError) -> Json:
    """What a JSON file holds; raises an error of `kind` where it holds none."""
    text = read(path, hint=hint, name=name, kind=kind)
    name = name or str(path)
    try:
        read_value: Json = json.loads(text)
    except json.JSONDecodeError as error:
        raise kind(f"{name}:{error.lineno}: is not JSON: {error.msg}", hint=hint) from None
    except (ValueError, RecursionError) as error:
        raise kind(f"{name}:1: is not JSON that can be read: {error}", hint=hint) from None
    return read_value


def parse_toml(text: str, *, name: str, hint: str) -> dict[str, Any]:
    """What TOML says; raises UsageError where the text is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        problem = _LINE.sub("", str(error))
        raise UsageError(f"{name}:{line}: is not TOML: {problem}", hint=hint) from None
    except RecursionError:
        raise UsageError(f"{name}:1: is nested too deeply", hint=hint) from None
