"""Filters that our operations do not document: a mistake in their words is told, and nothing is shown for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.errors import SpecError
from conformance.privacy.customer_values import Privacy
from conformance.privacy.visibility import item_shape
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.runs import Contracts

HERE = Path(__file__).with_name("contracts")
OTHERS = Contracts(HERE / "specs")
STEM = "acme_notes"
MISTAKES = {
    "no words for a parameter that is no flag": (
        "            words: {absent: '1', present: '0'}\n",
        "",
        "'body__isnull' does not take true, which asks for present fields",
    ),
    "a number for a text": ("absent: '1'", "absent: 1", "does not take 1, which asks for absent fields"),
    "one word for both": ("absent: '1', present: '0'", "absent: '1', present: '1'", "one value asks for present and"),
    "no word": ("words: {present: true}", "words: {}", "{} has less than 1 property"),
    "another word": ("words: {present: true}", "words: {there: true}", "unknown key 'there'"),
    "several fields of what is no text": (
        "field: /endedAt, relation",
        "field: [/endedAt, /body], relation",
        "filter 'has_end' is present, and looks into several fields",
    ),
    "a field of several that is none": ("[/title, /body]", "[/title, /bodies]", "no schema has /bodies in an item"),
    "one field in a list": ("[/title, /body]", "[/title]", "has less than 2 items"),
    "a field that is no pointer": ("field: any,", "field: every,", '"every" does not match'),
    "a case of what is no text": (
        "words: {present: true},",
        "words: {present: true}, case: ignored,",
        "filter 'has_end' compares no text",
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
        contract_of(Document.parse(text.replace(old, new), name="acme_notes.yaml"), STEM)

    assert told in str(caught.value)
    assert caught.value.hint
    assert abs(int(str(caught.value).split(":")[1]) - line) <= 1


def test_what_is_searched_for_in_any_field_is_hidden() -> None:
    """It may lie in what a report does not show."""
    hider = Privacy(OTHERS[STEM], "a key of this test")

    ((_, shown), (_, other)) = hider.query([("q", "Ada"), ("inTexts", "Ada")])

    assert "Ada" not in shown
    assert other == "Ada"


def test_what_is_only_asked_to_be_there_is_not_shown() -> None:
    """A filter by presence compares no text, so a report need not show it."""
    text = OTHERS[STEM].text.replace("field: [/title, /body]", "field: [/title, /id]")
    shape = item_shape(contract_of(Document.parse(text, name="acme_notes.yaml"), STEM))

    assert (shape.member("body").shows, shape.member("title").shows) == (False, True)
