"""The benchmark of detection runs both sides and marks what each finds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.machine

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "scripts" / "bench" / "detection.py"


def detection(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark as a user does."""
    return subprocess.run([sys.executable, str(BENCH), *arguments], capture_output=True, text=True, check=False)


def test_both_sides_on_two_faults(tmp_path: Path) -> None:
    """A broken body is found by both; an item that is listed twice by ours alone; nothing is found on an honest mock."""
    path = tmp_path / "detection.json"
    faults = ("--fault", "html-for-json", "--fault", "item-doubled")

    done = detection(
        "--stem", "instavm_sandboxes", *faults, "--seeds", "1", "--items", "2", "--examples", "5", "--json", str(path)
    )

    assert done.returncode == 0, done.stdout + done.stderr
    record = json.loads(path.read_text())
    marks = {pair["fault"]: (pair["ours"]["mark"], pair["schemathesis"]["found"]) for pair in record["pairs"]}
    assert marks == {"html-for-json": ("own", True), "item-doubled": ("own", False)}
    assert all(pair[side]["requests"] > 0 for pair in record["pairs"] for side in ("ours", "schemathesis"))
    assert [(one["items"], one["false"]) for one in record["honest"]] == [(2, [])]
    assert [bar["met"] for bar in record["bars"]] == [True, True, True]
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.startswith(tuple(marks))}
    assert rows == {"html-for-json": ["own", "found"], "item-doubled": ["own", "missed"]}
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_lawful_servers_are_counted_and_none_is_accused(tmp_path: Path) -> None:
    """Every reading of an operation is run alone, and as many combined as asked for; the last bar is about them."""
    path = tmp_path / "detection.json"

    done = detection(
        *("--stem", "instavm_sandboxes", "--fault", "html-for-json", "--only", "ours", "--seeds", "0"),
        *("--readings", "2", "--json", str(path)),
    )

    assert done.returncode == 0, done.stdout + done.stderr
    servers = json.loads(path.read_text())["lawful"]
    assert sorted(len(one["readings"]) > 1 for one in servers)[-3:] == [False, True, True]
    assert not any(one["errors"] or one["errored"] for one in servers)
    assert (
        done.stdout.splitlines()[-1] == f"met     no lawful server is accused: 0 of {len(servers)} runs have an error"
    )


def test_a_name_that_is_nothing_is_wrong_usage() -> None:
    """An unknown fault is said, and exits 2 before anything runs."""
    done = detection("--fault", "html-for-jsno")

    assert (done.returncode, done.stdout) == (2, "")
    assert "html-for-jsno" in done.stderr
