"""What any YAML 1.2 file says, with the line of each part, or where it says nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from conformance.errors import SpecError
from conformance.jsontext import Json, members_of
from conformance.pointer import TOP, Pointer

MOST_PARTS = 50_000
"""Places in a document, with what aliases stand for."""


def read(text: str, name: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The content of a mapping and the line of each part, by JSON Pointer; raises SpecError with `file:line`."""
    try:
        tree = YAML().load(text)
    except YAMLError as error:
        raise _syntax_error(name, error) from error
    if not isinstance(tree, CommentedMap):
        raise SpecError(f"{name}:1: is not a mapping", hint="A spec is an OpenAPI document.")
    lines: dict[str, int] = {"": 1}
    try:
        return dict(members_of(_plain(tree, TOP, lines))), lines
    except _MergeKey as found:
        hint = "Write out what it stands for."
        raise SpecError(f"{name}:{found}: merge key <<, which YAML 1.2 does not have", hint=hint) from None
    except _TooMuch as found:
        hint = "Name shared parts under components, and refer to them with $ref."
        raise SpecError(f"{name}:{found}: aliases stand for more than {MOST_PARTS:,} parts", hint=hint) from None
    except RecursionError:
        raise SpecError(
            f"{name}:1: is nested too deeply, or an alias stands within itself", hint="Write it out."
        ) from None


def _syntax_error(file: str, error: YAMLError) -> SpecError:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    problem = (error.problem if isinstance(error, MarkedYAMLError) else None) or "is not YAML"
    problem = " ".join(problem.split())
    line = mark.line + 1 if mark is not None else 1
    return SpecError(f"{file}:{line}: {problem}", hint="Mend the YAML there, or just above.")


class _MergeKey(Exception):  # noqa: N818 - told as a SpecError
    """A mapping has a merge key; the message is its line."""


class _TooMuch(Exception):  # noqa: N818 - told as a SpecError
    """Aliases of aliases multiply; the message is the line where they are too many."""


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
    if len(lines) > MOST_PARTS:
        raise _TooMuch(lines[place])
    return _plain(parent[key], place, lines)


def _scalar(node: object) -> Json:
    if isinstance(node, dt.date):
        return node.isoformat()
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return None if node is None else str(node)
