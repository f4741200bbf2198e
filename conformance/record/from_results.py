"""The record made of results: from any producer, without a customer's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve
from msgspec import structs

from conformance.checks import named
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.finding_text import tell
from conformance.privacy.customer_values import Privacy
from conformance.privacy.disclosure import Disclosure
from conformance.record import types
from conformance.record.assess import judged, worst
from conformance.record.basis import basis_of
from conformance.record.causes import causes
from conformance.record.headline import headlines
from conformance.record.known import Ledger
from conformance.record.marks import marks_of
from conformance.record.unseen import unseen
from conformance.result import Outcome, Result
from conformance.spec.contract import Contract
from conformance.spec.document import digest

MOST_BODY = 20_000


Privacies = Mapping[str, Privacy | None]
"""By stem, what hides a customer's values; None where they are shown."""


def record(  # noqa: PLR0913 - what a run was, and what of it may be told
    results: Sequence[Result], *, seed: int, target: str, started: str, ledger: Ledger, privacies: Privacies
) -> types.Record:
    """The record of a run, without a customer's values."""
    # Before what is hidden is known: both take room, and what is read for the one is not there for the other.
    never = [unseen(result) if result.exchanges else None for result in results]
    told = [_told(result, privacies) for result in results]
    operations = [
        _operation(result, disclosure, ledger, one, day=started[:10])
        for (result, disclosure), one in zip(told, never, strict=True)
    ]
    return types.Record(
        format=1,
        seed=seed,
        target=target,
        started=started,
        seconds=round(sum(result.seconds for result in results), 3),
        operations=operations,
        ledger=_ledger_faults(ledger, [result for result, _ in told]),
    )


def _told(result: Result, privacies: Privacies) -> tuple[Result, Disclosure]:
    """The result with sentences that may be shown, and what tells the rest."""
    privacy = privacies[result.contract.stem]
    disclosure = Disclosure(privacy, result.exchanges or _witnesses(result))
    findings = tuple((disclosure.finding(finding), count) for finding, count in result.findings)
    outcomes = tuple(evolve(one, reason=disclosure.text(one.reason)) for one in result.outcomes)
    return evolve(result, findings=findings, outcomes=outcomes), disclosure


def _witnesses(result: Result) -> tuple[Exchange, ...]:
    return tuple(exchange for finding, _ in result.findings for exchange in finding.witness)


def _operation(
    result: Result, disclosure: Disclosure, ledger: Ledger, never: list[types.Unseen] | None, *, day: str
) -> types.Operation:
    contract = result.contract
    found = [finding for finding, _ in result.findings]
    explained, told = causes(contract, found), headlines(contract, found)
    shown = [
        structs.replace(one, headline=told[one.id], cause=explained[one.id])
        for one in (_finding(contract, *pair, ledger, disclosure) for pair in result.findings)
    ]
    findings = judged(result, shown, disclosure, day=day)
    return types.Operation(
        stem=contract.stem,
        operation=contract.operation,
        spec=contract.file,
        spec_sha256=digest(contract.text),
        drift=worst(findings),
        requests=result.requests,
        unchecked=list(result.unchecked),
        seconds=round(result.seconds, 3),
        outcomes=[_outcome(outcome, findings) for outcome in result.outcomes],
        findings=findings,
        unseen=never,
        profile=result.profile.as_json() if result.profile else None,
    )


def _outcome(outcome: Outcome, findings: Sequence[types.Finding]) -> types.Outcome:
    own = [finding for finding in findings if finding.check == outcome.check]
    known = outcome.outcome == "drifted" and own and all(finding.known for finding in own)
    return types.Outcome(
        check=outcome.check,
        family=str(named(outcome.check).family),
        outcome="known" if known else outcome.outcome,
        reason=outcome.reason,
    )


def _places(finding: Finding) -> tuple[str, ...]:
    return finding.pointer, finding.place, tell(finding.actual)


def _finding(contract: Contract, finding: Finding, count: int, ledger: Ledger, disclosure: Disclosure) -> types.Finding:
    """The finding before it is known what it means for the generated client and for the spec."""
    witness = [disclosure.exchange(exchange) for exchange in finding.witness]
    identity = finding.id(contract.stem)
    entries = [one for one in ledger.entries if one.matches(contract.stem, finding.check, identity, _places(finding))]
    entries = [one for one in entries if not one.is_over(ledger.day)]
    return types.Finding(
        id=identity,
        check=finding.check,
        level=finding.level,
        known=bool(entries),
        reason=entries[0].reason if entries else "",
        pointer=str(finding.pointer),
        place=str(finding.place),
        line=contract.line(finding.pointer),
        says=finding.says,
        rests_on=basis_of(contract, finding),
        expected=tell(finding.expected),
        actual=tell(finding.actual),
        difference=types.Difference(missing=list(finding.missing), unexpected=list(finding.unexpected)),
        aside=finding.aside,
        count=count,
        curl=[exchange.request.curl() for exchange in witness],
        witness=[_exchange(*pair) for pair in zip(witness, finding.witness, strict=True)],
        marks=marks_of(finding),
        breaks_client=False,
    )


def _exchange(exchange: Exchange, whole: Exchange) -> types.Exchange:
    request = exchange.request
    return types.Exchange(
        request=types.Request(method=request.method, url=request.url, headers=dict(request.headers)),
        response=types.Response(
            status=exchange.status,
            headers=dict(exchange.headers),
            body=exchange.body[:MOST_BODY].decode("utf-8", "replace"),
            bytes=len(whole.body),
        ),
    )


def _tells(result: Result, outcome: Outcome) -> bool:
    return outcome.outcome != "skipped" or bool(named(outcome.check).needs(result.contract))


def _ledger_faults(ledger: Ledger, results: Sequence[Result]) -> list[str]:
    """Lines of the ledger that this run contradicts: their operation and check ran, and nothing matched.

    A check that a contract gives nothing to test can match nothing; one that could not observe it can tell nothing.
    """
    faults = []
    for entry in ledger.entries:
        ran = [result for result in results if result.contract.stem == entry.operation]
        done = [o for result in ran for o in result.outcomes if o.check == entry.check and _tells(result, o)]
        found = any(
            entry.matches(result.contract.stem, finding.check, finding.id(result.contract.stem), _places(finding))
            for result in ran
            for finding, _ in result.findings
        )
        if entry.is_over(ledger.day) and ran:
            faults.append(
                f"{ledger.file}:{entry.line}: {entry} was known until {entry.until}: mend it, or give a later day"
            )
        elif done and not found and all(outcome.outcome != "errored" for outcome in done):
            faults.append(f"{ledger.file}:{entry.line}: {entry} no longer happens: delete this line")
    return faults
