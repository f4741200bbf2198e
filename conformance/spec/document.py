"""A YAML document as plain JSON that remembers on which line each part stands."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from conformance.errors import SpecError
from conformance.jsontext import Json, members_of
from conformance.pointer import TOP, Pointer

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
        try:
            tree = YAML().load(text)
        except YAMLError as error:
            raise _syntax_error(name, error) from error
        if not isinstance(tree, CommentedMap):
            raise SpecError(f"{name}:1: is not a mapping", hint="A spec is an OpenAPI document.")
        lines: dict[str, int] = {"": 1}
        try:
            return cls(name, members_of(_plain(tree, TOP, lines)), lines, text)
        except _MergeKey as found:
            hint = "Write out what it stands for."
            raise SpecError(f"{name}:{found}: merge key <<, which YAML 1.2 does not have", hint=hint) from None

    def line(self, place: str) -> int:
        """The line of `place`, or of the nearest part around it."""
        return nearest_line(self.lines, place)

    def error(self, place: str, message: str, *, hint: str) -> SpecError:
        """The error that says what is wrong at `place`."""
        return SpecError(f"{self.file}:{self.line(place)}: {message}", hint=hint)


def nearest_line(lines: Mapping[str, int], place: str) -> int:
    """The line of `place`, or of the nearest part around it; 1 where nothing is known."""
    while place and place not in lines:
        place = place.rpartition("/")[0]
    return lines.get(place, 1)


def did_you_mean(word: str, known: Iterable[str], *, kind: str) -> str:
    """A hint that names the nearest of the known words, and all of them where they are not too many."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1)
    guess = f"Did you mean {near[0]!r}? " if near else ""
    shown = [*known[:MOST_WORDS], f"and {len(known) - MOST_WORDS} more"] if len(known) > MOST_WORDS else known
    return f"{guess}Known {kind}: {', '.join(shown) or 'none'}."


def _syntax_error(file: str, error: YAMLError) -> SpecError:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    problem = (error.problem if isinstance(error, MarkedYAMLError) else None) or "is not YAML"
    problem = " ".join(problem.split())
    line = mark.line + 1 if mark is not None else 1
    return SpecError(f"{file}:{line}: {problem}", hint="Mend the YAML there, or just above.")


class _MergeKey(Exception):  # noqa: N818 - told as a SpecError
    """A mapping has a merge key; the message is its line."""


def _plain(node: object, place: Pointer, lines: dict[str, int]) -> Json:
    if isinstance(node, CommentedMap):
        if node.merge:
            raise _MergeKey(node.lc.line + 1)
        return {str(key): _member(node, key, place.below(str(key)), lines) for key in node}
    if isinstance(node, CommentedSeq):
        return [_member(node, index, place.below(index), lines) for index in range(len(node))]
    return _scalar(node)


def _member(parent: CommentedMap | CommentedSeq, key: object, place: Pointer, lines: dict[str, int]) -> Json:
    position = parent.lc.key(key) if isinstance(parent, CommentedMap) else parent.lc.item(key)
    lines[place] = position[0] + 1
    return _plain(parent[key], place, lines)


def _scalar(node: object) -> Json:
    if isinstance(node, dt.date):
        return node.isoformat()
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return None if node is None else str(node)
