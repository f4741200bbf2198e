"""A record for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.finding import Level
from conformance.report.verdict import DRIFT, HELD, exit_code, findings, unchecked

Json = Mapping[str, Any]
COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
MARKS = {"error": "✗", "warning": "!", "note": "·"}
LABEL = 9


def show(record: Json, console: Console, *, fail_on: Level) -> None:
    """Print a record: a line for each operation, every finding, the verdict."""
    console.print(_table(record))
    for operation in record["operations"]:
        for finding in operation["findings"]:
            _finding(console, operation, finding)
        _reasons(console, operation)
    for fault in record["ledger"]:
        console.print(Text(f"✗ {fault}", style="red"), soft_wrap=True)
    console.print()
    console.print(_verdict(record, fail_on), soft_wrap=True)


def _table(record: Json) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("operation", no_wrap=True)
    for name in ("held", "drifted", "known", "skipped", "errored", "requests", "seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for operation in record["operations"]:
        ended = Counter(outcome["outcome"] for outcome in operation["outcomes"])
        numbers = [str(ended[name]) for name in ("held", "drifted", "known", "skipped", "errored")]
        table.add_row(operation["stem"], *numbers, str(operation["requests"]), f"{operation['seconds']:.1f}")
    return table


def _finding(console: Console, operation: Json, finding: Json) -> None:
    level = finding["level"]
    known = " known" if finding["known"] else ""
    console.print()
    head = f"{MARKS[level]} {operation['stem']}  {finding['check']}  {level}{known}  {finding['id']}"
    console.print(Text(head, style=COLOURS[level]), soft_wrap=True)
    rows = [
        ("says", finding["says"]),
        ("where", f"{operation['spec']}:{finding['line']}"),
        ("expected", finding["expected"]),
        ("actual", finding["actual"] + _times(finding["count"])),
        *(("known", finding["reason"]) for _ in [0] if finding["known"]),
        *(("replay", curl) for curl in finding["curl"]),
    ]
    for label, value in rows:
        console.print(Text(f"  {label:<{LABEL}} {printable(value)}"), soft_wrap=True)


def _times(count: int) -> str:
    return f" (seen {count} times)" if count > 1 else ""


def printable(text: str) -> str:
    """The text without control characters, so that no server writes to the terminal as it likes."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _reasons(console: Console, operation: Json) -> None:
    reasons: dict[str, list[str]] = {}
    for outcome in operation["outcomes"]:
        if outcome["outcome"] == "errored":
            reasons.setdefault(outcome["reason"], []).append(outcome["check"])
    left = unchecked(operation)
    if left:
        spent = f"{operation['requests']} requests are spent; {len(left)} checks were not made"
        reasons[f"{spent}: {', '.join(left)}. Raise --max-requests, or choose with --check"] = ["budget"]
    for reason, checks in reasons.items():
        which = f"{len(checks)} checks" if len(checks) > 1 else checks[0]
        console.print()
        console.print(Text(f"? {operation['stem']}  could not tell ({which}): {printable(reason)}"), soft_wrap=True)


def _verdict(record: Json, fail_on: Level) -> Text:
    code = exit_code(record, fail_on=fail_on)
    levels = Counter(finding["level"] for finding in findings(record) if not finding["known"])
    known = sum(1 for finding in findings(record) if finding["known"])
    plural = {level: f"{levels[level]} {level}{'' if levels[level] == 1 else 's'}" for level in MARKS}
    counted = ", ".join(plural.values()) + (f", {known} known" if known else "")
    if code == HELD:
        return Text(f"✓ every documented promise that was checked held ({counted})", style="green")
    words = "✗ drift" if code == DRIFT else "? could not tell"
    return Text(f"{words} ({counted})", style="red" if code == DRIFT else "yellow")
