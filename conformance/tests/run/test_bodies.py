"""A body that was as it should be is judged once, whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.tests.runs import CONTRACTS, STEMS, Contracts, ran

if TYPE_CHECKING:
    from conformance.exchange import Exchange
    from conformance.finding import Contradiction
    from conformance.spec.contract import Contract


HERE = Path(__file__).parents[1] / "checks" / "contracts"
OTHERS = Contracts(HERE / "specs")


@pytest.mark.parametrize("stem", STEMS[:2])
def test_equal_bodies_are_judged_once(stem: str) -> None:
    """A check of bodies that finds nothing in an answer does not look at it again."""
    from attrs import evolve  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.checks import wire_bodies  # noqa: PLC0415 - as above
    from conformance.run.judgements import Judgements  # noqa: PLC0415 - as above

    pages = [one for one in ran(CONTRACTS[stem]).exchanges if one.status == 200]
    seen: list[bytes] = []

    def look(_: Contract, exchange: Exchange) -> Iterator[Contradiction]:
        seen.append(exchange.body)
        return iter(())

    check = evolve(wire_bodies.fields_documented, of_exchange=look)

    assert Judgements(CONTRACTS[stem], [check]).of(check, pages) == [[]] * len(pages)
    assert len(seen) == len(set(seen)) == len({one.body for one in pages}) < len(pages)


def test_what_fields_were_not_chosen_excuses_no_other_answer() -> None:
    """A body without required fields is as it should be only for who chose others."""
    from attrs import evolve  # noqa: PLC0415 - nothing is loaded at collection

    from conformance.checks import wire_bodies  # noqa: PLC0415 - as above
    from conformance.run.judgements import Judgements  # noqa: PLC0415 - as above

    contract = OTHERS["pond_ducks"]
    exchanges = ran(contract, fixtures=HERE / "fixtures").exchanges
    chosen = next(one for one in exchanges if "_fields" in dict(one.query) and one.status == 200)
    whole = evolve(chosen, query=())

    judged = Judgements(contract, [wire_bodies.body_matches_schema]).of(
        wire_bodies.body_matches_schema, [chosen, whole]
    )

    assert [bool(found) for found in judged] == [False, True]
