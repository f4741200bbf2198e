"""A comparison of two records, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from conformance.record.compare import Comparison, Difference
from conformance.record.exit_code import COULD_NOT_TELL, DRIFT, HELD
from conformance.record.types import Record
from conformance.report.printable import printable
from conformance.report.words import COLOURS, MARKS, counted, headline, place


def lines(compared: Comparison, code: int) -> Iterator[Text]:
    """What became of each finding, and the verdict."""
    yield from _lines(compared)
    yield _verdict(compared, code)


def _lines(compared: Comparison) -> Iterator[Text]:
    sections = {"new": compared.new, "gone": compared.gone, "still there": compared.still}
    for title, found in sections.items():
        yield from _section(title, [_line(one) for one in found])
    yield from _section("not seen, but not looked for either", [_line(one) for one in compared.untold])
    rows = [Text(printable(f"  {stem}  {check}  {why}")) for stem, check, why in compared.unchecked]
    yield from _section("gave a verdict before and gives none now", rows)


def known_lines(record: Record) -> Iterator[Text]:
    """The findings of one record: what is new, and what is known with its reason."""
    rows = [(operation, one) for operation in record.operations for one in operation.findings]
    yield from _section("new", [_line(Difference(*row)) for row in rows if not row[1].known])
    yield from _section("known", [_line(Difference(*row, row[1].reason)) for row in rows if row[1].known])


def _section(title: str, lines: Sequence[Text]) -> Iterator[Text]:
    if lines:
        yield Text(f"{title} ({len(lines)})", style="bold")
        yield from lines
        yield Text()


def _line(one: Difference) -> Text:
    finding, stem = one.finding, one.operation.stem
    known = " known" if finding.known else ""
    why = f"  [{one.why}]" if one.why else ""
    where = place(one.operation, finding)
    head = f"  {MARKS[finding.level]} {stem}  {finding.check}  {finding.level}{known}  {finding.id}"
    return Text(printable(f"{head}  {where}  {headline(finding)}{why}"), style=COLOURS[finding.level])


def _verdict(compared: Comparison, code: int) -> Text:
    known = sum(1 for one in compared.new if one.finding.known)
    new = counted(len(compared.new), "new finding") + (f", {known} of them known" if known else "")
    numbers = f"{new}, {len(compared.gone)} gone, {len(compared.still)} still there"
    words = {HELD: "✓ no new drift", DRIFT: "✗ new drift", COULD_NOT_TELL: "? could not tell"}[code]
    return Text(f"{words} ({numbers})", style={HELD: "green", DRIFT: "red", COULD_NOT_TELL: "yellow"}[code])
