"""A finding as one line that stands alone: what is wrong, of what, and how it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from conformance.finding import Finding
from conformance.finding_text import tell
from conformance.record.subject import parameters_of, place_of
from conformance.sentence import Sentence
from conformance.spec.contract import Contract

_INSTEAD = "{actual} instead of {expected}"
TEMPLATES: Mapping[str, str] = {
    "operation-exists": "the operation does not answer: {actual}",
    "lifecycle-current": "the operation is not current: {actual}",
    "credentials-accepted": "the documented credential is not accepted: {actual}",
    "credentials-required": _INSTEAD,
    "bad-input-refused": _INSTEAD,
    "pages-disjoint": "pages overlap: {actual}",
    "pages-complete": "pages lose items: {actual}, of {expected}",
    "cursor-accepted": "what leads to the next page is refused: {actual} instead of {expected}",
    "walk-ends": "a walk does not end: {actual}",
    "last-page-ends": "the last page does not show its end: {actual} instead of {expected}",
    "edge-is-item": "{about} is not the item that it repeats: {actual} instead of {expected}",
    "page-full": "a page is not full: {actual} instead of {expected}",
    "cursor-opaque": "a broken cursor is read: {actual} instead of {expected}",
    "limit-respected": "{about} is not kept: {actual} instead of {expected}",
    "limit-default": "without {about} the page is another: {actual} instead of {expected}",
    "limit-bounds": _INSTEAD,
    "limit-zero-bounded": "{about} of 0 lists more than none: {actual}; expected {expected}",
    "limit-prefix": "a shorter page is no beginning of a longer one: {actual}; expected {expected}",
    "order-holds": "not sorted by {expected}: {actual}",
    "order-reverses": "{about} does not sort by {expected}: {actual}",
    "order-chosen": "{about} does not sort by {expected}: {actual}",
    "order-default": "without {about} the order is another: {actual} instead of {expected}",
    "filter-sound": "{about} is not applied: {actual} instead of {expected}",
    "filter-complete": "{about} loses items: of {expected}, {actual}",
    "filter-bounds": "{about} has another bound: {actual}; expected {expected}",
    "filter-shrinks": "{about} lists what it does not ask for: {actual} instead of {expected}",
    "whole-holds-filtered": "the whole listing hides items: {actual}; expected {expected}",
    "hidden-added": "{about} leaves out what is listed by default: {actual}; expected {expected}",
    "filter-precedes-cut": "{about} loses items in small pages: of {expected}, {actual}",
    "no-match-is-a-page": "what nothing matches is no page: {actual} instead of {expected}",
    "bound-reads-offset": "{about} does not read the offset of a time: {actual}; expected {expected}",
    "alone-without-effect": "{about} has an effect alone: {actual}; expected {expected}",
    "filter-default": "{about} hides nothing by default: {actual}; expected {expected}",
    "cursor-keeps-filters": "a cursor forgets {about}: {actual} instead of {expected}",
    "filter-conjunction": "{about} and `{place}` do not filter together: {actual} instead of {expected}",
    "filter-values-partition": "the values of {about} overlap or leave gaps: {actual}",
    "defaults-neutral": "the default of {about} is not what none means: {actual}; expected {expected}",
    "count-is-page": "a page is counted wrong: {actual} instead of {expected}",
    "total-is-collection": "the collection is counted wrong: {actual} instead of {expected}",
    "total-constant": "the total changes from page to page: {actual} instead of {expected}",
    "total-is-matching": "what matches is counted wrong: {actual} instead of {expected}",
    "identity-unique": "an identity stands twice on a page: {actual}",
    "identity-stable": "an item is another in another listing: {actual}; expected {expected}",
    "stable-answer": "the same request is answered otherwise: {actual} instead of {expected}",
    "units-plausible": "{about} is in another unit: {actual}",
    "invariants-hold": "items contradict themselves: {actual}; expected {expected}",
    "good-input-accepted": "documented input is refused: {actual} instead of {expected}",
    "generated-bad-input-refused": "invalid input is accepted: {actual} instead of {expected}",
    "status-documented": "a status that is not documented: {actual}",
    "no-server-error": "the server fails: {actual}",
    "content-type-documented": "the content type is {actual} instead of {expected}",
    "headers-documented": "a header is not as documented: {actual} instead of {expected}",
    "json-strict": "the body is no strict JSON: {actual}",
    "body-matches-schema": "{about} is not as documented: {actual}; expected {expected}",
    "error-body-documented": "the body of a refusal is not as documented: {actual}; expected {expected}",
    "fields-documented": "{about} is not documented: {actual}",
    "client-decodes": "the generated client cannot read {about}: {actual}",
}
"""Of each check; `about` is the parameter or the field. What differs from an earlier run or a document has one more."""
_OTHERWISE = "{about} changed: {actual}; expected {expected}"


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
    template = TEMPLATES.get(finding.check, _OTHERWISE)
    if finding.check == "filter-sound" and finding.place == "refused":
        template = "{about} is refused: {actual} instead of {expected}"
    if finding.keyword == "required" and finding.member:
        template = "{about} is missing: {actual}"
    actual = finding.actual
    if finding.among:
        leaks = 2 * len(finding.unexpected) < finding.among
        template = "{about} lets others through: {actual}" if leaks else "{about} is not applied: {actual}"
        actual = Sentence(
            "{count} of {among} items are others, such as {value}", {**actual.values, "among": finding.among}
        )
    return template.format(
        about=_about(contract, finding), actual=tell(actual), expected=tell(finding.expected), place=finding.place
    )


def _about(contract: Contract, finding: Finding) -> str:
    place = place_of(contract, finding)
    if place:
        return "the body" if place == "/" else f"`{place}`"
    names = parameters_of(contract, finding)
    return " and ".join(f"`{name}`" for name in names) or f"`{finding.pointer.tokens[-1]}`"
