"""`conformance replay` as a user meets it: formats, broken files, exit codes, secrets."""

from __future__ import annotations

import gzip
import importlib
import io
import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.cli.main import main
from conformance.spec.load import own_specs
from conformance.tests.conftest import TOKEN, Ran, listening, mock
from conformance.tests.replay.conftest import recorded
from conformance.tests.replay.written import har, in_base64
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
Replay = Callable[..., Ran]


@pytest.fixture(scope="module")
def honest() -> list[bytes]:
    """The lines of an honest run."""
    return recorded(CONTRACTS[STEM])


def test_a_run_can_be_recorded_and_replayed(tmp_path: Path, replay: Replay) -> None:
    """`run --record` writes what `replay` reads, with no credential in it."""
    path = tmp_path / "run.jsonl"
    with mock(CONTRACTS[STEM]) as url:
        assert main(["run", STEM, "--target", url, "--record", str(path)]) == 0
    ran = replay(STEM, path)

    assert ran.code == 0
    assert ran.record["recording"]["exchanges"] == len(path.read_bytes().splitlines())
    assert ran.record["operations"][0]["requests"] == ran.record["recording"]["exchanges"]
    assert TOKEN not in path.read_text()


def test_all_formats_say_the_same(tmp_path: Path, replay: Replay) -> None:
    """JSON Lines, HAR, gzip and base64 bodies of one recording give one list of findings."""
    lines = recorded(CONTRACTS[STEM], "equals-ignored")
    files = {
        "a.jsonl": b"".join(lines),
        "a.jsonl.gz": gzip.compress(b"".join(lines)),
        "a.har": har(lines),
        "b.har": b"\xef\xbb\xbf" + har(lines, in_base64),
        "a.har.gz": gzip.compress(har(lines)),
    }
    findings = []
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        ran = replay(STEM, tmp_path / name)
        findings.append([(one["id"], one["count"], one["actual"]) for one in ran.record["operations"][0]["findings"]])
        assert ran.code == 1

    assert all(one == findings[0] for one in findings)
    assert findings[0]


def test_standard_input(honest: list[bytes], monkeypatch: pytest.MonkeyPatch, replay: Replay) -> None:
    """`-` reads standard input, compressed or not."""
    compressed = io.BytesIO(gzip.compress(b"".join(honest)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(compressed)))

    assert replay(STEM, "-").record["recording"]["exchanges"] == len(honest)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.har"])
def test_a_broken_end_is_told_and_the_rest_is_read(
    tmp_path: Path, honest: list[bytes], replay: Replay, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that breaks off is read as far as it goes; where it breaks off is said."""
    path = tmp_path / name
    whole = har(honest) if name.endswith("har") else b"".join(honest)
    content = gzip.compress(whole) if name.endswith("gz") else whole
    path.write_bytes(content[: len(content) * 3 // 4])
    ran = replay(STEM, path)
    told = ran.record["recording"]["unreadable"]

    assert ran.code == 0
    assert told["count"] >= 1
    assert len(honest) // 4 < ran.record["recording"]["exchanges"] < len(honest)
    assert f"{path}:{told['first'][-1]['line']}: " in capsys.readouterr().err


def test_corrupt_lines_are_named_and_skipped(
    tmp_path: Path, honest: list[bytes], replay: Replay, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no exchange is said by file and line, and costs nothing else."""
    bad = [b"no json\n", b"[1]\n", b'{"url":"x"}\n', b"\xff\xfe\n", b'{"url":1,"status":2}\n', b"\n"]
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"".join([honest[0], *bad, *honest[1:]]))
    ran = replay(STEM, path)
    lines = [one["line"] for one in ran.record["recording"]["unreadable"]["first"]]

    assert ran.code == 0
    assert lines == [2, 3, 4, 5, 6]
    assert ran.record["recording"]["exchanges"] == len(honest)
    assert f"{path}:2: no exchange" in capsys.readouterr().err


def test_bad_entries_of_a_har_are_named_and_skipped(tmp_path: Path, honest: list[bytes], replay: Replay) -> None:
    """An entry without a response is said by its number; one without a recorded body is counted."""

    def change(number: int, entry: dict[str, Any]) -> Any:
        if number == 1:
            return {"request": entry["request"]}
        if number == 2:
            del entry["response"]["content"]["text"]
        return "nothing" if number == 3 else entry

    path = tmp_path / "a.har"
    path.write_bytes(har(honest, change))
    told = replay(STEM, path).record["recording"]

    assert [one["line"] for one in told["unreadable"]["first"]] == [2, 4]
    assert told["ignored"] == {"no body was recorded": 1}
    assert told["exchanges"] == len(honest) - 3


def test_other_traffic_is_counted_and_ignored(tmp_path: Path, honest: list[bytes], replay: Replay) -> None:
    """Entries of other methods, paths and hosts are left out, and counted by reason."""
    one = json.loads(honest[0])
    elsewhere = "https://elsewhere.example" + CONTRACTS[STEM].path
    others = [{"method": "POST"}, {"url": one["url"].replace("sessions", "others")}, {"url": elsewhere}, {"status": 0}]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join([*honest, *(json.dumps(one | other).encode() + b"\n" for other in others)]))
    told = replay(STEM, path).record["recording"]

    assert told["ignored"] == {"another host or path": 2, "another method": 1, "no answer was recorded": 1}
    assert replay(STEM, path, "--server", "https://elsewhere.example").record["recording"]["exchanges"] == 1


