"""What a record says as an exit code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.finding import LEVELS, Level

HELD, DRIFT, USAGE, COULD_NOT_TELL = 0, 1, 2, 3
CHECKED = frozenset({"held", "drifted", "known"})


def exit_code(record: Mapping[str, Any], *, fail_on: Level) -> int:
    """0 all held, 1 drift or a ledger line that no longer holds, 3 could not tell; drift outweighs not knowing."""
    if record["ledger"] or any(counts(finding, fail_on) for finding in findings(record)):
        return DRIFT
    return COULD_NOT_TELL if unknown(record) else HELD


def sealed(record: Mapping[str, Any], *, fail_on: Level) -> dict[str, Any]:
    """The record with its verdict: `fail_on` and `exit`, so that no report reaches another one."""
    return {**record, "fail_on": str(fail_on), "exit": exit_code(record, fail_on=fail_on)}


def threshold(record: Mapping[str, Any]) -> Level:
    """The least level that counts as drift; an error where the record does not say."""
    return Level(record.get("fail_on", Level.ERROR))


def reached(record: Mapping[str, Any]) -> int:
    """The verdict that a record holds; of one without it, the verdict that `run` would give."""
    code: int = record["exit"] if "exit" in record else exit_code(record, fail_on=threshold(record))
    return code


def findings(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All findings of a record."""
    return [finding for operation in record["operations"] for finding in operation["findings"]]


def counts(finding: Mapping[str, Any], fail_on: Level) -> bool:
    """Whether a finding is new drift of the level that matters, or above."""
    return not finding["known"] and LEVELS.index(Level(finding["level"])) >= LEVELS.index(fail_on)


def unknown(record: Mapping[str, Any]) -> bool:
    """Whether there is an operation of which this run cannot tell whether it drifted."""
    return not record["operations"] or any(map(_unknown, record["operations"]))


def _unknown(operation: Mapping[str, Any]) -> bool:
    ended = {outcome["outcome"] for outcome in operation["outcomes"]}
    return "errored" in ended or not ended & CHECKED or bool(unchecked(operation))


def unchecked(operation: Mapping[str, Any]) -> list[str]:
    """The checks that were not made because the budget of requests ran out."""
    return list(operation.get("unchecked", ()))
