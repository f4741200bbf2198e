"""Work of Schemathesis is left out where it changes nothing."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

import pytest

from conformance.tests.runs import CONTRACTS, STEMS, one_of


def cases(stem: str) -> list[Any]:
    """The queries at the bounds of every schema."""
    from schemathesis.generation import GenerationMode  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.run.askable import askable  # noqa: PLC0415 - as above
    from conformance.run.queries import _at_the_bounds, _operation  # noqa: PLC0415 - as above

    contract = CONTRACTS[stem]
    operation = _operation(json.dumps(askable(contract)), contract.address, contract.method, 1)
    return _at_the_bounds(operation, tuple(GenerationMode))


def test_few_values_are_those_that_come_first() -> None:
    """Schemathesis draws the same, and more; of them it takes the first that an enum does not hold."""
    from schemathesis.specs.openapi.coverage import _schema  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.run import draws  # noqa: PLC0415 - as above

    draws.first_values.__wrapped__()  # what is drawn depends on the modules that are loaded, and drawing loads some
    few = draws.first_values.__wrapped__()
    every = _schema._invalid_enum_candidates.__wrapped__()  # noqa: SLF001 - what is replaced meanwhile

    assert few == every[: draws.ENOUGH]
    assert len(set(map(repr, few))) > 10


def test_queries_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all of the values and with few of them, where a parameter has an enum."""
    stem = next(stem for stem in STEMS if any("enum" in str(one.schema) for one in CONTRACTS[stem].parameters))

    few = [str(case.query) for case in cases(stem)]
    monkeypatch.setattr("conformance.run.queries.few", nullcontext)

    assert few == [str(case.query) for case in cases(stem)]


@pytest.mark.parametrize("stem", one_of(STEMS, "judged"))
def test_what_is_not_judged_would_not_fail(stem: str) -> None:
    """Of no query and status that is passed over would Schemathesis have said anything; of others it does."""
    import httpx  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.exchange import Exchange, Request  # noqa: PLC0415 - as above
    from conformance.run.fuzz import _failures, _is_as_it_should_be  # noqa: PLC0415 - as above

    headers = httpx.Headers({"content-type": "application/json"})
    told: dict[bool, list[bool]] = {True: [], False: []}

    for case in cases(stem):
        for status in (200, 202, 302, 400, 401, 403, 404, 409, 418, 422, 500):
            exchange = Exchange(Request("GET", "http://127.0.0.1/", ()), status, headers, b"{}", 0.0)
            told[_is_as_it_should_be(case, exchange)].append(bool(_failures(case, exchange)))

    assert told[True]
    assert not any(told[True])
    assert any(told[False])


def test_what_is_drawn_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of the same document and seed sends what the first one drew; another seed draws anew."""
    from conformance.run import queries  # noqa: PLC0415 - as above

    contract = CONTRACTS[one_of(STEMS, "drawn")[0]]
    kept, drawn = lru_cache(queries._generated.__wrapped__), []  # noqa: SLF001 - not what other tests drew, nor for them
    monkeypatch.setattr(queries, "_generated", kept)
    first = queries.generated(contract, 5)
    monkeypatch.setattr(queries, "_draw", lambda *_: drawn.append("anew"))

    assert queries.generated(contract, 5) is first
    assert drawn == []
    queries.generated(contract, 6)
    assert drawn
