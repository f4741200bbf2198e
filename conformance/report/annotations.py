"""The findings as workflow commands, which GitHub shows beside the lines of the spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.record.types import Finding, Operation, Record
from conformance.report.printable import cut, printable
from conformance.report.words import breaks, seen, worst_first

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
LONGEST = 1_000


def workflow_commands(record: Record) -> Iterator[str]:
    """One command for each finding, the gravest first, because GitHub shows ten of each level; known drift is a notice.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions says how values are escaped.
    """
    pairs = {id(finding): operation for operation in record.operations for finding in operation.findings}
    for finding in worst_first([one for operation in record.operations for one in operation.findings]):
        yield _command(pairs[id(finding)], finding)
    for operation in record.operations:
        for outcome in operation.outcomes:
            if outcome.outcome == "errored":
                yield _line("error", {"title": f"{operation.stem} could not tell"}, outcome.reason)
                break
    for fault in record.ledger:
        yield _line("error", {"title": "ledger of known drift"}, fault)


def _command(operation: Operation, finding: Finding) -> str:
    known = " (known)" if finding.known else ""
    place = {
        "file": operation.spec,
        "line": str(finding.line),
        "title": f"{operation.stem} {finding.check}{known} {finding.id}",
    }
    lines = (
        finding.says,
        f"expected {finding.expected}",
        f"actual {seen(finding)}",
        breaks(finding),
        *finding.curl,
    )
    message = "\n".join(cut(printable(line), LONGEST) for line in lines)
    return _line("notice" if finding.known else COMMANDS[finding.level], place, message)


def _line(command: str, properties: Mapping[str, str], message: str) -> str:
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
