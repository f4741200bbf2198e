"""What Schemathesis is asked to invent."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from conformance.run.askable import askable
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.runs import CONTRACTS

WORDS = {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize(
    ("schema", "invented"),
    [
        (WORDS, True),
        ({"type": "array", "items": WORDS}, False),
        ({"type": "array", "items": {"type": ["object", "null"]}}, False),
        ({"type": "array", "items": True}, True),
    ],
)
def test_what_nobody_can_write_is_not_invented(schema: dict[str, Any], *, invented: bool) -> None:
    """Of an array in an array, OpenAPI says no form in a query; a library would write what Python shows of it."""
    contract = CONTRACTS["browserbase_sessions"]
    content: Any = copy.deepcopy(dict(contract.document))
    operation: Any = contract.pointer.get(content)
    operation["parameters"].append({"name": "odd", "in": "query", "schema": schema})
    document = Document(file="altered.yaml", content=content, lines={})

    asked: Any = contract.pointer.get(askable(contract_of(document, contract.stem)))

    assert ("odd" in [one["name"] for one in asked["parameters"]]) is invented
