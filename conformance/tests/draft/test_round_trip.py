"""A draft agrees with the document that it was drafted from, whatever the document looks like."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from conformance.draft.draft import draft
from conformance.draft.fixture import fixture
from conformance.draft.from_document import of_document
from conformance.draft.yaml_text import as_yaml
from conformance.finding import Finding, Level
from conformance.finding_text import tell
from conformance.mock.collection.fixture import Fixture
from conformance.published.comparison import compare
from conformance.published.document import parse
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.draft.documents import Drawn, documents
from conformance.tests.draft.kinds import DOCUMENT, page

STEM = "drawn_boxes"


def answered(text: str) -> str:
    """A draft with every question answered with yes; what names an item is `id`."""
    text = re.sub(r"identity: 'TODO: .*'", "identity: /id", text)
    return text.replace("TODO: ", "as documented, ")


def differences(drawn: Drawn) -> list[Finding]:
    """What the comparison of a document's draft with the document finds, notes aside."""
    document = parse("drawn.yaml", drawn.data)
    source = of_document(document, drawn.path)
    text = answered(as_yaml(draft(STEM, source, "2026-11-27")))
    contract = contract_of(Document.parse(text, name="drawn_boxes.yaml"), STEM)
    result = compare(contract, document)
    return [finding for finding, _ in result.findings if finding.level is not Level.NOTE]


def assert_fixture_fits(drawn: Drawn, tmp_path: Path) -> None:
    """The fixture of a draft is valid for it."""
    source = of_document(parse("drawn.yaml", drawn.data), drawn.path)
    text = answered(as_yaml(draft(STEM, source, "2026-11-27")))
    contract = contract_of(Document.parse(text, name="drawn_boxes.yaml"), STEM)
    path = tmp_path / "drawn_boxes.json"
    path.write_text(fixture(source))

    assert len(Fixture.load(contract, path).items) >= 1


def shown(one: Finding) -> tuple[str, ...]:
    """A finding for whoever reads why a draft failed."""
    return one.check, one.pointer, tell(one.expected), tell(one.actual)


def told(drawn: Drawn) -> str:
    """A drawn document for whoever reads why it failed."""
    return json.dumps(drawn.content, indent=1)


@given(drawn=documents())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_draft_agrees_with_its_document(drawn: Drawn) -> None:
    """No error and no warning."""
    assert [shown(one) for one in differences(drawn)] == [], told(drawn)


def test_fields_that_lead_back_to_themselves_end() -> None:
    """What is laid together anew at each depth, and is the same all the way down, is compared once."""
    content = copy.deepcopy(DOCUMENT)
    schemas = content["components"]["schemas"]
    inline = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/End"}}}
    both = {"allOf": [inline, {"$ref": "#/components/schemas/Chain"}]}
    schemas["End"] = {"type": "object", "properties": {"last": {"type": "string"}}}
    schemas["Chain"] = {"type": "object", "properties": {"next": both}}
    page(content)["properties"]["chain"] = {"$ref": "#/components/schemas/Chain"}

    assert [shown(one) for one in differences(Drawn(content, "/boxes", is_yaml=False))] == []


@pytest.mark.exhaustive
@given(drawn=documents())
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_thousands_of_drafts_agree_with_their_documents(drawn: Drawn) -> None:
    """No error and no warning."""
    assert [shown(one) for one in differences(drawn)] == [], told(drawn)
