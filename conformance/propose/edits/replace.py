"""Files replaced together: all of them, or none."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from conformance.errors import UsageError


def replace(texts: Mapping[Path, str]) -> None:
    """Give every file its new text; raises UsageError where one of them cannot be written, and leaves all as they were.

    Each is whole in a file beside it before the first is replaced.
    """
    olds: dict[Path, bytes] = {}
    made: list[Path] = []
    try:
        # Where one fails, those before it are in the list already, and are taken away again.
        made.extend(_beside(path.resolve(), text.encode()) for path, text in texts.items())
        for temporary, path in zip(made, texts, strict=True):
            old = path.read_bytes()
            temporary.replace(path.resolve())
            olds[path] = old
    except OSError as error:
        for temporary in made:
            temporary.unlink(missing_ok=True)
        for path, old in olds.items():
            _beside(path.resolve(), old).replace(path.resolve())
        which = list(texts)[len(olds if len(made) == len(texts) else made)]
        raise UsageError(f"{which}: cannot be written: {error.strerror}", hint="Nothing is changed.") from None


def _beside(path: Path, data: bytes) -> Path:
    """A file in the same directory with these bytes and the mode of `path`; none is left where that fails."""
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            temporary.chmod(path.stat().st_mode & 0o777)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            raise
    return temporary
