"""Generated queries are drawn once, and kept for later runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from conformance.run import queries
from conformance.run.draw import Draw, GeneratedQuery
from conformance.run.queries import FOLDER
from conformance.tests.runs import CONTRACTS, STEMS, one_of

ASKED = GeneratedQuery((("limit", "0"), ("text", "\ud800 ü\x00")), is_good=False)

PROGRAM = """
import sys
from conformance.__main__ import entry
try:
    entry()
finally:
    print(*sorted({"schemathesis", "hypothesis"} & set(sys.modules)) or ["none"], file=sys.stderr)
"""
"""The program, which says at its end what it has loaded."""


@pytest.fixture
def draw() -> Draw:
    """Of one operation."""
    return Draw.of(CONTRACTS[one_of(STEMS, "drawn")[0]], 5)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Draw]:
    """What was drawn while a test lasts: each time one query."""
    from conformance.run import cases  # noqa: PLC0415 - nothing is loaded at collection

    asked: list[Draw] = []

    def made(draw: Draw) -> list[None]:
        asked.append(draw)
        return [None]

    monkeypatch.setattr(cases, "cases", made)
    monkeypatch.setattr(cases, "query", lambda _case: ASKED)
    return asked


def test_what_was_drawn_is_kept(draw: Draw, drawn: list[Draw], tmp_path: Path) -> None:
    """The next run asks the same, whatever the text, without drawing; another seed or document draws anew."""
    store = queries.store_in({FOLDER: str(tmp_path / "not there yet")})

    assert queries.queries(draw, store) == (ASKED,) == queries.queries(draw, store)
    assert drawn == [draw]
    for other in (evolve(draw, seed=6), evolve(draw, document="{}"), evolve(draw, has_bad=not draw.has_bad)):
        queries.queries(other, store)
        assert drawn[-1] == other


@pytest.mark.parametrize("text", ["", "[]", "{", "[[true]]", "[[true, [1]]]", "\x00"])
def test_what_cannot_be_read_is_drawn_again(text: str, draw: Draw, drawn: list[Draw], tmp_path: Path) -> None:
    """Half a file, or one of nothing, is no run without generated queries."""
    place = tmp_path / f"{draw.digest}.json"
    place.write_text(text, "utf-8")

    assert queries.queries(draw, tmp_path) == (ASKED,)
    assert queries.queries(draw, tmp_path) == (ASKED,)
    assert drawn == [draw]


def test_a_store_that_takes_nothing_costs_nothing_else(draw: Draw, drawn: list[Draw], tmp_path: Path) -> None:
    """A file stands where the folder should be, or none is named: the queries are drawn each time."""
    (tmp_path / "file").write_text("", "utf-8")

    for environment in ({FOLDER: str(tmp_path / "file")}, {FOLDER: ""}, {}):
        assert queries.queries(draw, queries.store_in(environment)) == (ASKED,)
    assert len(drawn) == 3


def test_the_oldest_go(draw: Draw, drawn: list[Draw], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed for each run does not fill a disk."""
    monkeypatch.setattr(queries, "MOST_KEPT", 3)
    for seed in range(5):
        queries.queries(evolve(draw, seed=seed), tmp_path)

    assert len(list(tmp_path.iterdir())) == 3
    assert len(drawn) == 5


def test_a_run_of_the_command_line_keeps_them(tmp_path: Path) -> None:
    """The second run loads neither Schemathesis nor Hypothesis, and says the same."""
    told = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, "run", one_of(STEMS, "twice")[0]],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {FOLDER: str(tmp_path)},
        )
        for _ in range(2)
    ]

    assert [one.stderr.splitlines()[-1].split() for one in told] == [["hypothesis", "schemathesis"], ["none"]]
    assert told[0].stdout.splitlines()[-1] == told[1].stdout.splitlines()[-1]
