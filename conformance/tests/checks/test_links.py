"""The next page's address in an array of links: what a spec may say of it, and what runs and recordings show."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from conformance.errors import SpecError
from conformance.exchange import Exchange
from conformance.finding_text import tell
from conformance.jsontext import Json
from conformance.listing.next_page import following
from conformance.replay.recording.lines import line_of
from conformance.spec.load import read_contract
from conformance.tests.checks.test_other_contracts import HERE, OTHERS
from conformance.tests.replay.conftest import BEGAN, found, outcomes, replayed
from conformance.tests.runs import drifted, ran

STEM = "heath_paths"
PAGED = {"cursor-accepted", "cursor-keeps-filters", "last-page-ends", "pages-complete", "pages-disjoint", "walk-ends"}
LIES = {
    "endless-last-page": "walk-ends",
    "undocumented-end": "last-page-ends",
    "repeat-last-item": "pages-disjoint",
    "next-page-refused": "cursor-accepted",
}


def exchanges(fault: str | None = None) -> tuple[Exchange, ...]:
    """What was said in a run."""
    return ran(OTHERS[STEM], fault, fixtures=HERE / "fixtures").exchanges


def lines(fault: str | None = None) -> list[bytes]:
    """The recording of a run."""
    said = enumerate(exchanges(fault))
    return [line_of(one, now=BEGAN + timedelta(seconds=0.05 * number + one.seconds)) for number, one in said]


def test_what_walks_test_is_tested_of_links() -> None:
    """Nothing that a cursor promises is skipped, but what sends its own, and an honest server is not accused."""
    live = ran(OTHERS[STEM], fixtures=HERE / "fixtures")
    told = replayed(OTHERS[STEM], lines(), specs=str(HERE / "specs"))
    ended = outcomes(told)

    assert {one.check: one.outcome for one in live.outcomes if one.check in PAGED} == dict.fromkeys(PAGED, "held")
    assert found(told) == set()
    assert {name for name in PAGED if ended[name][0] != "held"} == {"pages-complete"}


@pytest.mark.parametrize("fault", LIES)
def test_a_lie_about_the_next_page_is_found(fault: str) -> None:
    """Live and in a recording, by the check whose promise it breaks."""
    assert LIES[fault] in drifted(ran(OTHERS[STEM], fault, fixtures=HERE / "fixtures"))
    assert LIES[fault] in found(replayed(OTHERS[STEM], lines(fault), specs=str(HERE / "specs")))


def test_an_end_is_told_with_the_relation() -> None:
    """A finding says which link the last page should not have."""
    result = ran(OTHERS[STEM], "undocumented-end", fixtures=HERE / "fixtures")
    told = [tell(one.expected) for one, _ in result.findings if one.check == "last-page-ends"]

    assert told == ["absent at rel=next in $response.body#/links"]


ARRAYS: dict[str, tuple[Json, tuple[Json, str]]] = {
    "among others": ([{"rel": "self", "href": "?cursor=1"}, {"rel": "next", "href": "?cursor=2"}], ("2", "")),
    "the first of two": ([{"rel": "next", "href": "?cursor=1"}, {"rel": "next", "href": "?cursor=2"}], ("1", "")),
    "none": ([{"rel": "self", "href": "?cursor=1"}], (None, "absent")),
    "no array": ({"next": "?cursor=1"}, (None, "absent")),
    "no objects": (["next", None, 3], (None, "absent")),
    "a link to nowhere": ([{"rel": "next"}], (None, "absent")),
    "null": ([{"rel": "next", "href": None}], (None, "null")),
    "another address": ([{"rel": "next", "href": "?page=1"}], (None, "a next page without cursor")),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_the_link_with_the_relation_is_read(name: str) -> None:
    """Whatever stands in the array, one address leads on or nothing does."""
    links, expected = ARRAYS[name]
    paging, exchange = OTHERS[STEM].paging, exchanges()[0]

    assert paging is not None
    assert following(paging, exchange, 1, read=lambda _: links) == expected


MISTAKES = {
    "no array": ("body#/links", "body#/matched", "no array of links at $response.body#/matched"),
    "nothing": ("body#/links", "body#/link", "no schema has $response.body#/link"),
    "no relation": ("rel: {type: string}", "kind: {type: string}", "no schema has /rel in a link"),
    "no address": ("rel: next", "rel: next\n          entries: {value: /url}", "no schema has /url in a link"),
    "members without a relation": ("rel: next", "entries: {key: /rel}", '"rel" is a required'),
    "another style": ("style: next-url", "style: link-header", "does not belong"),
    "an empty relation": ("rel: next", "rel: ''", "shorter than 1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    """What leads nowhere is an error with file, line and hint."""
    old, new, words = MISTAKES[name]
    text, path = (HERE / "specs" / f"{STEM}.yaml").read_text(), tmp_path / f"{STEM}.yaml"
    path.write_text(text.replace(old, new))

    assert text.count(old) == 1
    with pytest.raises(SpecError, match=r"heath_paths.yaml:\d+: ") as raised:
        read_contract(path)
    assert words in str(raised.value)
    assert raised.value.hint
