"""A record for the terminal."""

from __future__ import annotations

import textwrap

from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.record.exit_code import COULD_NOT_TELL, HELD, reached
from conformance.record.types import Finding, Operation, Record
from conformance.report import matrix
from conformance.report.causes import Cause, causes_of
from conformance.report.printable import printable
from conformance.report.words import (
    COLOURS,
    MARKS,
    OUTCOMES,
    counted,
    headline,
    place,
    rests_on,
    seen,
    tally,
    unjudged,
    verdict,
)

LABEL = 9
INDENT = " " * (LABEL + 3)


def show(record: Record, console: Console) -> None:
    """Print a record: a line for each operation, every cause, the verdict."""
    console.print(_table(record))
    for operation in record.operations:
        for cause in causes_of(operation):
            _show_cause(console, cause)
        _reasons(console, operation)
    for fault in record.ledger:
        console.print(Text(f"✗ {printable(fault)}", style="red"), soft_wrap=True)
    console.print()
    for operation in record.operations:
        if operation.drift:
            console.print(Text(f"{operation.stem}: {operation.drift}"), soft_wrap=True)
    console.print(_verdict(record), soft_wrap=True)


def _table(record: Record) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 0, 0, 1), header_style="bold")
    table.add_column("operation", no_wrap=True)
    for name in (*OUTCOMES, "requests", "seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for operation in record.operations:
        numbers = [str(number) for number in matrix.totals(record, operation).values()]
        table.add_row(operation.stem, *numbers, str(operation.requests), f"{operation.seconds:.1f}")
    return table


def _show_cause(console: Console, cause: Cause) -> None:
    """Print the finding that explains others, and a line for each of those."""
    show_finding(console, cause.operation, cause.head)
    if cause.others:
        console.print(Text(f"  explains  {counted(len(cause.others), 'more finding')}"), soft_wrap=True)
    for one in cause.others:
        known = " known" if one.known else ""
        head = f"{MARKS[one.level]} {one.check} {one.id}{known}: {headline(one)}"
        console.print(Text(f"{INDENT}{_wrapped(console, printable(head))}", style=COLOURS[one.level]), soft_wrap=True)


def show_finding(console: Console, operation: Operation, finding: Finding) -> None:
    """Print one finding: headline, promise, place, expected, actual, and how to send it again."""
    level = finding.level
    known = " known" if finding.known else ""
    console.print()
    head = f"{MARKS[level]} {operation.stem}  {finding.check}  {level}{known}  {finding.id}"
    console.print(Text(head, style=COLOURS[level]), soft_wrap=True)
    console.print(Text(f"  {_wrapped(console, printable(headline(finding)), indent='  ')}"), soft_wrap=True)
    rows = [
        ("says", finding.says),
        ("where", place(operation, finding)),
        *(("rests on", told) for told in filter(None, [rests_on(operation, finding)])),
        ("expected", finding.expected),
        ("actual", seen(finding)),
        *(("client", _client(finding)) for _ in [0] if _matters(finding)),
        *(("known", finding.reason) for _ in [0] if finding.known),
    ]
    for label, value in rows:
        _row(console, label, _wrapped(console, printable(value)))
    if finding.curl and operation.start:
        _row(console, "start", printable(operation.start))
    for curl in finding.curl:
        _row(console, "replay", _command(console, printable(curl)))


def _row(console: Console, label: str, value: str) -> None:
    console.print(Text(f"  {label:<{LABEL}} {value}"), soft_wrap=True)


def _matters(finding: Finding) -> bool:
    """Whether what the client does is news: a note that it decodes is none."""
    return finding.client is not None and (finding.level != "note" or finding.breaks_client)


def _client(finding: Finding) -> str:
    client = finding.client
    return f"{finding.drift}: {client.ends}, {client.detail}" if client else ""


def _wrapped(console: Console, value: str, *, indent: str = INDENT) -> str:
    """The value in lines under its beginning; where nobody looks, in a pipe or a file, it stays one line."""
    if not console.is_terminal:
        return value
    width = max(console.width - len(indent), len(INDENT))
    lines = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
    return f"\n{indent}".join(lines)


def _command(console: Console, curl: str) -> str:
    """The command in lines that a shell reads as one, where it is wider than the terminal."""
    if not console.is_terminal or len(INDENT) + len(curl) <= console.width:
        return curl
    return curl.replace(" -H ", f" \\\n{INDENT}  -H ")


def _reasons(console: Console, operation: Operation) -> None:
    for reason, checks in unjudged(operation).items():
        which = f"{len(checks)} checks" if len(checks) > 1 else checks[0]
        console.print()
        line = f"? {operation.stem}  could not tell ({which}): {printable(reason)}"
        console.print(Text(_wrapped(console, line)), soft_wrap=True)


def _verdict(record: Record) -> Text:
    mark, words = verdict(record)
    style = {HELD: "green", COULD_NOT_TELL: "yellow"}.get(reached(record), "red")
    return Text(f"{mark} {words} ({tally(record)})", style=style)
