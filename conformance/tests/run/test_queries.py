"""Generated queries are drawn once, and kept for later runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from conformance.run import queries
from conformance.run.draw import Draw
from conformance.run.queries import FOLDER, GeneratedQuery
from conformance.tests.runs import CONTRACTS, STEMS, one_of

ASKED = GeneratedQuery((("limit", "0"), ("text", "\ud800 ü\x00")), is_good=False)


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


def test_what_was_drawn_is_kept(draw: Draw, drawn: list[Draw], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run asks the same, whatever the text, without drawing; another seed or document draws anew."""
    monkeypatch.setenv(FOLDER, str(tmp_path))

    assert queries.queries(draw) == (ASKED,) == queries.queries(draw)
    assert drawn == [draw]
    for other in (evolve(draw, seed=6), evolve(draw, document="{}"), evolve(draw, has_bad=not draw.has_bad)):
        queries.queries(other)
        assert drawn[-1] == other


@pytest.mark.parametrize("text", ["", "[]", "{", "[[true]]", "[[true, [1]]]", "\x00"])
def test_what_cannot_be_read_is_drawn_again(
    text: str, draw: Draw, drawn: list[Draw], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file, or one of nothing, is no run without generated queries."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    place = tmp_path / "queries" / f"{draw.digest}.json"
    place.parent.mkdir()
    place.write_text(text, "utf-8")

    assert queries.queries(draw) == (ASKED,)
    assert queries.queries(draw) == (ASKED,)
    assert drawn == [draw]


def test_a_folder_that_takes_nothing_costs_nothing_else(
    draw: Draw, drawn: list[Draw], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder should be, or none is named: the queries are drawn each time."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv(FOLDER, str(tmp_path / "file"))
    assert queries.queries(draw) == (ASKED,)
    monkeypatch.delenv(FOLDER)
    assert queries.queries(draw) == (ASKED,)
    assert drawn == [draw, draw]


def test_the_oldest_go(draw: Draw, drawn: list[Draw], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed for each run does not fill a disk."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setattr(queries, "MOST_KEPT", 3)
    for seed in range(5):
        queries.queries(evolve(draw, seed=seed))

    assert len(list((tmp_path / "queries").iterdir())) == 3
    assert len(drawn) == 5
