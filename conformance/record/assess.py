"""What the record adds to each finding: how the client ends, the drift in one word, the change that would accept it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.privacy.disclosure import Disclosure
from conformance.propose import proposal
from conformance.propose.edits.draft import Drafts
from conformance.propose.seen import Seen
from conformance.record.client_verdict import BREAKS, UNKNOWN, WORDS, Verdict, verdict, word
from conformance.result import Result
from conformance.spec.contract import Contract

COMPARED = {"ends": UNKNOWN, "detail": "two documents were compared, and no answer was read"}


def judge(result: Result, shown: Sequence[dict[str, Any]], disclosure: Disclosure, *, day: str) -> Drafts:
    """Add `client`, `breaks_client`, `drift` and `proposal` to the findings of one operation, in place."""
    contract = result.contract
    found = [finding for finding, _ in result.findings]
    seen = Seen(contract, result.exchanges, day=day, findings=found)
    drafts = Drafts(contract.stem, contract.text)
    for (finding, _), one in zip(result.findings, shown, strict=True):
        one.update(_client(result, finding, disclosure))
        made = _proposed(finding, seen, drafts, one)
        one["proposal"] = made | {"why": disclosure.text(made["why"])}
    return drafts


def _client(result: Result, finding: Finding, disclosure: Disclosure) -> dict[str, Any]:
    if result.drifts is not None:
        drift = result.drifts[finding.id(result.contract.stem)]
        return {"client": dict(COMPARED), "breaks_client": drift == BREAKS, "drift": drift}
    ended = _ended(result.contract, finding, result.exchanges)
    client = {"ends": ended.ends, "detail": disclosure.text(ended.detail)}
    return {"client": client, "breaks_client": ended.breaks, "drift": word(finding, ended)}


def _ended(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> Verdict:
    try:
        return verdict(contract, finding, exchanges)
    except Exception as error:  # noqa: BLE001 - what a server sends must not cost its finding
        return Verdict(UNKNOWN, f"it could not be told: {type(error).__name__}")


def _proposed(finding: Finding, seen: Seen, drafts: Drafts, shown: dict[str, Any]) -> dict[str, Any]:
    try:
        return proposal(finding, seen, drafts, shown)
    except Exception as error:  # noqa: BLE001 - what a server sends must not cost its finding
        why = f"No change could be worked out: {type(error).__name__}."
        return {"diff": "", "why": why, "bug_report": "", "edits": []}


def worst(shown: Sequence[dict[str, Any]]) -> str:
    """The most urgent word of the findings that are not known; empty where nothing drifted."""
    words = {one["drift"] for one in shown if not one["known"] and one["check"] != "lifecycle-current"}
    return next((each for each in WORDS if each in words), "")
