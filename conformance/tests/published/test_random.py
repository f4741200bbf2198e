"""Whatever stands anywhere in a published document, it is compared or refused: nothing else is raised."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.errors import SpecError
from conformance.pointer import TOP, Pointer
from conformance.published.comparison import compare
from conformance.published.document import parse
from conformance.spec.load import load_contract
from conformance.tests.published.conftest import SPECS, STEM, VERSIONS, published

DOCUMENTS = {version: published(version) for version in VERSIONS}


def places(value: Any, place: Pointer = TOP) -> Iterator[Pointer]:
    """The pointer of every part of a JSON value but the whole."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in members:
        here = place.below(key)
        yield here
        yield from places(part, here)


REFERENCES = st.sampled_from(sorted({place for document in DOCUMENTS.values() for place in places(document)}))
JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 2**70),
        st.floats(allow_nan=False),
        st.sampled_from(["", "string", "null", "200", "x-a", "{}", "https://[", "$ref", "a/b~c"]),
        REFERENCES.map(lambda place: {"$ref": f"#{place}"}),
    ),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.dictionaries(
            st.sampled_from(["type", "enum", "const", "nullable", "allOf", "anyOf", "properties", "url", "", "<<"]),
            parts,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@given(version=st.sampled_from(VERSIONS), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_document_with_junk_in_it_is_compared_or_refused(version: str, data: st.DataObject) -> None:
    """One or two parts of a good document are replaced by anything: findings, or a SpecError with a hint."""
    assert_told(version, data)


@pytest.mark.exhaustive
@given(version=st.sampled_from(VERSIONS), data=st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_are_many_documents_with_junk_in_them(version: str, data: st.DataObject) -> None:
    """The same, ten times as often."""
    assert_told(version, data)


def assert_told(version: str, data: st.DataObject) -> None:
    """Compare a good document of which one or two parts are replaced."""
    document = copy.deepcopy(DOCUMENTS[version])
    for place in data.draw(st.lists(st.sampled_from(sorted(places(document))), min_size=1, max_size=2)):
        around: Any = place.parent.get(document)
        last = place.tokens[-1]
        if isinstance(around, dict):
            around[last] = data.draw(JUNK)
        elif isinstance(around, list) and last.isdecimal() and int(last) < len(around):
            around[int(last)] = data.draw(JUNK)

    try:
        result = compare(load_contract(STEM, SPECS), parse("published.json", json.dumps(document).encode()))
    except SpecError as error:
        refused: tuple[str, bool] | None = (str(error), bool(error.hint))
    else:
        refused = None
        assert {finding.id(STEM) for finding, _ in result.findings} == set(result.drifts or ())

    assert refused is None or ("published.json" in refused[0], refused[1]) == (True, True)
