"""On which line a part of a TOML file begins, however it is spelt: the parser does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')'  # first, because three quotes begin like one
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]',
    re.DOTALL,
)


def line_of(text: str, key: str) -> int:
    """The line of the statement in valid TOML that first names a top-level key."""
    starts = (start for start, end, _ in _statements(text) if key in tomllib.loads(text[start:end]))
    return text.count("\n", 0, next(starts, 0)) + 1


def table_lines(text: str, array: str) -> list[int]:
    """The line of each table of a top-level array in valid TOML: of its `[[…]]`, or of its brace in `array = [{…}]`."""
    return [text.count("\n", 0, at) + 1 for at in _tables(text, array)]


def _tables(text: str, array: str) -> Iterator[int]:
    is_top = True
    for start, end, braces in _statements(text):
        statement = text[start:end]
        is_header = statement.lstrip().startswith("[")
        is_top = is_top and not is_header
        if isinstance(tomllib.loads(statement).get(array), list):
            yield from [start] if is_header else braces if is_top else ()


def _statements(text: str) -> Iterator[tuple[int, int, list[int]]]:
    """Beginning and end of each statement, and where the tables of an array in it begin."""
    start, depth, braces = 0, 0, list[int]()
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "{" and depth == 1:
            braces.append(token.start())
        if sign in {"[", "{"}:
            depth += 1
        elif sign in {"]", "}"}:
            depth -= 1
        elif sign == "\n" and not depth:
            yield start, token.start(), braces
            start, braces = token.end(), []
    yield start, len(text), braces
