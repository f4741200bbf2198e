"""Bodies whose rows are arrays, with objects in their place, and back: every other byte stays as it came."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from conformance.jsontext import Json
from conformance.pointer import Expression
from conformance.spec.contract import Contract
from conformance.spec.rows import Rows

_SPACE = re.compile(r"[ \t\r\n]*")
_SCAN: Callable[[str, int], tuple[Json, int]] = json.JSONDecoder().raw_decode
_LOST = (ValueError, RecursionError)
"""What reading raises where a body is no JSON: it is then left alone, and judged as it is."""

Span = tuple[int, int]


def with_objects(contract: Contract, body: bytes) -> bytes:
    """The body with an object in the place of each row that has one value for each column."""
    return body if contract.rows is None else _changed(contract.rows, contract.items, body, _object)


def with_arrays(contract: Contract, body: bytes) -> bytes:
    """The body with an array in the place of each object that has exactly the columns."""
    return body if contract.rows is None else _changed(contract.rows, contract.items, body, _array)


_Change = Callable[["_Text", Span, Sequence[str]], str]


def _changed(rows: Rows, items: Expression, body: bytes, change: _Change) -> bytes:
    encoding = json.detect_encoding(body)
    try:
        text = _Text(body.decode(encoding))
        columns = rows.columns(json.loads(text.text)) if rows.named is not None else rows.fixed
        start = text.at(items.place.tokens)
        if not columns or start is None or text.text[start : start + 1] != "[":
            return body
        return text.replaced([(span, change(text, span, columns)) for span in text.elements(start)]).encode(encoding)
    except _LOST:
        return body


def _object(text: _Text, span: Span, columns: Sequence[str]) -> str:
    row = text.text[slice(*span)]
    cells = list(text.elements(span[0])) if row.startswith("[") else []
    if len(cells) != len(columns):
        return row
    named = zip(columns, cells, strict=True)
    return "{" + ",".join(f"{json.dumps(name)}:{text.text[slice(*cell)]}" for name, cell in named) + "}"


def _array(text: _Text, span: Span, columns: Sequence[str]) -> str:
    item = text.text[slice(*span)]
    members = list(text.members(span[0])) if item.startswith("{") else []
    cells = {name: text.text[slice(*cell)] for name, cell in members}
    if len(members) != len(columns) or cells.keys() != set(columns):
        return item
    return "[" + ",".join(cells[name] for name in columns) + "]"


@frozen
class _Text:
    """A JSON text, and where its parts begin and end; raises ValueError where it is none."""

    text: str

    def at(self, steps: Sequence[str]) -> int | None:
        """Where the value begins to which the names of members lead; None where there is none."""
        here = self._next(0)
        for step in steps:
            found = dict(self.members(here)).get(step) if self.text[here : here + 1] == "{" else None
            if found is None:
                return None
            here = found[0]
        return here

    def elements(self, start: int) -> Iterator[Span]:
        """Each element of the array that begins at a place."""
        here = self._next(start + 1)
        while self._char(here) != "]":
            end = _SCAN(self.text, here)[1]
            yield here, end
            here = self._after(end, "]")

    def members(self, start: int) -> Iterator[tuple[str, Span]]:
        """Name and value of each member of the object that begins at a place."""
        here = self._next(start + 1)
        while self._char(here) != "}":
            name, colon = _SCAN(self.text, here)
            value = self._next(self._next(colon) + 1)
            end = _SCAN(self.text, value)[1]
            yield str(name), (value, end)
            here = self._after(end, "}")

    def replaced(self, parts: Sequence[tuple[Span, str]]) -> str:
        """The text with something else in the place of parts, which are in their order."""
        pieces, end = list[str](), 0
        for (start, stop), other in parts:
            pieces += [self.text[end:start], other]
            end = stop
        return "".join([*pieces, self.text[end:]])

    def _after(self, end: int, closing: str) -> int:
        """Where the next part begins, or the end stands."""
        mark = self._next(end)
        if self._char(mark) == closing:
            return mark
        if self._char(mark) != ",":
            raise ValueError(mark)
        return self._next(mark + 1)

    def _next(self, start: int) -> int:
        space = _SPACE.match(self.text, start)
        return space.end() if space else start

    def _char(self, at: int) -> str:
        if at >= len(self.text):
            raise ValueError(at)
        return self.text[at]
