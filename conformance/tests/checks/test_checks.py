"""Checks know themselves: family, tendency, whether a recording shows it; and none of them decides a level."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance import checks
from conformance.checks import family
from conformance.finding import Contradiction, Doubt, Level, level_of
from conformance.pointer import Pointer
from conformance.sentence import said
from conformance.spec.contract import Contract
from conformance.spec.standing import Standing, promises, standing
from conformance.tests.runs import CONTRACTS

PACKAGE = Path(checks.__file__).parents[1]


@pytest.mark.parametrize(
    ("standing", "doubt", "level"),
    [
        (Standing.STATED, None, Level.ERROR),
        (Standing.UNSTATED, None, Level.WARNING),
        (Standing.DEVIATION, None, Level.WARNING),
        (Standing.STATED, Doubt.AMBIGUOUS, Level.WARNING),
        (Standing.STATED, Doubt.UNPROMISED, Level.WARNING),
        (Standing.UNSTATED, Doubt.NEWS, Level.NOTE),
    ],
)
def test_a_level_follows_from_standing_and_doubt(standing: Standing, doubt: Doubt | None, level: Level) -> None:
    """An error rests on what the page states, and on nothing else; a doubt takes more from it."""
    assert level_of(standing, doubt) is level


def test_one_place_decides_levels() -> None:
    """Nobody who observes something says how much it weighs: of the producers only `Check` asks for a level."""
    producers = ("checks", "learned", "listing", "published", "replay", "run")
    files = [path for room in producers for path in (PACKAGE / room).rglob("*.py")]
    naming = [path for path in files if re.search(r"\bLevel\b|level_of", path.read_text())]

    assert [path.relative_to(PACKAGE).as_posix() for path in naming] == ["checks/base.py"]


def test_a_promise_that_the_page_leaves_open_is_unstated() -> None:
    """So is what stands within it; a promise that it states is stated, and so is the rest of the spec."""
    contract = CONTRACTS["vercel_sandboxes"]
    open_ended = [one for one in promises(contract) if not one.stated]

    assert open_ended
    assert {standing(contract, f"{one.pointer}/says") for one in open_ended} <= {Standing.UNSTATED, Standing.DEVIATION}
    assert {standing(contract, one.pointer) for one in contract.filters if one.stated} == {Standing.STATED}
    assert standing(contract, "/components/schemas/Sandbox/properties/createdAt") is Standing.STATED


def test_what_deviates_from_the_page_is_a_deviation() -> None:
    """A keyword that a deviation is about stands on no clause of its own, and neither does a server of no page."""
    contract = CONTRACTS["vercel_sandboxes"]

    assert standing(contract, "/components/schemas/Sandbox/properties/createdAt/minimum") is Standing.DEVIATION
    assert standing(contract, "/servers/0") is Standing.DEVIATION


def test_a_check_stamps_what_it_finds(contract: Contract) -> None:
    """The id is the check's, the level follows from where it points, and all else is as it was observed."""
    for check in checks.EVERY:
        seen = Contradiction(
            pointer=Pointer("/info"), says="x", expected=said("a"), actual=said("b"), witness=(), place="c"
        )
        (found,) = check.findings(contract, [seen])

        assert (found.check, found.level, found.place) == (check.id, Level.ERROR, "c")


def test_every_check_says_what_is_asked_of_it() -> None:
    """Family, tendency and the reason without a proposal are there for each; a budget is spent family by family."""
    assert {check.family for check in checks.EVERY} == set(family.SPENDING)
    assert [check.id for check in checks.EVERY if not check.tends or not check.no_proposal.endswith(".")] == []
    assert [check.id for check in checks.EVERY if check.of_exchange and (check.of_visit or check.recorded)] == []


def test_what_replay_judges_is_recorded() -> None:
    """The relations that are noted of recordings are the checks that say of themselves that recordings show them."""
    sources = [path.read_text() for path in (PACKAGE / "replay" / "relations").glob("*.py")]
    named = {name for source in sources for name in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)}

    assert {check.id for check in checks.ALL if check.recorded} == named & {check.id for check in checks.ALL}


def test_only_a_check_of_several_answers_is_movable() -> None:
    """A collection that moves breaks no promise about one answer."""
    assert {check.id for check in checks.EVERY if check.movable} == {
        "pages-disjoint",
        "range-is-page",
        "total-constant",
        "total-is-collection",
        "total-is-matching",
    }
    assert all(check.family.compares and check.recorded for check in checks.EVERY if check.movable)
