"""The tables of clauses: every promise and deviation of a spec is in its table, and stands as the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.pointer import MISSING, Pointer
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs
from conformance.spec.standing import deviations, promises, standing
from conformance.tests.runs import CONTRACTS

TABLES = sorted(path.stem for path in (own_specs() / "clauses").glob("*.md"))
WORDS = {"stated": "stated", "inferred": "unstated", "deviation": "deviation"}
PLACE = re.compile(r"`([^`]+)`(?: \(([^)]+)\))?")


def rows(stem: str) -> Iterator[tuple[str, str, str]]:
    """Clause, places and standing of every row."""
    text = Path(own_specs() / "clauses" / f"{stem}.md").read_text()
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[-1].rstrip(" |") in WORDS:
            yield cells[0], cells[1], cells[2].rstrip(" |")


def places(contract: Contract, cell: str) -> list[tuple[str, tuple[str, ...]]]:
    """The absolute pointers of a cell, each with its keywords."""
    found = []
    for place, keywords in PLACE.findall(cell):
        start = "" if place.startswith(("components/", "servers/")) else contract.pointer
        found.append((f"{start}/{place}", tuple(keywords.split(", ")) if keywords else ()))
    return found


@pytest.mark.parametrize("stem", TABLES)
def test_every_promise_and_deviation_is_in_the_table(stem: str) -> None:
    """What a spec promises or has otherwise than the page is a row of its table."""
    contract = CONTRACTS[stem]
    told = {place for _, cell, _ in rows(stem) for place in places(contract, cell)}

    assert {promise.pointer for promise in promises(contract)} <= {place for place, _ in told}
    assert {(one["pointer"], tuple(one.get("keywords", ()))) for one in deviations(contract)} <= told


@pytest.mark.parametrize("stem", TABLES)
def test_every_place_stands_as_the_table_says(stem: str) -> None:
    """Stated, inferred or a deviation: the spec decides, and the table knows; what is stated exists."""
    contract = CONTRACTS[stem]
    for clause, cell, word in rows(stem):
        found = places(contract, cell)
        assert found, clause
        for place, keywords in found:
            for full in [f"{place}/{keyword}" for keyword in keywords] or [place]:
                assert standing(contract, full) == WORDS[word], (clause, full)
            if word == "stated":
                assert Pointer(place).get(contract.document) is not MISSING, (clause, place)


@pytest.mark.parametrize("stem", TABLES)
def test_a_table_has_the_page_clause_by_clause(stem: str) -> None:
    """No table is a sketch, and each names the page that it is about."""
    contract = CONTRACTS[stem]
    text = Path(own_specs() / "clauses" / f"{stem}.md").read_text()

    assert len(list(rows(stem))) >= 20
    assert f"`{contract.source['document']}`" in text
    assert contract.source["captured"] in text
