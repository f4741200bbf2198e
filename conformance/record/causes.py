"""Which finding explains which: what has one cause is one thing to act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conformance.checks import named
from conformance.finding import LEVELS, Finding
from conformance.pointer import Pointer
from conformance.record.subject import (
    ANSWER,
    BODY,
    FIELD,
    ITEMS,
    PARAMETER,
    RANKS,
    TOGETHER,
    Subject,
    fields_of,
    parameters_of,
    place_of,
    status_of,
    subject,
)
from conformance.spec.contract import Contract

_FIRST = (
    "operation-exists",
    "status-documented",
    "content-type-documented",
    "json-strict",
    "body-matches-schema",
    "stable-answer",
    "identity-unique",
    "pages-disjoint",
    "pages-complete",
    "walk-ends",
    "limit-respected",
    "order-holds",
    "filter-sound",
    "filter-complete",
    "filter-shrinks",
)
"""Of findings about one thing these explain the others, the first of them first; then those that come first."""
_MOVED = frozenset({"filter-sound", "walk-ends", "identity-unique"})
"""Checks of comparisons that an answer which is another each time does not explain."""
_LISTED_TWICE = frozenset(
    {
        "filter-complete",
        "filter-conjunction",
        "filter-precedes-cut",
        "filter-values-partition",
        "hidden-added",
        "identity-stable",
        "pages-complete",
        "whole-holds-filtered",
    }
)
"""Checks that an identity which stands twice on a page makes drift as well."""
_LOSE = _LISTED_TWICE - {"identity-stable", "pages-complete"} | {
    "filter-bounds",
    "total-is-collection",
    "total-is-matching",
}
"""Checks of what is listed page by page, which pages that lose items make drift as well."""
_SHORT = ("pages-complete", "page-full")
"""Checks that find pages which lose items, the surer one first."""
_PAGES = {
    "count-": frozenset({"pages-disjoint", "pages-complete", "walk-ends"}),
    "order-": frozenset({"pages-disjoint", "walk-ends"}),
}
"""Checks of pages that explain what others find there, by how those begin: the rest of a sorted list is sorted."""


def causes(contract: Contract, findings: Sequence[Finding]) -> Mapping[str, str]:
    """The id of the finding that explains each finding, by id; its own where it explains itself."""
    subjects = [subject(contract, finding) for finding in findings]
    paging = {one.parameter for one in (contract.paging, contract.limit) if one is not None}
    order = sorted(
        range(len(findings)),
        key=lambda one: (RANKS.index(subjects[one][0]), subjects[one][1] not in paging, _order(findings[one])),
    )
    settled: dict[int, Subject] = {}
    for index in order:
        settled[index] = _settled(contract, findings, subjects, settled, index)
    groups: dict[Subject, list[int]] = {}
    for index, one in settled.items():
        groups.setdefault(one, []).append(index)
    ids = [finding.id(contract.stem) for finding in findings]
    return {ids[index]: ids[_head(findings, subjects, one, group)] for one, group in groups.items() for index in group}


def _settled(
    contract: Contract,
    findings: Sequence[Finding],
    subjects: Sequence[Subject],
    settled: Mapping[int, Subject],
    index: int,
) -> Subject:
    """The subject that explains a finding: what it depends on and is wrong itself, or its own."""
    known: dict[Subject, Subject] = {}
    for other, of in settled.items():
        known.setdefault(subjects[other], of)
        known.setdefault((FIELD, place_of(contract, findings[other]) or str(other)), of)
    wanted = _depends(contract, findings, findings[index])
    return next((known[one] for one in wanted if one in known), known.get(subjects[index], subjects[index]))


def _depends(contract: Contract, findings: Sequence[Finding], finding: Finding) -> Iterator[Subject]:
    """What would explain a finding, were it wrong; what explains most comes first."""
    yield ANSWER, str(status_of(finding))
    yield from _bodies(finding)
    yield from _fields(contract, findings, finding)
    if named(finding.check).family.compares and finding.check not in _MOVED:
        yield ITEMS, "stable-answer"
    if finding.check in _LISTED_TWICE:
        yield ITEMS, "identity-unique"
    if finding.check in _LOSE:
        yield from (subject(contract, one) for one in _losses(findings) if not _graver(finding, one))
    if finding.check == "limit-prefix" and contract.order is not None:
        yield from ((PARAMETER, contract.order.parameter), (TOGETHER, str(contract.order.pointer)))
    yield from ((PARAMETER, name) for name in _asked(contract, findings, finding))


def _losses(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of pages that lose items, the surest first."""
    return [one for check in _SHORT for one in findings if one.check == check]


