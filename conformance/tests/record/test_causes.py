"""One cause, one finding: what one lie makes drift stands under the finding that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from conformance.mock.faults import FAULTS
from conformance.tests.runs import CONTRACTS, applicable, one_of, ran

if TYPE_CHECKING:
    from conformance.finding import Finding

STEM = "vercel_sessions"
SPOILT_PAGES = (("drop-last-item", "pages-complete"), ("repeat-last-item", "pages-disjoint"))
"""Lies of paging, and the check whose finding explains others."""


def found(stem: str, *faults: str, generated: bool = False) -> list[Finding]:
    """What runs against these lies find, without the note that an operation is superseded."""
    every = [one for fault in faults for one, _ in ran(CONTRACTS[stem], fault, generated=generated).findings]
    return [one for one in {one.id(stem): one for one in every}.values() if one.check != "lifecycle-current"]


def groups(stem: str, findings: Sequence[Finding]) -> dict[str, list[str]]:
    """The check that explains each group, and those that it explains."""
    from conformance.record.causes import causes  # noqa: PLC0415 - nothing is loaded when tests are collected

    checks = {one.id(stem): one.check for one in findings}
    made: dict[str, list[str]] = {}
    for one, cause in causes(CONTRACTS[stem], findings).items():
        made.setdefault(checks[cause], []).extend([] if one == cause else [checks[one]])
    return made


def test_a_filter_that_is_ignored_is_one_cause() -> None:
    """All seven findings stand under the one that says so, and their ids are what they were."""
    findings = found(STEM, "equals-ignored", generated=True)

    assert {head: sorted(others) for head, others in groups(STEM, findings).items()} == {
        "filter-sound": [
            "bad-input-refused",
            "bad-input-refused",
            "cursor-keeps-filters",
            "filter-conjunction",
            "filter-shrinks",
            "generated-bad-input-refused",
        ]
    }
    assert [one.id(STEM) for one in findings if one.check == "filter-sound"] == ["43bea0dc9445"]


@pytest.mark.parametrize(
    ("fault", "head"),
    [
        ("required-field-renamed", "body-matches-schema"),
        ("enum-grew-once", "body-matches-schema"),
        ("item-null", "body-matches-schema"),
        ("html-for-json", "content-type-documented"),
        ("moved-for-ever", "operation-exists"),
        ("fails-now-and-then", "status-documented"),
        ("cursor-ignored", "pages-disjoint"),
        ("drop-last-item", "pages-complete"),
        ("drop-boundary-item", "pages-complete"),
        ("limit-ignored", "limit-respected"),
        ("order-unstable", "stable-answer"),
        ("item-doubled", "identity-unique"),
        ("microseconds-for-milliseconds", "units-plausible"),
        ("last-equals-ignored", "filter-sound"),
    ],
)
def test_what_one_lie_breaks_stands_under_what_explains_it(fault: str, head: str) -> None:
    """A field, a parameter, an answer: whatever follows from it is one cause with it."""
    assert list(groups(STEM, found(STEM, fault))) == [head]


@pytest.mark.parametrize(
    ("faults", "heads"),
    [
        (("equals-ignored", "last-equals-ignored"), ["filter-sound", "filter-sound"]),
        (("drop-last-item", "order-parameter-ignored"), ["order-reverses", "pages-complete"]),
        (("equals-ignored", "order-parameter-ignored"), ["filter-sound", "order-reverses"]),
        (("text-became-number", "number-became-text"), ["body-matches-schema", "body-matches-schema"]),
        (("equals-ignored", "field-added"), ["fields-documented", "filter-sound"]),
        (("limit-ignored", "no-credentials-needed"), ["credentials-required", "limit-respected"]),
        (("count-is-zero", "number-became-text"), ["body-matches-schema", "count-is-page"]),
    ],
)
def test_two_lies_are_two_causes(faults: tuple[str, ...], heads: list[str]) -> None:
    """What is about another parameter, field or answer is never folded away."""
    from conformance.record.causes import causes  # noqa: PLC0415 - nothing is loaded when tests are collected

    findings = found(STEM, *faults)
    checks = {one.id(STEM): one.check for one in findings}

    assert sorted(checks[one] for one in set(causes(CONTRACTS[STEM], findings).values())) == heads


def test_what_pages_lose_leaves_the_rest_in_order() -> None:
    """A wrong order on a following page is a cause of its own; an item that stands on two pages does explain it."""
    from attrs import evolve  # noqa: PLC0415 - nothing is loaded when tests are collected

    paging = CONTRACTS[STEM].paging
    assert paging is not None
    run = ran(CONTRACTS[STEM], "order-parameter-ignored")
    later = next(one for one in run.exchanges if paging.parameter in dict(one.query))
    turned = [evolve(one, witness=(later,)) for one, _ in run.findings if one.check == "order-reverses"][:1]
    lost, twice = ([one for one in found(STEM, fault) if one.check == check] for fault, check in SPOILT_PAGES)

    assert sorted(groups(STEM, [*lost, *turned])) == ["order-reverses", "pages-complete"]
    assert groups(STEM, [*twice, *turned]) == {"pages-disjoint": ["order-reverses"]}


def test_short_pages_explain_what_filters_lose() -> None:
    """Where no walk shows the loss, pages that are not full do; a warning of them explains no error."""
    from attrs import evolve  # noqa: PLC0415 - nothing is loaded when tests are collected

    from conformance.finding import Level  # noqa: PLC0415 - as above

    every = found(STEM, "drop-last-item")
    lost = [one for one in every if one.check.startswith(("filter-", "whole-"))]
    walked = next(one for one in every if one.check == "pages-complete")
    limit = CONTRACTS[STEM].limit
    assert limit is not None
    short = evolve(walked, check="page-full", pointer=limit.pointer)

    assert [*groups(STEM, [*lost, short])] == ["page-full"]
    assert groups(STEM, [*lost, evolve(short, level=Level.NOTE)])["page-full"] == []


def ensure_told(stem: str, fault: str) -> None:
    """No two findings have the same headline, each tells what was seen, and whoever explains explains itself."""
    from conformance.record.causes import causes  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.record.headline import headlines  # noqa: PLC0415 - as above

    findings = found(stem, fault)
    told, explained = headlines(CONTRACTS[stem], findings), causes(CONTRACTS[stem], findings)

    assert len(set(told.values())) == len(told) == len(findings)
    assert all(len(text) > len(one) for one, text in told.items())
    assert all(explained[cause] == cause for cause in explained.values())


@pytest.mark.parametrize("fault", ["equals-ignored", "refused-with-200", "one-item-for-all", "filters-joined-by-or"])
def test_headlines_stand_alone(fault: str) -> None:
    """So they do where one lie has many findings."""
    ensure_told(applicable(fault)[0], fault)


@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", FAULTS)
def test_every_headline_stands_alone(fault: str) -> None:
    """So they do for every lie on every operation."""
    for stem in applicable(fault):
        ensure_told(stem, fault)


def test_an_edge_is_told_in_words() -> None:
    """What a page repeats of another item is no parameter, so its place is not the subject of the sentence."""
    from conformance.record.headline import headlines  # noqa: PLC0415 - nothing is loaded when tests are collected

    fault = "edge-of-the-other-end"
    (stem,) = one_of(applicable(fault), fault)
    edges = [one for one in found(stem, fault) if one.check == "edge-is-item"]

    assert edges
    assert all(one.startswith("a page repeats another item: ") for one in headlines(CONTRACTS[stem], edges).values())


def test_what_was_seen_once_has_its_headline() -> None:
    """Of it the headline does not count the items among which others were."""
    from conformance.record.headline import headlines  # noqa: PLC0415 - nothing is loaded when tests are collected

    seen = next(one for one in found(STEM, "equals-ignored") if one.check == "filter-sound").once()

    (told,) = headlines(CONTRACTS[STEM], [seen]).values()
    assert told.startswith("`name` is not applied: ")
    assert told.endswith("; not when it was asked once more")


def test_every_check_has_its_headline() -> None:
    """Its own, or that of its family; no two checks of one family say the same, but of what changed."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.checks.family import CHANGED  # noqa: PLC0415 - as above

    assert not [one.id for one in checks.EVERY if "{actual}" not in one.headline]
    assert {str(one.family) for one in checks.EVERY if one.headline == CHANGED} == {"learned", "published"}


def test_an_order_that_was_chosen_is_told_by_what_chose_it() -> None:
    """Where no parameter turns the order, the one that was asked to sort is the subject of the sentence."""
    from conformance.record.headline import headlines  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.tests.checks.test_other_contracts import HERE, OTHERS  # noqa: PLC0415 - as above

    contract = OTHERS["quarry_blocks"]
    run = ran(contract, "order-choice-ignored", fixtures=HERE / "fixtures")
    sorting = [one for one, _ in run.findings if one.check == "order-chosen"]

    assert sorting
    assert all(text.startswith("`orderBy` does not sort by") for text in headlines(contract, sorting).values())
