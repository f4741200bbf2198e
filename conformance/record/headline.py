"""A finding as one line that stands alone: what is wrong, of what, and how it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from conformance.checks import named
from conformance.finding import Finding
from conformance.finding_text import tell
from conformance.record.subject import parameters_of, place_of
from conformance.sentence import Sentence
from conformance.spec.contract import Contract

MISSING = "{about} is missing: {actual}"
"""The headline of a member that is not there, whatever check finds that."""


def headlines(contract: Contract, findings: Sequence[Finding]) -> Mapping[str, str]:
    """A headline for each finding of an operation, by id; no two are the same."""
    told = {finding.id(contract.stem): _headline(contract, finding) for finding in findings}
    times = Counter(told.values())
    by_id = {finding.id(contract.stem): finding for finding in findings}
    return {
        one: text
        if times[text] == 1
        else f"{text} ({by_id[one].check}, {by_id[one].place or by_id[one].pointer}, {one})"
        for one, text in told.items()
    }


def _headline(contract: Contract, finding: Finding) -> str:
    template = finding.headline or (MISSING if _is_missing(finding) else named(finding.check).headline)
    return template.format(
        about=_about(contract, finding),
        actual=tell(_actual(finding)),
        expected=tell(finding.expected),
        place=finding.place,
    )


def _is_missing(finding: Finding) -> bool:
    return finding.keyword == "required" and bool(finding.member)


def _actual(finding: Finding) -> Sentence:
    """What was observed; of some among many, how many there were."""
    if not finding.among:
        return finding.actual
    values = {**finding.actual.values, "among": finding.among}
    return Sentence("{count} of {among} items are others, such as {value}", values)


def _about(contract: Contract, finding: Finding) -> str:
    place = place_of(contract, finding)
    if place:
        return "the body" if place == "/" else f"`{place}`"
    names = parameters_of(contract, finding) or _sorting(contract, finding)
    return " and ".join(f"`{name}`" for name in names) or f"`{finding.pointer.tokens[-1]}`"


def _sorting(contract: Contract, finding: Finding) -> list[str]:
    """What chose the order, where a request that shows a finding of it did."""
    order = contract.order
    asked = {name for exchange in finding.witness for name, _ in exchange.query}
    if order is None or finding.pointer != order.pointer:
        return []
    return [name for name in (order.chosen_by, order.descending_by) if name and name in asked]
