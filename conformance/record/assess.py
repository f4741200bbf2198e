"""What the record adds to each finding: how the client ends, the drift in one word, the change that would accept it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.privacy.disclosure import Disclosure
from conformance.record import types
from conformance.record.client_verdict import BREAKS, UNKNOWN, WORDS, Verdict, verdict, word
from conformance.result import Result
from conformance.spec.contract import Contract

if TYPE_CHECKING:
    from conformance.propose import Proposal
    from conformance.propose.edits.draft import Drafts
    from conformance.propose.seen import Seen

COMPARED = types.Client(ends=UNKNOWN, detail="two documents were compared, and no answer was read")


def judged(result: Result, shown: Sequence[types.Finding], disclosure: Disclosure, *, day: str) -> list[types.Finding]:
    """The findings of one operation with `client`, `breaks_client`, `drift` and `proposal`."""
    if not shown:
        return []
    from conformance.propose.edits.draft import Drafts  # noqa: PLC0415 - an editor of YAML, loaded where there is drift
    from conformance.propose.seen import Seen  # noqa: PLC0415 - as above

    contract = result.contract
    found = [finding for finding, _ in result.findings]
    seen = Seen(contract, result.exchanges, day=day, findings=found)
    drafts = Drafts(contract.stem, contract.text)
    read = [_with_client(result, *pair, disclosure) for pair in zip(found, shown, strict=True)]
    proposals = [_proposal(*pair, seen, drafts, disclosure) for pair in zip(found, read, strict=True)]
    return [structs.replace(one, proposal=made) for one, made in zip(read, proposals, strict=True)]


def _with_client(result: Result, finding: Finding, one: types.Finding, disclosure: Disclosure) -> types.Finding:
    if result.drifts is not None:
        drift = result.drifts[one.id]
        return structs.replace(one, client=COMPARED, breaks_client=drift == BREAKS, drift=drift)
    ended = _ended(result.contract, finding, result.exchanges)
    client = types.Client(ends=ended.ends, detail=disclosure.text(ended.detail))
    return structs.replace(one, client=client, breaks_client=ended.breaks, drift=word(finding, ended))


def _ended(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> Verdict:
    try:
        return verdict(contract, finding, exchanges)
    except Exception as error:  # noqa: BLE001 - what a server sends must not cost its finding
        return Verdict(UNKNOWN, f"it could not be told: {type(error).__name__}")


def _proposal(
    finding: Finding, one: types.Finding, seen: Seen, drafts: Drafts, disclosure: Disclosure
) -> types.Proposal:
    made = _proposed(finding, seen, drafts, one)
    edits = [edit.as_json() for edit in made.edits]
    return types.Proposal(diff=made.diff, why=disclosure.text(made.why), bug_report=made.bug_report, edits=edits)


def _proposed(finding: Finding, seen: Seen, drafts: Drafts, one: types.Finding) -> Proposal:
    from conformance.propose import Proposal, proposal  # noqa: PLC0415 - as above
    from conformance.propose.case import Told  # noqa: PLC0415 - as above

    told = Told(id=one.id, expected=one.expected, actual=one.actual, curl=tuple(one.curl))
    try:
        return proposal(finding, seen, drafts, told)
    except Exception as error:  # noqa: BLE001 - what a server sends must not cost its finding
        return Proposal(why=f"No change could be worked out: {type(error).__name__}.")


def worst(findings: Sequence[types.Finding]) -> str:
    """The most urgent word of the findings that are not known; empty where nothing drifted."""
    words = {one.drift for one in findings if not one.known and one.check != "lifecycle-current"}
    return next((each for each in WORDS if each in words), "")
