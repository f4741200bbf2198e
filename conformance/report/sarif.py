"""The record as SARIF 2.1.0 (OASIS): what code scanning shows beside the lines of the spec."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from conformance import __version__
from conformance.record.exit_code import reached, unknown
from conformance.record.levels import ORDER
from conformance.record.types import Finding, Operation, Record
from conformance.report.printable import printable
from conformance.report.words import breaks, drift, headline, seen, unjudged

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINTS = ("primaryLocationLineHash", "conformanceFinding/v1")
"""The first is the one by which GitHub tells an old alert from a new one."""


def as_sarif(record: Record) -> str:
    """The record as one SARIF run."""
    rules = _rules(record)
    order = {rule["id"]: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "conformance", "semanticVersion": __version__, "rules": rules}},
        "invocations": [_invocation(record)],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(operation, finding, order) for operation in record.operations for finding in operation.findings
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rules(record: Record) -> list[dict[str, Any]]:
    families: dict[str, str] = {}
    found: dict[str, list[Finding]] = {}
    for operation in record.operations:
        for outcome in operation.outcomes:
            families.setdefault(outcome.check, outcome.family or "")
        for finding in operation.findings:
            families.setdefault(finding.check, "")
            found.setdefault(finding.check, []).append(finding)
    return [_rule(check, family, found.get(check, [])) for check, family in families.items()]


def _rule(check: str, family: str, found: list[Finding]) -> dict[str, Any]:
    """One check; what the documentation says is known of those that drifted alone."""
    statement = check.replace("-", " ").capitalize()
    says = list(dict.fromkeys(printable(finding.says) for finding in found))
    level = max((finding.level for finding in found), key=ORDER.index, default="warning")
    promises = f" The documentation says: {'; '.join(says)}." if says else ""
    return {
        "id": check,
        "shortDescription": {"text": f"{statement}."},
        "fullDescription": {"text": f"{statement}.{promises}"},
        "help": {"text": f"{statement}.{promises} `conformance explain {check}` says what it tests."},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [family] if family else []},
    }


def _invocation(record: Record) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": not unknown(record),
        "exitCode": reached(record),
        "toolExecutionNotifications": list(_notifications(record)),
        "properties": {"target": printable(record.target), "seed": record.seed},
    }
    started = datetime.fromisoformat(record.started)
    if started.tzinfo:
        invocation["startTimeUtc"] = started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return invocation


def _notifications(record: Record) -> Iterator[dict[str, Any]]:
    for operation in record.operations:
        for reason, checks in unjudged(operation).items():
            text = f"{operation.stem}: could not tell ({', '.join(checks)}): {reason}"
            yield {"level": "error", "message": {"text": printable(text)}}
    for fault in record.ledger:
        yield {"level": "error", "message": {"text": printable(fault)}}


def _result(operation: Operation, finding: Finding, order: Mapping[str, int]) -> dict[str, Any]:
    return {
        "ruleId": finding.check,
        "ruleIndex": order[finding.check],
        "level": finding.level,
        "message": {"text": "\n".join(_message(operation, finding))},
        "locations": [_location(operation, finding)],
        "partialFingerprints": dict.fromkeys(FINGERPRINTS, finding.id),
        "occurrenceCount": finding.count,
        "suppressions": [_suppression(finding)] if finding.known else [],
        "properties": {
            "breaksClient": finding.breaks_client,
            "drift": drift(finding),
            "cause": finding.cause or finding.id,
        },
    }


def _message(operation: Operation, finding: Finding) -> Iterator[str]:
    yield printable(f"{operation.operation}: {headline(finding)}")
    for one in operation.findings:
        if one.id == finding.cause != finding.id:
            yield printable(f"Explained by {one.check} {one.id}: {headline(one)}")
    yield printable(f"Expected {finding.expected}; actual {seen(finding)}")
    yield printable(f"The documentation says: {finding.says}")
    yield printable(breaks(finding))
    for curl in filter(None, [operation.start, *finding.curl]):
        yield printable(curl)


def _location(operation: Operation, finding: Finding) -> dict[str, Any]:
    name = f"{operation.stem}#{finding.pointer}"
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(operation.spec),
            "region": {"startLine": finding.line},
        },
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}],
    }


def _artifact(spec: str) -> dict[str, str]:
    """The spec as a URI: relative to the root of the sources, unless its path is absolute."""
    path = PurePath(spec)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _suppression(finding: Finding) -> dict[str, str]:
    return {"kind": "external", "justification": printable(finding.reason)}
