"""A pattern that would go on for ever is given up, and said by its place; nobody is accused by it."""

from __future__ import annotations

import httpx
import pytest

from conformance.checks.wire_bodies import body_matches_schema
from conformance.errors import SpecError
from conformance.exchange import Exchange, Request
from conformance.mock.collection.dataset import load_dataset
from conformance.spec.document import Document
from conformance.spec.load import contract_of, load_contract, own_specs

STEM = "vercel_sessions"
FIELD = "cwd: {type: string, "
ENDLESS = "^(?:(a+)(?!c))+$"
TEXT = "a" * 45 + "!"


def test_a_pattern_without_an_end_is_an_error_of_the_spec() -> None:
    """Of a value that cannot be compared nothing is said; where the pattern stands is."""
    text = (own_specs() / f"{STEM}.yaml").read_text().replace(FIELD, f"{FIELD}pattern: '{ENDLESS}', ")
    contract = contract_of(Document.parse(text, name=f"{STEM}.yaml"), STEM)
    line = 1 + text[: text.index(ENDLESS)].count("\n")
    items = load_dataset(load_contract(STEM, own_specs()), items=1, seed=1, fixtures=None).entries
    item = {**dict(items[0].value), "cwd": TEXT}
    page = httpx.Response(200, json={"sessions": [item], "pagination": {"count": 1, "next": None}})
    answered = Exchange(Request("GET", contract.path, ()), 200, page.headers, page.content, 0.0, ())

    with pytest.raises(SpecError, match=rf"^{STEM}\.yaml:{line}: the pattern .* 100,000 steps") as caught:
        list(body_matches_schema.in_exchange(contract, answered))
    assert "repetition" in caught.value.hint


def test_a_default_that_its_pattern_rules_out_is_told_at_once() -> None:
    """Nested repetitions, which an engine that goes back never ends with, take no time."""
    text = (own_specs() / f"{STEM}.yaml").read_text()
    bad = text.replace(FIELD, f"cwd: {{type: string, pattern: '^(a+)+$', default: '{TEXT}', ", 1)

    with pytest.raises(SpecError, match="does not match") as caught:
        contract_of(Document.parse(bad, name=f"{STEM}.yaml"), STEM)
    assert f":{1 + bad[: bad.index(TEXT)].count(chr(10))}:" in str(caught.value)