def _graver(finding: Finding, other: Finding) -> bool:
    return LEVELS.index(finding.level) > LEVELS.index(other.level)


def _bodies(finding: Finding) -> Iterator[Subject]:
    """The whole answer, where it cannot be read at all."""
    if finding.check == "json-strict" and "json" not in finding.witness[-1].media_type:
        yield BODY, "content-type-documented"
    if finding.check == "client-decodes" and not finding.where:
        yield from ((BODY, one) for one in ("content-type-documented", "json-strict"))


def _fields(contract: Contract, findings: Sequence[Finding], finding: Finding) -> Iterator[Subject]:
    """The fields that it mentions, those around them that are no longer what holds them, and a field renamed."""
    own, gone = place_of(contract, finding), _gone(contract, findings)
    is_time = finding.check == "units-plausible"  # a time that is not described either is no matter of units
    items = [f"{contract.items.place}/*"] if named(finding.check).family.compares else []
    places = [one for one in fields_of(contract, finding) if one != own or is_time]
    places += (one for one in items if one in gone)
    around = [outer for place in [*filter(None, [own]), *places, *items] for outer in _around(place) if outer in gone]
    yield from ((FIELD, place) for place in dict.fromkeys([*places, *around]))
    if finding.check in {"fields-documented", "client-decodes"} and finding.where:
        yield from ((FIELD, place) for place in _lacking(contract, findings, finding))


def _gone(contract: Contract, findings: Sequence[Finding]) -> set[str]:
    """The places at which nothing is, or something of another type: nothing within is as described either."""
    return {place_of(contract, one) for one in findings if one.keyword in {"type", "required"}}


def _around(place: str) -> Iterator[str]:
    outer = Pointer("" if place == "/" else place)
    while outer:
        outer = outer.parent
        yield str(outer) or "/"


def _lacking(contract: Contract, findings: Sequence[Finding], finding: Finding) -> Iterator[str]:
    """The missing members beside a field: it may be one of them under another name."""
    where = Pointer(finding.where)
    beside = [one for one in findings if one.member and one.where == str(where.parent)]
    around = contract.page.nearest(where.parent.replace("*", "0")).branches
    told = _squeezed(where.tokens[-1])
    alike = any(_squeezed(name) in told for schema in around for name in schema.members)
    own = [one for one in beside if _squeezed(one.member) in told]
    if alike or not where.parent or finding.check == "client-decodes":
        yield from (place_of(contract, one) for one in own or beside)


def _squeezed(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _asked(contract: Contract, findings: Sequence[Finding], finding: Finding) -> Iterator[str]:
    """The parameters whose own drift would show in the finding as well."""
    yield from parameters_of(contract, finding)
    queries = {name for exchange in finding.witness for name, _ in exchange.query}
    if finding.check == "filter-conjunction":
        yield finding.place
    if finding.check == "count-is-page":
        yield from (one.parameter for one in contract.filters if one.parameter in queries)
    paging = contract.paging.parameter if contract.paging else ""
    explaining = next((checks for begins, checks in _PAGES.items() if finding.check.startswith(begins)), frozenset())
    if paging in queries and any(one.check in explaining for one in findings):
        yield paging


def _head(findings: Sequence[Finding], subjects: Sequence[Subject], of: Subject, group: Sequence[int]) -> int:
    """The finding of a group that explains the others: about the very thing, the gravest, the most telling."""
    own = [index for index in group if subjects[index] == of]
    return min(own, key=lambda index: (-LEVELS.index(findings[index].level), _order(findings[index]), index))


def _order(finding: Finding) -> int:
    return _FIRST.index(finding.check) if finding.check in _FIRST else len(_FIRST)
