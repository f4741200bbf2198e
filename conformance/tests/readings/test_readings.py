"""A server that reads its page in a lawful way is never accused, alone or in company; faults are."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from conformance.finding import Level
from conformance.finding_text import tell
from conformance.mock.readings import READINGS, reading_named
from conformance.result import Result
from conformance.tests.runs import CONTRACTS, STEMS, one_of, ran

SEEDS = 20
TOGETHER = 60 // len(STEMS)
"""Combinations of two or three, for each operation and seed: a seed has sixty, however many operations there are."""
COMPANIES = (
    ("bodies-zipped", "refusals-as-problems"),
    ("bodies-zipped", "whole-numbers-with-a-point"),
    ("told-to-wait", "unknown-cursor-lists-nothing"),
    ("made-five-at-a-time", "ties-by-chance"),
)
"""Readings of which one must see what the other leaves: the bytes, the status, the items."""
IDLE = {
    "arguments-beside-a-cursor-not-read",
    "array-absent-when-empty",
    "case-ignored-from-a-to-z",
    "chosen-fields-in-another-order",
    "chosen-fields-without-null",
    "cursor-alone-refused",
    "cursors-live-a-little-longer",
    "columns-in-another-order",
    "end-is-absent",
    "foreign-cursor-unknown",
    "identity-beside-chosen-fields",
    "limit-above-its-cap-gets-the-default",
    "links-in-another-order",
    "other-word-asks-for-the-opposite",
    "page-after-the-last-refused",
    "search-looks-everywhere",
    "ties-of-chosen-fields-by-another-key",
    "total-not-counted",
    "unknown-cursor-expired",
}
"""Readings of a choice that none of the pages leaves."""


def open_to(name: str) -> list[str]:
    """The operations whose pages leave the choice of a reading."""
    return [stem for stem in STEMS if READINGS[name].applies(CONTRACTS[stem])]


def left_by(stem: str) -> list[str]:
    """The readings of an operation."""
    return [name for name, reading in READINGS.items() if reading.applies(CONTRACTS[stem])]


def read_so(stem: str, names: Sequence[str], *, seed: int = 1, generated: bool = False) -> Result:
    """The run on a server that takes its page in these ways."""
    return ran(CONTRACTS[stem], readings=tuple(names), seed=seed, generated=generated)


def accused(result: Result) -> list[str]:
    """What the run holds against the server: errors, and checks that could not do their work."""
    errors = [
        f"{finding.check}: {tell(finding.expected)}, not {tell(finding.actual)}"
        for finding, _ in result.findings
        if finding.level is Level.ERROR
    ]
    return errors + [f"{one.check} {one.reason}" for one in result.outcomes if one.outcome == "errored"]


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_is_not_accused(name: str) -> None:
    """On an operation that leaves the choice nothing is an error, and every check does its work."""
    for stem in one_of(open_to(name), name):
        result = read_so(stem, [name])

        assert (stem, accused(result)) == (stem, [])
        assert "held" in {one.outcome for one in result.outcomes}


@pytest.mark.parametrize("name", READINGS)
def test_the_client_loses_nothing(name: str) -> None:
    """Whatever a page allows, the generated client reads."""
    for stem in one_of(open_to(name), name):
        ended = {one.check: one.outcome for one in read_so(stem, [name]).outcomes}

        assert (stem, ended["client-decodes"]) == (stem, "held")


@pytest.mark.parametrize("names", COMPANIES, ids="+".join)
def test_readings_that_meet_are_not_accused(names: tuple[str, ...]) -> None:
    """Each is lawful in the company of the other, in whichever order they are named."""
    (stem, *_) = [known for known in STEMS if set(names) <= set(left_by(known))]

    assert [accused(read_so(stem, order)) for order in (names, names[::-1])] == [[], []]


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_seed_accuses_a_reading(seed: int) -> None:
    """Every reading with every seed, each time on the next of its operations: no verdict depends on the seed.

    Every fourth seed generates queries as well; all readings on all operations with all seeds would be 6,000 runs.
    """
    pairs = [(name, stems[seed % len(stems)]) for name in READINGS if (stems := open_to(name))]
    wrong = {pair: accused(read_so(pair[1], [pair[0]], seed=seed, generated=seed % 4 == 0)) for pair in pairs}

    assert {pair: found for pair, found in wrong.items() if found} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("stem", STEMS)
def test_no_combination_is_accused(stem: str, seed: int) -> None:
    """Two or three readings together are as lawful as each of them, whichever they are."""
    draw = random.Random(f"{stem} {seed}")  # noqa: S311 - no secret
    chosen = [tuple(draw.sample(left_by(stem), draw.choice((2, 3)))) for _ in range(TOGETHER)]
    wrong = {names: accused(read_so(stem, names, seed=seed)) for names in chosen}

    assert {names: found for names, found in wrong.items() if found} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize("stem", STEMS)
def test_the_client_loses_nothing_of_any_reading(stem: str) -> None:
    """On every operation the client reads whatever its page allows."""
    ended = {
        name: [one.outcome for one in read_so(stem, [name]).outcomes if one.check == "client-decodes"]
        for name in left_by(stem)
    }

    assert {name for name, outcomes in ended.items() if outcomes != ["held"]} == set()


def test_readings_are_many_and_each_has_its_page() -> None:
    """There are at least fifty, of every kind; each is left open by some page, or waits for one."""
    assert len(READINGS) >= 50
    assert {name for name in READINGS if not open_to(name)} == IDLE
    assert all(left_by(stem) for stem in STEMS)


def test_readings_describe_themselves() -> None:
    """Names are kebab-case, and every reading says in a sentence what the server does."""
    for name, reading in READINGS.items():
        assert name == name.lower().replace("_", "-") == reading.name
        assert reading.says.endswith(".")
        assert any((reading.misread, reading.spoil, reading.mishear, reading.garble))
        assert reading_named(name) is reading
