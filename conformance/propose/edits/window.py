"""The part of a spec that edits are about: components that none of them touches stand as one line each meanwhile.

Reading and writing YAML with its comments and style takes most of the time of a proposal, and a large spec is mostly
schemas that have nothing to do with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from conformance.pointer import Pointer

_SCHEMAS = re.compile(r"^components:[^\S\n]*\n(?:(?:[ #].*)?\n)*?( +)schemas:[^\S\n]*\n", re.MULTILINE)
_KEY = re.compile(r"( +)(['\"]?)([A-Za-z0-9._-]+)\2:[^\S\n]*(?:#.*)?\n")
_SHARED = re.compile(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_]", re.MULTILINE)
"""An anchor or an alias: what looks like one is enough."""
_DEPTH = 3
"""Steps of the pointer of a component: `/components/schemas/Name`."""


def narrowed(text: str, pointers: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The text with a line for each component that no pointer leads into, and what stood there by that line."""
    section = _SCHEMAS.search(text)
    if section is None or _SHARED.search(text):
        return text, {}
    touched = {steps[_DEPTH - 1] for one in pointers if len(steps := Pointer(one).tokens) >= _DEPTH}
    lines = text[section.end() :].splitlines(keepends=True)
    kept: dict[str, str] = {}
    narrow = list(_with_places_held(lines, len(section[1]), touched, kept))
    return (
        (text[: section.end()] + "".join(narrow), kept) if all(narrow.count(one) == 1 for one in kept) else (text, {})
    )


def widened(text: str, kept: dict[str, str]) -> str | None:
    """The text with what stood there; None where a line that held its place is not there once."""
    lines = text.splitlines(keepends=True)
    if sum(line in kept for line in lines) != len(kept):
        return None
    return "".join(kept.get(line, line) for line in lines)


def _with_places_held(lines: list[str], outer: int, touched: Collection[str], kept: dict[str, str]) -> Iterator[str]:
    """The lines, those of each component that is not touched as one."""
    index, indent = 0, None
    while index < len(lines):
        line, key = lines[index], _KEY.match(lines[index])
        if not _is_empty(line) and _indent(line) <= outer:
            yield from lines[index:]  # another section
            return
        indent = len(key[1]) if key and indent is None else indent
        end = _end(lines, index) if key and len(key[1]) == indent and key[3] not in touched else index
        if end > index and key:
            held = f"{key[1]}{key[2]}{key[3]}{key[2]}: held-{index}{line[len(line.rstrip()) :]}"
            kept[held] = "".join(lines[index : end + 1])
            yield held
        else:
            yield line
        index = end + 1


def _end(lines: list[str], first: int) -> int:
    """The last line of what a key holds, without remarks and blank lines after it."""
    indent, last = _indent(lines[first]), first
    for index in range(first + 1, len(lines)):
        if _is_empty(lines[index]):
            continue
        if _indent(lines[index]) <= indent:
            break
        last = index
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_empty(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
