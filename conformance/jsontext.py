"""JSON as RFC 8259 has it: what lenient parsers read and strict ones refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""A JSON value: of those that are read, arrays are lists and objects are dictionaries."""
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
DEEPEST = 200
"""Levels of nesting that every reader here takes; validators of JSON Schema give up soon after."""


def members_of(value: object) -> Mapping[str, Json]:
    """The members of an object; none of what is no object."""
    return value if isinstance(value, dict) else {}


def elements_of(value: object) -> Sequence[Json]:
    """The elements of an array; none of what is no array."""
    return value if isinstance(value, list) else ()


def weight(body: bytes | bytearray) -> int:
    """About how many JSON values a body holds, without parsing it."""
    return sum(map(body.count, (b",", b"{", b"[")))


def problem_of(body: bytes, content_type: str) -> str:
    """What strict readers would refuse in a JSON body; empty where nothing."""
    charset = content_type.lower().partition("charset=")[2].strip(' "')
    if charset and charset not in {"utf-8", "utf8"}:
        return f"charset: {charset}"
    if body.startswith(b"\xef\xbb\xbf"):
        return "a byte order mark"
    return _parse_problem(body)


def _parse_problem(body: bytes) -> str:
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_depth_of, parse_constant=_no_constant)
        depth, half = _depth(value), _ESCAPED_HALF.search(body) and is_half(json.loads(body), body)
    except UnicodeDecodeError:
        return "bytes that are not UTF-8"
    except RecursionError:
        return "nested too deeply"
    except _UnlawfulError as error:
        return str(error)
    except ValueError as error:
        return f"not JSON: {error}" if body else "an empty body"
    if depth > DEEPEST:
        return "nested too deeply"
    return "half of a surrogate pair, which is no character" if half else ""


def is_deep(value: Json) -> bool:
    """Whether a value is nested deeper than can be judged."""
    level, depth = [value] if isinstance(value, dict | list) else [], 0
    while level and depth <= DEEPEST:
        inside: list[Iterable[Json]] = [part.values() if isinstance(part, dict) else part for part in level]
        level = [one for parts in inside for one in parts if isinstance(one, dict | list)]
        depth += 1
    return depth > DEEPEST


def is_half(value: Json, body: bytes) -> bool:
    """Whether a text in a parsed body cannot be written in any encoding: half of a pair (RFC 8259, 8.2)."""
    if not _ESCAPED_HALF.search(body):
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


class _UnlawfulError(ValueError):
    """JSON that parsers read and RFC 8259 does not allow."""


_Depth = tuple[int]
"""How deep an object is, in its place: nothing else of it is wanted, and JSON has no tuples."""


def _depth_of(pairs: list[tuple[str, object]]) -> _Depth:
    if len(dict(pairs)) < len(pairs):
        names = [name for name, _ in pairs]
        raise _UnlawfulError(f"a name twice: {next(name for name in names if names.count(name) > 1)!r}")
    return (1 + max([_depth(value) for _, value in pairs if type(value) in _HOLDERS], default=0),)


_HOLDERS = frozenset({tuple, list})


def _depth(value: object) -> int:
    if isinstance(value, tuple):
        depth: int = value[0]
        return depth
    inside = [_depth(part) for part in value if type(part) in _HOLDERS] if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(inside, default=0)


def _no_constant(name: str) -> None:
    raise _UnlawfulError(f"no JSON number: {name}")
