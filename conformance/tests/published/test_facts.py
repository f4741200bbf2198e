"""One fact is one difference, and what is merely written otherwise is none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.draft.draft import draft
from conformance.draft.from_document import of_document
from conformance.draft.yaml_text import as_yaml
from conformance.finding_text import tell
from conformance.published.comparison import compare
from conformance.published.document import parse
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.draft.documents import Drawn, documents
from conformance.tests.draft.kinds import DOCUMENT, Json, box, operation, page
from conformance.tests.draft.test_round_trip import answered
from conformance.tests.published.changes import ADDITIVE, AMBIGUOUS, BREAKING, Change, takes
from conformance.tests.published.conftest import Compared, published
from conformance.tests.published.rewrites import rewritten

STEM = "acme_boxes"


def found(old: Json, new: Json, path: str = "/boxes") -> list[tuple[str, str, str, str]]:
    """Check, level, place and what was expected: of the draft of one document, compared with another."""
    return compared(drafted(old, path), new)


def drafted(old: Json, path: str) -> Contract:
    """The contract of the answered draft of a document."""
    source = of_document(parse("old.json", json.dumps(old).encode()), path)
    text = answered(as_yaml(draft(STEM, source, "2026-11-27")))
    return contract_of(Document.parse(text, name="acme_boxes.yaml"), STEM)


def compared(contract: Contract, new: Json) -> list[tuple[str, str, str, str]]:
    """Check, level, place and what was expected: of a contract, compared with a document."""
    result = compare(contract, parse("new.json", json.dumps(new).encode()))
    return [(one.check, str(one.level), one.place, tell(one.expected)) for one, _ in result.findings]


def changed(change: Callable[[Json], object]) -> tuple[Json, Json]:
    """A document with eight numbers, and the same after a change."""
    old = copy.deepcopy(DOCUMENT)
    box(old)["properties"] |= {f"size_{number}": {"type": "integer"} for number in range(8)}
    page(old)["properties"]["total"] = {"type": "integer"}
    new = copy.deepcopy(old)
    change(new)
    return old, new


def _numbers(document: Json) -> None:
    for holder in (box(document), page(document)):
        for schema in holder["properties"].values():
            schema.update({"type": "number"} if schema.get("type") == "integer" else {})


def test_numbers_that_are_whole_are_one_fact() -> None:
    """A document that writes number wherever the spec says integer differs once, with the count of its places."""
    ((check, level, place, expected),) = found(*changed(_numbers))

    assert (check, level, place) == ("field-types-agree", "warning", "number")
    assert expected.endswith(", and at 8 other places")


def _shared(document: Json) -> None:
    document["components"]["schemas"]["State"] = {"type": "string", "enum": ["running", "stopped", "lost"]}
    for name in ("state", "before", "after"):
        box(document)["properties"][name] = {"$ref": "#/components/schemas/State"}


def test_what_a_document_says_once_differs_once() -> None:
    """One published component that three fields of ours repeat is one fact."""
    old, new = changed(_shared)
    for name in ("state", "before", "after"):
        box(old)["properties"][name] = {"type": "string", "enum": ["running", "stopped"]}

    assert [(check, level, place) for check, level, place, _ in found(old, new)] == [
        ("field-enums-agree", "note", "value lost")
    ]


PARAMETERS: dict[str, tuple[Change, set[tuple[str, str, str]]]] = {
    "null": (takes("cursor", type=["string", "null"]), {("parameter-values-agree", ADDITIVE, "null")}),
    "a short integer": (takes("limit", format="int32"), {("parameter-values-agree", AMBIGUOUS, "format")}),
    "a long integer": (takes("limit", format="int64"), set()),
    "a format of a text": (takes("cursor", format="uuid"), {("parameter-values-agree", AMBIGUOUS, "format")}),
    "a bound that is gone": (takes("limit", maximum=None), {("parameter-values-agree", ADDITIVE, "bound maximum")}),
    "an array that is unique": (
        takes("states", uniqueItems=True),
        {("parameter-values-agree", AMBIGUOUS, "bound uniqueItems")},
    ),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_differences_of_parameters_are_told(name: str, diff: Callable[..., Compared]) -> None:
    """Bounds, formats and nulls."""
    change, expected = PARAMETERS[name]
    document = published("acme_31")
    change(document)

    assert diff(document).drifts == expected


def test_what_is_named_and_not_defined_contradicts_nothing() -> None:
    """A field that is required and not described, a credential that nothing describes."""

    def change(document: Json) -> None:
        del box(document)["properties"]["state"]
        box(document)["required"] += ["zone"]
        operation(document)["security"] = [{"Nowhere": []}]

    assert found(*changed(change)) == []


def test_null_where_nothing_was_is_ambiguous() -> None:
    """A client has nothing there either way; a field that is always there breaks it."""

    def change(document: Json) -> None:
        box(document)["properties"]["size_0"]["nullable"] = True
        box(document)["properties"]["id"]["nullable"] = True

    told = found(*changed(change))

    assert {(level, place) for _, level, place, _ in told} == {("error", "null"), ("warning", "null")}
    assert BREAKING


WHOLE, TEXT, FLAG = ({"type": one} for one in ("integer", "string", "boolean"))
DEFAULTS: dict[str, Json] = {
    "of no branch": {"anyOf": [TEXT, WHOLE], "default": True},
    "of one part, and of no branch of another": {"allOf": [FLAG | {"default": True}, {"anyOf": [TEXT, WHOLE]}]},
    "of another pattern": TEXT | {"pattern": "^a$", "default": "b"},
    "of another step": WHOLE | {"multipleOf": 2, "default": 3},
    "twice the same": {"type": "array", "items": {}, "uniqueItems": True, "default": [1, 1]},
    "with another element": {"type": "array", "items": TEXT, "default": [1]},
    "without what is required": {"type": "object", "required": ["a"], "properties": {"a": TEXT}, "default": {}},
    "with a part of another type": {"type": "object", "properties": {"a": TEXT}, "default": {"a": 1}},
    "with a name that is ruled out": {
        "type": "object",
        "properties": {"a": TEXT},
        "additionalProperties": False,
        "default": {"b": 1},
    },
    "with a value of another type": {"type": "object", "additionalProperties": WHOLE, "default": {"a": "b"}},
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_that_its_schema_rules_out_says_nothing(name: str) -> None:
    """However deep the contradiction lies, the draft is valid and agrees with its document."""

    def change(document: Json) -> None:
        box(document)["properties"]["more"] = DEFAULTS[name]

    _, document = changed(change)
    assert found(document, document) == []


@given(drawn=documents(), seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_otherwise_is_no_difference(drawn: Drawn, seed: int) -> None:
    """Words, order and references change nothing."""
    contract = drafted(drawn.content, drawn.path)
    assert compared(contract, rewritten(drawn.content, seed)) == compared(contract, drawn.content)


def test_what_stands_beside_references_on_the_way_is_read() -> None:
    """A name for a deprecated field is a reference with a remark; what refers to that name has the remark as well."""
    content = copy.deepcopy(DOCUMENT)
    content["components"]["schemas"] |= {
        "Title": {"$ref": "#/components/schemas/Words", "deprecated": True},
        "Words": {"type": "object", "properties": {"title": {"anyOf": [{"$ref": "#/components/schemas/Words"}]}}},
    }
    content["components"]["schemas"]["Words"]["properties"]["title"]["deprecated"] = True
    box(content)["properties"]["title"] = {"$ref": "#/components/schemas/Title"}

    assert [one for one in found(content, content) if one[1] != "note"] == []


def test_a_part_that_is_a_remark_alone_is_one_of_the_whole() -> None:
    """What stands in `allOf` beside the one part that describes a value says it of that value."""
    content = copy.deepcopy(DOCUMENT)
    content["components"]["schemas"]["Words"] = {"type": "object", "properties": {"text": {"type": "string"}}}
    remark = {"description": "Words.", "deprecated": True}
    box(content)["properties"]["title"] = {"allOf": [remark, {"$ref": "#/components/schemas/Words"}]}

    assert [one for one in found(content, content) if one[1] != "note"] == []


def test_a_default_of_a_bare_object_goes_with_it() -> None:
    """A bare object beside a described one is left out of a draft, and so is the default that it alone admits."""
    content = copy.deepcopy(DOCUMENT)
    described = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    box(content)["properties"]["owner"] = {"oneOf": [described, {"type": "object"}], "default": {}}

    assert [one for one in found(content, content) if one[1] != "note"] == []


@pytest.mark.exhaustive
@given(drawn=documents(), seed=st.integers(0, 10**6))
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
def test_thousands_that_are_written_otherwise_are_no_difference(drawn: Drawn, seed: int) -> None:
    """Words, order and references change nothing."""
    contract = drafted(drawn.content, drawn.path)
    assert compared(contract, rewritten(drawn.content, seed)) == compared(contract, drawn.content)
