"""Work of Schemathesis is left out where it changes nothing."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from conformance.run.draw import Draw
from conformance.run.fuzz import CODES, Judge
from conformance.run.queries import queries
from conformance.tests.runs import CONTRACTS, STEMS, one_of


def test_few_values_are_those_that_come_first() -> None:
    """Schemathesis draws the same, and more; of them it takes the first that an enum does not hold."""
    from schemathesis.specs.openapi.coverage import _schema  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.run.lean import ENOUGH, first_values, lean  # noqa: PLC0415 - as above

    every = _schema._invalid_enum_candidates.__wrapped__  # noqa: SLF001 - what is replaced meanwhile
    with lean():
        few = first_values.__wrapped__()
        assert few == every()[:ENOUGH]

    assert len(set(map(repr, few))) > 10


def test_characters_of_utf_8_are_those_that_hypothesis_finds() -> None:
    """It looks at each of a million, once for every user, or in every job of a CI that keeps no cache."""
    from hypothesis.internal import charmap  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.run.lean import intervals  # noqa: PLC0415 - as above

    for codec in ("utf-8", "ascii"):
        assert intervals(codec) == charmap.intervals_from_codec(codec)


def test_queries_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all that Schemathesis draws and with less, where a parameter has an enum: those at the bounds."""
    from conformance.run import cases  # noqa: PLC0415 - nothing is loaded at collection

    stem = next(stem for stem in STEMS if any("enum" in str(one.schema) for one in CONTRACTS[stem].parameters))
    draw = Draw.of(CONTRACTS[stem], 1)
    monkeypatch.setattr(cases, "_draw", lambda *_: None)
    few = [cases.query(case) for case in cases.cases.__wrapped__(draw)]
    monkeypatch.setattr(cases, "lean", nullcontext)

    assert few == [cases.query(case) for case in cases.cases.__wrapped__(draw)]
    assert few


def test_what_is_loaded_changes_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis takes constants from modules that are no library's: a seed asks the same in a clone and in a wheel."""
    from hypothesis.internal.conjecture import providers  # noqa: PLC0415 - nothing is loaded at collection
    from hypothesis.internal.constants_ast import Constants  # noqa: PLC0415 - as above

    from conformance.run import cases  # noqa: PLC0415 - as above

    draw = Draw.of(CONTRACTS[one_of(STEMS, "loaded")[0]], 3)
    drawn = [cases.query(case) for case in cases.cases.__wrapped__(draw)]
    loaded = Constants(integers={7, 11, 13}, floats={0.25}, strings={"a constant", "of a module"})
    monkeypatch.setattr(providers, "_get_local_constants", lambda: loaded)

    assert drawn == [cases.query(case) for case in cases.cases.__wrapped__(draw)]
    monkeypatch.setattr(cases, "lean", nullcontext)
    assert drawn != [cases.query(case) for case in cases.cases.__wrapped__(draw)]


@pytest.mark.parametrize("stem", one_of(STEMS, "judged"))
def test_what_is_not_judged_would_not_fail(stem: str) -> None:
    """Of no query and status that is passed over would Schemathesis have said anything; of others it does."""
    import httpx  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.exchange import Exchange, Request  # noqa: PLC0415 - as above
    from conformance.run.cases import failures  # noqa: PLC0415 - as above

    headers = httpx.Headers({"content-type": "application/json"})
    draw = Draw.of(CONTRACTS[stem], 1)
    told: dict[bool, list[bool]] = {True: [], False: []}

    for asked in queries(draw):
        judge = Judge(CONTRACTS[stem], draw, asked)
        for status in (200, 202, 302, 400, 401, 403, 404, 409, 418, 422, 500):
            exchange = Exchange(Request("GET", "http://127.0.0.1/", ()), status, headers, b"{}", 0.0)
            codes = failures(draw, asked, exchange)
            told[judge.is_as_it_should_be(exchange)].append(bool(codes))
            assert set(codes) <= {judge.code}
            assert judge.code in CODES

    assert told[True]
    assert not any(told[True])
    assert any(told[False])
