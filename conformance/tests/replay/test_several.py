"""A recording that holds several operations: each entry is judged by the operation that it belongs to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.replay.conftest import recorded
from conformance.tests.replay.written import har
from conformance.tests.runs import CONTRACTS

LISTED = {"vercel_sessions": "equals-ignored", "browserbase_sessions": None, "instavm_sandboxes": None}
"""Operations, and how their servers lie."""


def at_home(stem: str) -> list[bytes]:
    """The lines of a run as the provider's own host would have given them."""
    server = CONTRACTS[stem].server.encode()
    return [line.replace(b"http://127.0.0.1:8931", server) for line in recorded(CONTRACTS[stem], LISTED[stem])]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two files in which three operations take turns, among traffic of others and a line that is broken."""
    folder = tmp_path_factory.mktemp("several")
    runs = [at_home(stem) for stem in LISTED]
    mixed = [line for turn in range(max(map(len, runs))) for run in runs for line in run[turn : turn + 1]]
    other = json.dumps(json.loads(mixed[0]) | {"url": "https://elsewhere.example/"}).encode() + b"\n"
    made = {"a.har": har([*mixed[:30], other]), "b.jsonl": b"".join([*mixed[30:], b"broken\n"])}
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made]


def replayed(report: Path, *what: object) -> tuple[int, dict[str, Any]]:
    """Exit code and report."""
    code = main(["replay", *map(str, what), "--jobs", "1", "--report", str(report)])
    return code, json.loads(report.read_text())


def test_each_operation_is_reported_as_if_it_were_alone(files: list[Path], tmp_path: Path) -> None:
    """Without a stem those are reported that are found, with the same findings as when they are named."""
    code, told = replayed(tmp_path / "all.json", *files)
    alone = [replayed(tmp_path / f"{stem}.json", stem, *files)[1]["operations"][0] for stem in sorted(LISTED)]
    for operation in (*told["operations"], *alone):
        operation["seconds"] = 0

    assert (code, told["operations"]) == (1, alone)
    assert told["recording"]["ignored"] == {"another host or path": 1}
    assert told["recording"]["exchanges"] == sum(one["requests"] for one in alone)
    assert told["recording"]["entries"] == told["recording"]["exchanges"] + 2
    (broken,) = told["recording"]["unreadable"]["first"]
    assert broken["line"] == told["recording"]["entries"] - 31


def test_some_may_be_named(files: list[Path], tmp_path: Path) -> None:
    """Stems stand before the files; what is named is reported, whether it is found or not."""
    stems = ["browserbase_sessions", "sandbase_sessions"]
    code, told = replayed(tmp_path / "report.json", *stems, *files)

    assert (code, [one["stem"] for one in told["operations"]]) == (3, stems)
    assert [bool(one["requests"]) for one in told["operations"]] == [True, False]


def test_what_two_operations_may_have_asked_of_this_machine_is_not_guessed(tmp_path: Path) -> None:
    """Two listings at one path, on a host that is neither's: the entry is counted, and judged when one is named."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(recorded(CONTRACTS["browserbase_sessions"])))
    code, told = replayed(tmp_path / "report.json", path)

    assert (code, told["operations"]) == (3, [])
    assert list(told["recording"]["ignored"]) == ["of several operations; name the one that is meant"]


def test_a_stem_alone_names_no_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with what to do."""
    assert main(["replay", "vercel_sessions"]) == 2
    assert "no recording is named" in capsys.readouterr().err
