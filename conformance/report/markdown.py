"""The record as Markdown that fits a comment of a pull request and the summary of a job on GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from conformance.record.types import Finding, Operation, Record
from conformance.report import matrix
from conformance.report.causes import Cause, causes
from conformance.report.printable import cut, printable
from conformance.report.words import (
    OUTCOMES,
    breaks,
    by_kind,
    counted,
    drift,
    headline,
    place,
    rests_on,
    seen,
    tally,
    unjudged,
    verdict,
)

MOST = 60_000
"""UTF-8 bytes; GitHub takes 65,536 characters."""
LONG, LONG_DIFF, ROOM = 500, 6_000, 400


def as_markdown(record: Record) -> str:
    """The record, the gravest findings first; what does not fit is counted."""
    text = "\n".join(_head(record))
    every = causes(record)
    for index, cause in enumerate(every):
        block = "\n".join(_cause(cause))
        if len((text + block).encode()) > MOST - ROOM:
            left = counted(sum(len(one.findings) for one in every[index:]), "finding")
            return f"{text}\n**{left} more did not fit here**; every other format of the report has them.\n"
        text += block
    return text


def _head(record: Record) -> Iterator[str]:
    mark, words = verdict(record)
    yield f"## {mark} conformance: {words}"
    yield ""
    yield f"{tally(record)}. Target {_code(record.target)}, started {_code(record.started)}."
    yield ""
    yield from _table(record)
    for operation in record.operations:
        for reason, checks in unjudged(operation).items():
            yield f"- **{_code(operation.stem)} could not tell** ({counted(len(checks), 'check')}): {_code(reason)}"
    for operation in record.operations:
        if operation.unseen:
            kinds = by_kind(operation.unseen).items()
            told = "; ".join(f"{kind} {', '.join(_code(one.name) for one in names)}" for kind, names in kinds)
            yield f"- {_code(operation.stem)} documented, not seen: {told}"
    for fault in record.ledger:
        yield f"- **ledger of known drift**: {_code(fault)}"
    yield ""


def _table(record: Record) -> Iterator[str]:
    if not record.operations:
        yield "No operation was checked."
        return
    yield f"| operation | {' | '.join(OUTCOMES)} | requests | seconds |"
    yield "|---|" + "---:|" * (len(OUTCOMES) + 2)
    for operation in record.operations:
        numbers = " | ".join(str(number) for number in matrix.totals(record, operation).values())
        requests, seconds = operation.requests, operation.seconds
        yield f"| {_code(operation.stem, cell=True)} | {numbers} | {requests} | {seconds:.1f} |"
    yield ""


def _cause(cause: Cause) -> Iterator[str]:
    yield from _finding(cause.operation, cause.head)
    if cause.others:
        more = f"{counted(len(cause.others), 'more finding')} that <code>{_html(cause.head.check)}</code> explains"
        yield f"<details><summary>{more}</summary>"
        yield ""
        for one in cause.others:
            yield f"- {one.level} {_code(one.check)} {_code(one.id)}: {_code(headline(one))}"
        yield ""
        yield "</details>"
        yield ""


def _finding(operation: Operation, finding: Finding) -> Iterator[str]:
    words = [finding.level, *(["known"] if finding.known else []), *([drift(finding)] if drift(finding) else [])]
    title = f"<code>{_html(operation.stem)}</code> <code>{_html(finding.check)}</code>"
    yield f"<details><summary><b>{', '.join(words)}</b> {title} <code>{_html(headline(finding))}</code></summary>"
    yield ""
    yield from _fenced("text", _told(operation, finding))
    if finding.curl:
        yield from _fenced("sh", [printable(line) for line in filter(None, [operation.start, *finding.curl])])
    if finding.proposal is not None and finding.proposal.diff:
        yield "Proposed change of the spec:"
        yield ""
        yield from _fenced("diff", [printable(line) for line in cut(finding.proposal.diff, LONG_DIFF).splitlines()])
    yield "</details>"
    yield ""


def _told(operation: Operation, finding: Finding) -> list[str]:
    rows = [
        ("says", finding.says),
        ("where", place(operation, finding)),
        *(("rests on", told) for told in filter(None, [rests_on(operation, finding)])),
        ("expected", finding.expected),
        ("actual", seen(finding)),
        ("client", breaks(finding)),
        *(("known", finding.reason) for _ in [0] if finding.known),
        ("id", finding.id),
    ]
    return [f"{label:<9} {cut(printable(value), LONG)}" for label, value in rows]


def _fenced(language: str, lines: list[str]) -> Iterator[str]:
    """A block of code whose fence no line can close."""
    fence = "`" * max(3, 1 + _longest_run(lines))
    yield f"{fence}{language}"
    yield from lines
    yield fence
    yield ""


def _longest_run(lines: list[str]) -> int:
    return max((len(run) for line in lines for run in re.findall("`+", line)), default=0)


def _code(text: str, *, cell: bool = False) -> str:
    """The text as code within a line, where no mark-up, mention or link works; `cell`: within a table."""
    shown = cut(printable(text), LONG)
    ticks = "`" * (1 + _longest_run([shown]))
    spaced = f" {shown} " if shown[:1] in {"`", ""} or shown[-1:] == "`" else shown
    code = f"{ticks}{spaced}{ticks}"
    return code.replace("|", "\\|") if cell else code


def _html(text: str) -> str:
    return escape(cut(printable(text), LONG))
