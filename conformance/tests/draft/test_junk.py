"""Whatever stands anywhere in a published document, it is drafted or refused: nothing else is raised."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.draft.draft import draft
from conformance.draft.fixture import fixture
from conformance.draft.from_document import of_document
from conformance.draft.yaml_text import as_yaml
from conformance.errors import ConformanceError
from conformance.published.document import parse
from conformance.tests.draft.documents import Drawn, documents
from conformance.tests.published.test_random import JUNK, places

KEYS = ["type", "$ref", "default", "style", "properties", "required", "enum", "", "\ud800"]
ODD = JUNK | st.sampled_from(
    ["\ud800", {"$ref": "#"}, {"type": ["string", 1]}, {"enum": [{}]}, {"items": [{}]}, [None]]
)


@given(drawn=documents(), data=st.data())
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_document_with_junk_in_it_is_drafted_or_refused(drawn: Drawn, data: st.DataObject) -> None:
    """Parts are replaced or added by anything: a spec and a fixture, or a sentence."""
    assert_told(drawn, data)


@pytest.mark.exhaustive
@given(drawn=documents(), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_are_many_documents_with_junk_in_them(drawn: Drawn, data: st.DataObject) -> None:
    """The same, often."""
    assert_told(drawn, data)


def assert_told(drawn: Drawn, data: st.DataObject) -> None:
    """Draft a good document of which one or two parts are other than they should be."""
    content = copy.deepcopy(drawn.content)
    for place in data.draw(st.lists(st.sampled_from(sorted(places(content))), min_size=1, max_size=2)):
        around: Any = place.parent.get(content)
        if isinstance(around, dict):
            around[data.draw(st.sampled_from([place.tokens[-1], *KEYS]))] = copy.deepcopy(data.draw(ODD))
        elif isinstance(around, list):
            around[int(place.tokens[-1]) :] = [copy.deepcopy(data.draw(ODD))]
    try:
        source = of_document(parse("drawn.json", json.dumps(content).encode()), drawn.path)
        written = as_yaml(draft("drawn_boxes", source, "2026-11-27")) + fixture(source)
    except ConformanceError:
        return
    assert written.encode()
