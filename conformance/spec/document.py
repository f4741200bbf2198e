"""A YAML document as plain JSON that remembers on which line each part stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from conformance.errors import SpecError
from conformance.spec import quick_yaml

MOST_WORDS = 50


@frozen
class Document:
    """The content of one file and its lines."""

    file: str
    """The path as messages name it."""
    content: Mapping[str, Any] = field(repr=False)
    lines: Mapping[str, int] = field(repr=False)
    """JSON Pointer to line, from 1."""
    text: str = field(default="", repr=False)
    """The file as it stands."""

    @classmethod
    def load(cls, path: Path, *, name: str = "") -> Document:
        """Read a YAML file; raises SpecError with `file:line` where it cannot be read."""
        file = name or str(path)
        try:
            text = path.read_bytes().decode("utf-8")  # with the ends of its lines, of which the digest is made too
        except OSError as error:
            raise SpecError(f"{file}:1: cannot be read: {error.strerror}", hint="Is the name right?") from error
        except UnicodeDecodeError as error:
            raise SpecError(f"{file}:1: is not UTF-8", hint="Save the file as UTF-8.") from error
        return cls.parse(text, name=file)

    @classmethod
    def parse(cls, text: str, *, name: str) -> Document:
        """Read the text of a YAML file; raises SpecError with `file:line` where it cannot be read."""
        content, lines = quick_yaml.read(text) or _whole(text, name)
        return cls(name, content, lines, text)

    def line(self, place: str) -> int:
        """The line of `place`, or of the nearest part around it."""
        return nearest_line(self.lines, place)

    def error(self, place: str, message: str, *, hint: str) -> SpecError:
        """The error that says what is wrong at `place`."""
        return SpecError(f"{self.file}:{self.line(place)}: {message}", hint=hint)


def digest(text: str) -> str:
    """What tells one text of a spec from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def nearest_line(lines: Mapping[str, int], place: str) -> int:
    """The line of `place`, or of the nearest part around it; 1 where nothing is known."""
    while place and place not in lines:
        place = place.rpartition("/")[0]
    return lines.get(place, 1)


def did_you_mean(word: str, known: Iterable[str], *, kind: str) -> str:
    """A hint that names the nearest of the known words, and all of them where they are not too many."""
    import difflib  # noqa: PLC0415 - loaded when somebody made a slip

    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1)
    guess = f"Did you mean {near[0]!r}? " if near else ""
    shown = [*known[:MOST_WORDS], f"and {len(known) - MOST_WORDS} more"] if len(known) > MOST_WORDS else known
    return f"{guess}Known {kind}: {', '.join(shown) or 'none'}."


def _whole(text: str, name: str) -> tuple[dict[str, Any], dict[str, int]]:
    from conformance.spec.whole_yaml import read  # noqa: PLC0415 - loaded where the quick look does not suffice

    return read(text, name)
