"""A page that is no report of one run: sections of tables, for a terminal, as HTML, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import asdict, field, frozen

from conformance.report.formats import dumped
from conformance.report.page import standing_alone
from conformance.report.printable import printable

DENSE = 8
"""Columns above which signs stand for words."""


@frozen
class Cell:
    """What stands in one place of a table: a text, how it is marked, and where it leads."""

    text: str
    kind: str = ""
    """Its colour: `held`, `drifted`, `news`, `known`, `skipped`, `errored`, or nothing."""
    href: str = ""
    title: str = ""
    """What is told when it is pointed at."""
    mark: str = ""
    """One sign that says the same, where there are many columns."""


@frozen
class Table:
    """A table under a heading."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    """What stands above it."""
    path: str = ""
    """What stands beside the title, such as a method and a path."""

    @property
    def is_dense(self) -> bool:
        """Whether there are so many columns that signs stand for words."""
        return len(self.columns) > DENSE


@frozen(kw_only=True)
class Sheet:
    """A page of tables."""

    title: str
    lead: str
    state: str = "held"
    tables: Sequence[Table] = field(factory=tuple)


def rendered(sheet: Sheet, ending: str) -> str:
    """The sheet in the format of an ending: `.html`, `.md` or `.json`; KeyError for another."""
    return {".html": as_html, ".md": as_markdown, ".json": as_json}[ending](sheet)


ENDINGS = (".html", ".md", ".json")


def as_json(sheet: Sheet) -> str:
    """The sheet as data: tables of rows, a row as its cells by column."""
    tables = [
        {"title": one.title, "rows": [dict(zip(one.columns, map(_data, row), strict=True)) for row in one.rows]}
        for one in sheet.tables
    ]
    return dumped({"title": sheet.title, "lead": sheet.lead, "tables": tables})


def _data(cell: Cell) -> dict[str, Any]:
    return {key: value for key, value in asdict(cell).items() if value}


def as_html(sheet: Sheet) -> str:
    """The sheet as a page that stands alone."""
    return standing_alone("sheet.html.jinja", sheet=sheet, headline=sheet.title)


def as_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown, as GitHub reads it."""
    return "\n".join(_markdown(sheet)) + "\n"


def _markdown(sheet: Sheet) -> Iterator[str]:
    yield f"## {_plain(sheet.title)}"
    yield ""
    yield _plain(sheet.lead)
    for table in sheet.tables:
        yield ""
        yield f"### {_plain(table.title)}" + (f" `{table.path}`" if table.path else "")
        yield ""
        yield from [_plain(table.note), ""] if table.note else ()
        if table.rows:
            yield f"| {' | '.join(map(_plain, table.columns))} |"
            yield f"|{'---|' * len(table.columns)}"
        for row in table.rows:
            yield f"| {' | '.join(map(_linked, row))} |"


def _linked(cell: Cell) -> str:
    return f"[{_plain(cell.text)}]({cell.href})" if cell.href else _plain(cell.text)


def _plain(text: str) -> str:
    """Text in which nothing is mark-up."""
    shown = printable(text)
    return "".join(f"\\{one}" if one in "\\`*_[]<>|#@" else one for one in shown)


def lines(sheet: Sheet, width: int) -> Iterator[str]:
    """The sheet for a terminal: a table fits, or is told row by row."""
    yield printable(sheet.title)
    yield printable(sheet.lead)
    for table in sheet.tables:
        yield ""
        yield printable(f"{table.title}  {table.path}".rstrip())
        yield from [f"  {printable(table.note)}"] if table.note else ()
        yield from _rows(table, width)


def _rows(table: Table, width: int) -> Iterator[str]:
    texts = [list(table.columns), *([printable(cell.text) for cell in row] for row in table.rows)]
    wide = [max(len(row[index]) for row in texts) for index in range(len(table.columns))]
    if sum(wide) + 2 * len(wide) <= width and table.rows:
        for row in texts:
            yield "  " + "  ".join(text.ljust(size) for text, size in zip(row, wide, strict=True)).rstrip()
    else:
        for one in table.rows:
            yield from _told(table, one)


def _told(table: Table, row: Sequence[Cell]) -> Iterator[str]:
    """A row that is too wide: what is marked alike on one line, under what is not marked."""
    yield "  " + "  ".join(printable(cell.text) for cell in row if not cell.kind and cell.text)
    words: dict[str, list[str]] = {}
    for cell, column in zip(row, table.columns, strict=True):
        if cell.kind:
            words.setdefault(cell.text, []).append(column)
    yield from (f"    {printable(word)}: {', '.join(columns)}" for word, columns in words.items())
