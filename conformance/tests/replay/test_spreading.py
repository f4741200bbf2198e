"""However the blocks of a recording are spread, the report is the same."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conformance import checks
from conformance.cli.main import main
from conformance.replay.cores import Work, examine, summed
from conformance.replay.recording.blocks import Block, cut, stretches
from conformance.replay.tallies import Tallies
from conformance.tests.replay.conftest import recorded, told
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
WORK = Work((STEM,), "", frozenset(check.id for check in checks.ALL))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Recordings of two liars and an honest server, and one broken line."""
    made = []
    for fault in ("equals-ignored", "repeat-last-item", None):
        path = tmp_path_factory.mktemp("recorded") / f"{fault}.jsonl"
        path.write_bytes(b"".join([*recorded(CONTRACTS[STEM], fault), b"broken\n"]))
        made.append(str(path))
    return made


def replayed(files: list[str], report: Path, *options: str) -> dict[str, Any]:
    """The report of a replay, without what a clock says."""
    assert main(["replay", STEM, *files, "--report", str(report), *options]) == 1
    record: dict[str, Any] = json.loads(report.read_text())
    for timed in (record, *record["operations"]):
        timed.pop("started", None)
        timed.pop("seconds")
    return record


@pytest.mark.machine
def test_processes_and_machines_give_one_report(files: list[str], tmp_path: Path) -> None:
    """One process, two processes and a cluster of two workers write the same report."""
    distributed = pytest.importorskip("distributed")
    alone = replayed(files, tmp_path / "1.json", "--jobs", "1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, processes=True
    ) as cluster:
        spread = replayed(files, tmp_path / "c.json", "--scheduler", cluster.scheduler_address)

    assert {one["check"] for one in alone["operations"][0]["findings"]} >= {"filter-sound", "pages-disjoint"}
    assert alone["recording"]["unreadable"]["count"] == 3
    assert replayed(files, tmp_path / "2.json", "--jobs", "2") == alone
    assert spread == alone


@pytest.mark.machine
def test_no_scheduler_is_exit_2(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A scheduler that does not answer is said, with what to do."""
    assert main(["replay", STEM, *files, "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "no Dask scheduler answers" in capsys.readouterr().err


def parts(files: list[str]) -> Iterator[Block]:
    """Small blocks of all files."""
    for file in files:
        yield from cut(file, Path(file).read_bytes().splitlines(keepends=True), own=50_000, ahead=20_000)


def test_the_sum_does_not_depend_on_order_or_grouping(files: list[str]) -> None:
    """Tallies add up to the same whole in any order, and grouped in any way."""
    tallies = [examine(WORK, block) for block in parts(files)]
    whole = summed(tallies)
    random = Random(1)  # noqa: S311 - no secret
    for _ in range(5):
        random.shuffle(tallies)
        middle = random.randrange(len(tallies))
        assert same(summed([summed(tallies[:middle]), summed(tallies[middle:])]), whole)

    assert len(tallies) > 5
    assert same(whole | Tallies(), whole)


def same(one: Tallies, other: Tallies) -> bool:
    """Whether two sums say the same, witnesses and all."""
    return bool(told(one.each[STEM]) == told(other.each[STEM]) and told(one.whole) == told(other.whole))


@pytest.mark.parametrize(("own", "ahead"), [(100, 30), (100, 0), (1, 1), (5_000, 100)])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"no end"])
def test_a_plain_file_is_cut_where_its_lines_are(tmp_path: Path, own: int, ahead: int, end: bytes) -> None:
    """Whoever examines a block of a plain file reads the very lines that a stream would have in it."""
    random, path = Random(7), tmp_path / "x.jsonl"  # noqa: S311 - no secret
    path.write_bytes(b"".join(b"%d\n" % random.randrange(10 ** random.randrange(1, 60)) for _ in range(200)) + end)
    lines = list(io.BytesIO(path.read_bytes()))

    assert [one.read() for one in stretches(path, own=own, ahead=ahead)] == list(
        cut(str(path), lines, own=own, ahead=ahead)
    )


def test_blocks_hold_every_line_once() -> None:
    """Blocks cut a file without loss, and what follows a block is what the next one begins with."""
    lines = [b"%d\n" % number for number in range(1000)]
    made = list(cut("x", lines, own=100, ahead=30))

    assert [line for block in made for line in block.own] == lines
    assert [block.first for block in made] == [1 + lines.index(block.own[0]) for block in made]
    for block, following in pairwise(made):
        assert block.ahead == (*following.own, *following.ahead)[: len(block.ahead)]
        assert sum(map(len, block.ahead)) >= 28