def test_nothing_of_the_operation_is_exit_3(
    tmp_path: Path, honest: list[bytes], replay: Replay, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recording of something else, or of nothing, is no success."""
    path, empty = tmp_path / "a.jsonl", tmp_path / "empty"
    path.write_bytes(b"".join(honest))
    empty.write_bytes(b"")

    assert replay(STEM, empty).code == 3
    assert replay("browserbase_sessions", path).code == 3
    assert "--server says where it was asked" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([STEM, "nowhere.har"], "nowhere.har: no such file"),
        (["vercel_session", "x"], "Did you mean 'vercel_sessions'?"),
        ([STEM, __file__, "--check", "json-stric"], "Did you mean 'json-strict'?"),
        ([STEM, __file__, "--server", "ftp://x"], "not a base URL"),
        ([STEM, __file__, "--report", "x.docx"], "no report format"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not exist is said, with the nearest that does."""
    assert main(["replay", *arguments, "--jobs", "1"]) == 2
    assert words in capsys.readouterr().err


def test_secrets_do_not_reach_the_report(tmp_path: Path, honest: list[bytes], replay: Replay) -> None:
    """Credentials in headers and queries, their echo in a body, and cookies are shown nowhere."""
    one = json.loads(honest[0])
    body = json.loads(one["body"])
    body["echo"] = "hunter2hunter2 and hunter3hunter3"
    header = one | {
        "url": f"https://user:hunter6@{one['url'].removeprefix('http://')}?api_key=hunter4hunter4",
        "request_headers": [["authorization", "Bearer hunter2hunter2"], ["Cookie", "a=hunter5"]],
        "headers": [*one["headers"], ["set-cookie", "a=hunter5"], ["X-Api-Key", "hunter7"]],
        "body": json.dumps(body | {"echo": "hunter2hunter2"}),
    }
    query = header | {"url": f"{one['url']}?access_token=hunter3hunter3", "request_headers": []}
    query["body"] = json.dumps(body | {"echo": "hunter3hunter3"})
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(json.dumps(each).encode() + b"\n" for each in (header, query)))
    ran = replay(STEM, path)

    assert ran.ids() == {"fields-documented"}
    assert ran.record["recording"]["exchanges"] == 2
    assert "hunter" not in json.dumps(ran.record)


def test_only_the_checks_that_are_asked_for(tmp_path: Path, replay: Replay) -> None:
    """`--check` and `--skip` choose as they do for a run."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(recorded(CONTRACTS[STEM], "equals-ignored")))

    assert replay(STEM, path, "--check", "json-strict").ids() == set()
    assert replay(STEM, path, "--check", "filter-sound").ids() == {"filter-sound"}
    assert "filter-sound" not in replay(STEM, path, "--skip", "filter-sound").ids()


def test_another_documented_success_holds_pages_too(tmp_path: Path, honest: list[bytes], replay: Replay) -> None:
    """Where a 201 is documented beside the 200, what it lists is judged as much; where it is not, it is no page."""
    spec = tmp_path / f"{STEM}.yaml"
    text = (own_specs() / spec.name).read_text()
    answer = re.search(r"(?ms)^        '200':\n.*?(?=^        '4)", text)
    assert answer
    also = answer[0].replace("'200'", "'201'").partition("          links:")[0]
    spec.write_text(text.replace(answer[0], answer[0] + also))
    bodies = [json.loads(line) for line in honest]
    page = next(one for one in bodies if one["status"] == 200 and len(json.loads(one["body"])["sessions"]) > 1)
    held = json.loads(page["body"])
    held["sessions"][1]["id"] = held["sessions"][0]["id"]
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(page | {"status": 201, "body": json.dumps(held)}) + "\n")

    assert "identity-unique" in replay(STEM, path, "--specs", str(tmp_path)).ids()
    assert replay(STEM, path).ids() == {"status-documented"}


def test_the_recipe_for_a_client_writes_what_replay_reads(tmp_path: Path, replay: Replay) -> None:
    """The event hooks that the README shows record what the generated client does."""
    text = (own_specs().parent / "conformance" / "README.md").read_text()
    recipe = text.partition("```python\n")[2].partition("```")[0]
    path = tmp_path / "client.jsonl"
    with listening(CONTRACTS[STEM]) as url, path.open("w") as file:
        names: dict[str, Any] = {"httpx": httpx, "json": json, "datetime": datetime, "UTC": UTC, "file": file}
        exec(recipe, names)  # noqa: S102 - our own README
        client = importlib.import_module(STEM).Client(TOKEN, base_url=url, http_client=names["http_client"])
        listed = len(list(client.list_sessions(limit=10)))
    ran = replay(STEM, path)

    assert listed > 20
    assert ran.code == 0
    assert ran.record["recording"]["exchanges"] == -(-listed // 10)
