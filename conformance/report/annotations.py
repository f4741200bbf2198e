"""The findings as workflow commands, which GitHub shows beside the lines of the spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conformance.record.types import Record
from conformance.report.causes import Cause, causes
from conformance.report.printable import cut, printable
from conformance.report.words import breaks, headline, seen

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
LONGEST = 1_000


def workflow_commands(record: Record, *, is_there: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    """One command for each cause, the gravest first, because GitHub shows ten of each level; known drift is a notice.

    A finding is shown at a line of its spec where the repository that is checked out has that file: `is_there` says so.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions says how values are escaped.
    """
    for cause in causes(record):
        yield _command(cause, is_there)
    for operation in record.operations:
        for outcome in operation.outcomes:
            if outcome.outcome == "errored":
                yield _line("error", {"title": f"{operation.stem} could not tell"}, outcome.reason)
                break
    for fault in record.ledger:
        yield _line("error", {"title": "ledger of known drift"}, fault)


def _command(cause: Cause, is_there: Callable[[str], bool]) -> str:
    operation, finding = cause.operation, cause.head
    known = " (known)" if cause.known else ""
    where = {"file": operation.spec, "line": str(finding.line)} if is_there(operation.spec) else {}
    place = {
        **where,
        "title": f"{operation.stem} {finding.check}{known} {finding.id}",
    }
    lines = (
        headline(finding),
        finding.says,
        f"expected {finding.expected}",
        f"actual {seen(finding)}",
        breaks(finding),
        *finding.curl,
        *(f"explains {one.check} {one.id}: {headline(one)}" for one in cause.others),
    )
    message = "\n".join(cut(printable(line), LONGEST) for line in lines)
    return _line("notice" if cause.known else COMMANDS[cause.level], place, message)


def _line(command: str, properties: Mapping[str, str], message: str) -> str:
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
