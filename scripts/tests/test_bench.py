"""The benchmarks' table says which bars were met."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.readers import written

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(autouse=True)
def bench_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the benchmark's modules as its programs do."""
    monkeypatch.syspath_prepend(str(BENCH))


@pytest.mark.parametrize(
    ("value", "bars", "verdict"),
    [
        (2.0, {"most": 2.0}, "met"),
        (2.1, {"most": 2.0}, "MISSED"),
        (20.0, {"least": 20.0}, "met"),
        (19.9, {"least": 20.0}, "MISSED"),
        (7.0, {}, "x"),
    ],
)
def test_a_figure_says_whether_its_bar_was_met(value: float, bars: dict[str, float], verdict: str) -> None:
    """The last word of a line is the verdict, and a figure without a bar has none."""
    from figures import Figure

    figure = Figure("name", value, **bars)

    assert figure.line().split()[-1] == verdict
    assert figure.met == (verdict != "MISSED")


def test_one_missed_bar_is_a_missed_section(capsys: pytest.CaptureFixture[str]) -> None:
    """A section was met when all of its figures were, and all are shown either way."""
    from figures import Figure, show

    assert not show("title", [Figure("first", 3.0, most=2.0), Figure("second", 1.0, most=2.0)])
    assert show("title", [Figure("third", 1.0, most=2.0)])
    assert ["first", "second", "third"] == [
        line.split()[0] for line in capsys.readouterr().out.splitlines()[2:] if "at most" in line
    ]


def test_rounds_are_compared_one_by_one() -> None:
    """A ratio is the median of the rounds' ratios: a round in which the machine was busy counts as any other."""
    from timing import Rounds

    rounds = Rounds({"ours": [1.0, 10.0, 2.0], "theirs": [2.0, 20.0, 2.0]})

    assert rounds.ratio("ours", "theirs") == pytest.approx(0.5)


def test_every_work_is_run_in_every_round() -> None:
    """Works take turns."""
    from timing import side_by_side

    ran: list[str] = []
    works: dict[str, Any] = {name: lambda name=name: ran.append(name) for name in "ab"}
    side_by_side(works, time.perf_counter, rounds=2, slice_seconds=0.0)

    assert "ab" + "aaabbb" + "bbbaaa" == "".join(ran)


def test_bodies_are_what_the_specs_say() -> None:
    """What is measured is read on the fastest path, and given back as it came."""
    import importlib

    from bodies import COUNTS, body

    for stem in COUNTS:
        page = importlib.import_module(f"{stem}._fast").read_page(body(stem, 7))
        assert json.loads(body(stem, 7)) == written(page), stem
