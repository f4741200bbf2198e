"""The record as JUnit XML: one test case for each operation and check, in the dialect that Ant's schema describes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from conformance.record.exit_code import counts, threshold
from conformance.record.types import Finding, Operation, Outcome, Record
from conformance.report.printable import printable
from conformance.report.words import breaks, headline, place, rests_on, seen

LEDGER = "known-drift-ledger"


def as_junit(record: Record) -> str:
    """The record as XML; what would not fail the run does not fail here, and is told in `system-out`."""
    root = ET.Element("testsuites")
    for index, operation in enumerate(record.operations):
        _suite(root, index, record, operation)
    if record.ledger:
        _ledger(root, record)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ET.Element, index: int, record: Record, operation: Operation) -> None:
    suite = _begin(root, operation.stem, index, record, seconds=operation.seconds)
    for name, value in (("operation", operation.operation), ("spec", operation.spec), ("requests", operation.requests)):
        _property(suite, name, value)
    told = [line for outcome in operation.outcomes for line in _case(suite, record, operation, outcome)]
    _end(suite, told)


def _begin(root: ET.Element, name: str, index: int, record: Record, *, seconds: float) -> ET.Element:
    attributes = {
        "name": printable(name),
        "package": "conformance",
        "id": str(index),
        "timestamp": _timestamp(record.started),
        "hostname": "localhost",
        "time": f"{seconds:.3f}",
    }
    suite = ET.SubElement(root, "testsuite", attributes)
    ET.SubElement(suite, "properties")
    for key, value in (("target", record.target), ("seed", record.seed)):
        _property(suite, key, value)
    return suite


def _timestamp(started: str) -> str:
    """The moment in UTC; the schema has no room for a zone."""
    moment = datetime.fromisoformat(started)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _property(suite: ET.Element, name: str, value: object) -> None:
    ET.SubElement(suite[0], "property", {"name": name, "value": printable(str(value))})


def _end(suite: ET.Element, told: list[str]) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for total, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(total, str(len(suite.findall(f"testcase/{element}"))))
    ET.SubElement(suite, "system-out").text = "\n".join(told)
    ET.SubElement(suite, "system-err")


def _case(suite: ET.Element, record: Record, operation: Operation, outcome: Outcome) -> Iterator[str]:
    """Add a test case; gives the lines of findings that do not fail it."""
    attributes = {"classname": printable(operation.stem), "name": printable(outcome.check), "time": "0"}
    case = ET.SubElement(suite, "testcase", attributes)
    own = [finding for finding in operation.findings if finding.check == outcome.check]
    failing = [finding for finding in own if counts(finding, threshold(record))]
    if failing:
        _failure(case, operation, failing)
    elif outcome.outcome == "known":
        reasons = "; ".join(dict.fromkeys(finding.reason for finding in own))
        ET.SubElement(case, "skipped", {"message": printable(f"known drift: {reasons}")})
    elif outcome.outcome == "skipped":
        ET.SubElement(case, "skipped", {"message": printable(outcome.reason)})
    elif outcome.outcome == "errored":
        ET.SubElement(case, "error", {"type": "could not tell", "message": printable(outcome.reason)})
    for finding in own:
        if finding not in failing:
            yield "\n".join(_told(operation, finding))


def _failure(case: ET.Element, operation: Operation, failing: list[Finding]) -> None:
    more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
    message = printable(f"{headline(failing[0])}{more}")
    failure = ET.SubElement(case, "failure", {"type": failing[0].level, "message": message})
    failure.text = "\n\n".join("\n".join(_told(operation, finding)) for finding in failing)


def _told(operation: Operation, finding: Finding) -> Iterator[str]:
    known = " known" if finding.known else ""
    yield printable(f"{finding.check} {finding.level}{known} {finding.id}")
    yield printable(f"  {headline(finding)}")
    explains = next((one for one in operation.findings if one.id == finding.cause != finding.id), None)
    rows = [
        *(("cause", f"{one.check} {one.id}: {headline(one)}") for one in [explains] if one),
        ("says", finding.says),
        ("where", place(operation, finding)),
        *(("rests on", told) for told in filter(None, [rests_on(operation, finding)])),
        ("expected", finding.expected),
        ("actual", seen(finding)),
        ("client", breaks(finding)),
        *(("start", operation.start) for _ in finding.curl[:1] if operation.start),
        *(("replay", curl) for curl in finding.curl),
    ]
    for label, value in rows:
        yield f"  {label:<9} {printable(value)}"


def _ledger(root: ET.Element, record: Record) -> None:
    suite = _begin(root, LEDGER, len(root), record, seconds=0.0)
    for number, fault in enumerate(record.ledger, 1):
        case = ET.SubElement(suite, "testcase", {"classname": LEDGER, "name": f"line-{number}", "time": "0"})
        ET.SubElement(case, "failure", {"type": "ledger", "message": printable(fault)})
    _end(suite, [])
