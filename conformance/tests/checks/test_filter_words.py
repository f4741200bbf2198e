"""Filters that our operations do not document: a mistake in their words is told, and no lawful server is accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.errors import SpecError
from conformance.finding import Level
from conformance.mock.readings import READINGS
from conformance.privacy.visibility import item_shape
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.runs import Contracts, ran

HERE = Path(__file__).with_name("contracts")
OTHERS = Contracts(HERE / "specs")
STEM = "acme_jobs"
MISTAKES = {
    "no words for a parameter that is no flag": (
        "            words: {absent: '1', present: '0'}\n",
        "",
        "'note__isnull' does not take true, which asks for present fields",
    ),
    "a number for a text": ("absent: '1'", "absent: 1", "does not take 1, which asks for absent fields"),
    "one word for both": ("absent: '1', present: '0'", "absent: '1', present: '1'", "one value asks for present and"),
    "no word": ("words: {present: true}", "words: {}", "{} has less than 1 property"),
    "another word": ("words: {present: true}", "words: {there: true}", "unknown key 'there'"),
    "a case of what is no text": (
        "relation: after,",
        "relation: after, case: ignored,",
        "filter 'createdAfter' compares no text",
    ),
    "words of another relation": ("case: ignored,", "case: ignored, words: {absent: a},", "'words' does not"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_where_it_stands(name: str) -> None:
    """With file, line and hint."""
    old, new, told = MISTAKES[name]
    text = OTHERS[STEM].text
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1

    with pytest.raises(SpecError) as caught:
        contract_of(Document.parse(text.replace(old, new), name="acme_jobs.yaml"), STEM)

    assert told in str(caught.value)
    assert caught.value.hint
    assert abs(int(str(caught.value).split(":")[1]) - line) <= 1


@pytest.mark.parametrize("name", ["case-ignored-from-a-to-z", "other-word-asks-for-the-opposite"])
def test_a_reading_that_shows_nowhere_else_is_not_accused(name: str) -> None:
    """What the page leaves open is no error."""
    assert READINGS[name].applies(OTHERS[STEM])

    result = ran(OTHERS[STEM], readings=(name,), fixtures=HERE / "fixtures", generated=True)

    assert [one.check for one, _ in result.findings if one.level is Level.ERROR] == []
    assert [one.check for one in result.outcomes if one.outcome == "errored"] == []


def test_what_is_only_asked_to_be_there_is_not_shown() -> None:
    """A filter by presence compares no text, so a report need not show it."""
    shape = item_shape(OTHERS[STEM])

    assert (shape.member("note").shows, shape.member("title").shows) == (False, True)
