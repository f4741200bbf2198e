"""A JSON body laid out in lines, lexemes as they were sent, and of the lines those that matter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from conformance.record.places import within
from conformance.report.printable import cut, printable

WIDEST, LONGEST, FLATTENED, DEEPEST = 96, 400, 24, 64
AROUND, MOST_WINDOWS, MOST_UNMARKED = 2, 3, 8
_LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_PAIRS = {"{": "}", "[": "]"}
Marked = Callable[[str, Any], bool]


@frozen
class Line:
    """One line of a body; `left_out` counts the lines that it stands for, when it stands for some."""

    text: str
    marked: bool = False
    left_out: int = 0


def excerpt(body: str, marked: Marked) -> list[Line]:
    """The lines around what is marked; the first lines where nothing is."""
    lines = layout(body, marked)
    kept = _kept(lines)
    shown: list[Line] = []
    for index, line in enumerate(lines):
        if index in kept:
            shown.append(line)
        elif shown and shown[-1].left_out:
            shown[-1] = evolve(shown[-1], left_out=shown[-1].left_out + 1)
        else:
            shown.append(Line("", left_out=1))
    return shown


def _kept(lines: Sequence[Line]) -> set[int]:
    chosen = [index for index, line in enumerate(lines) if line.marked]
    if not chosen:
        return set(range(MOST_UNMARKED if len(lines) > MOST_UNMARKED + 1 else len(lines)))
    kept: set[int] = set()
    windows = 0
    for index in chosen:
        windows += index - AROUND - 1 not in kept and index not in kept
        if windows > MOST_WINDOWS:
            break
        kept |= set(range(index - AROUND, index + AROUND + 1))
    return kept


def layout(body: str, marked: Marked) -> list[Line]:
    """The body in lines: JSON indented, short objects on one line; anything else as it came."""
    if body.lstrip()[:1] not in _PAIRS:
        return [_line(text) for text in body.splitlines()]
    return _Layout(marked).lines(body)


def _line(text: str, *, marked: bool = False) -> Line:
    return Line(cut(printable(text), LONGEST), marked)


@frozen
class _Open:
    """A container that is being laid out: where it began, and what names its members."""

    place: str
    line: int
    bracket: str


class _Layout:
    """Lays lexemes out without trusting them: names given twice, NaN, and a body that is cut off stay as they are."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.out: list[Line] = []
        self.open: list[_Open] = []
        self.name: str | None = None
        self.members: list[int] = [0]

    def lines(self, body: str) -> list[Line]:
        lexemes = _LEXEME.findall(body)
        for lexeme, following in zip(lexemes, [*lexemes[1:], ""], strict=True):
            self._take(lexeme, named=following == ":")
        return self.out

    def _take(self, lexeme: str, *, named: bool) -> None:
        if lexeme in _PAIRS:
            self._begin(lexeme)
        elif lexeme in _PAIRS.values():
            self._end(lexeme)
        elif lexeme == ",":
            self._comma()
        elif named:
            self.name = lexeme
        elif lexeme != ":":
            self._write(lexeme, marked=self.marked(self._place(), _value(lexeme)))

    def _place(self) -> str:
        if not self.open or len(self.open) > DEEPEST:
            return ""
        if self.open[-1].bracket == "[":
            return within(self.open[-1].place, self.members[-1])
        return within(self.open[-1].place, str(_value(self.name or "")))

    def _write(self, lexeme: str, *, marked: bool) -> None:
        lead = f"{self.name}: " if self.name is not None else ""
        self.out.append(_line(self._indent() + lead + lexeme, marked=marked))
        self.name = None

    def _begin(self, lexeme: str) -> None:
        place = self._place()
        self._write(lexeme, marked=self.marked(place, {} if lexeme == "{" else []))
        self.open.append(_Open(place, len(self.out) - 1, lexeme))
        self.members.append(0)

    def _end(self, lexeme: str) -> None:
        if not self.open:
            self._write(lexeme, marked=False)
            return
        opened = self.open.pop()
        self.members.pop()
        inner = self.out[opened.line :] if len(self.out) - opened.line <= FLATTENED else []
        flat = "".join([line.text for line in inner[:1]] + [" ".join(line.text.strip() for line in inner[1:])]) + lexeme
        if inner and len(flat) <= WIDEST and not any(line.marked for line in inner[1:]):
            self.out[opened.line :] = [Line(flat, inner[0].marked)]
        else:
            self.out.append(Line(self._indent() + lexeme))

    def _indent(self) -> str:
        return "  " * min(len(self.open), DEEPEST)

    def _comma(self) -> None:
        self.members[-1] += 1
        if self.out:
            self.out[-1] = Line(f"{self.out[-1].text},", self.out[-1].marked)


@lru_cache(maxsize=8192)
def _value(lexeme: str) -> object:
    try:
        return json.loads(lexeme)
    except ValueError:
        return lexeme
