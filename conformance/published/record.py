"""The record of a comparison: `report.json` as a run has it, and what each difference does to a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.published.difference import Difference, Drift
from conformance.record.assess import worst
from conformance.record.client_verdict import UNKNOWN
from conformance.record.from_results import record
from conformance.record.known import Ledger
from conformance.result import Result, now

CLIENT = {"ends": UNKNOWN, "detail": "two documents were compared, and no answer was read"}


def compared(result: Result, differences: Mapping[str, Difference], *, target: str, ledger: Ledger) -> dict[str, Any]:
    """The record; nothing in a comparison is random, so its seed is 0."""
    made = record([result], seed=0, target=target, started=now(), ledger=ledger)
    for finding in (finding for operation in made["operations"] for finding in operation["findings"]):
        difference = differences[finding["id"]]
        broken = difference.drift is Drift.BREAKING
        finding |= {"drift": str(difference.drift), "breaks_client": broken, "client": dict(CLIENT)}
    for operation in made["operations"]:
        operation["drift"] = worst(operation["findings"])
    return made
