"""Recordings of others: however they are written, they say the same; what a recorder did is no drift."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.replay.recording.har import lines
from conformance.tests.conftest import Ran
from conformance.tests.replay.conftest import recorded
from conformance.tests.replay.written import CASSETTES, HAR, Entry, har
from conformance.tests.runs import CONTRACTS
from conformance.tests.sixth.test_operations import SPECS

STEM = "vercel_sessions"
Replay = Callable[..., Ran]


@pytest.fixture(scope="module")
def lying() -> list[bytes]:
    """The lines of a run that ends with a drift."""
    return recorded(CONTRACTS[STEM], "equals-ignored")


@pytest.fixture(scope="module")
def few() -> list[bytes]:
    """The first lines of an honest run that list something."""
    lines = recorded(CONTRACTS["browserbase_sessions"])
    return [line for line in lines if json.loads(line)["status"] == 200][:5]


def findings(ran: Ran) -> list[tuple[str, int, str]]:
    """What was found, how often, and how it is told."""
    found = ran.record["operations"][0]["findings"]
    return [(one["id"], one["count"], one["actual"]) for one in found]


@pytest.mark.parametrize("name", HAR)
def test_however_har_is_written_it_says_the_same(name: str, lying: list[bytes], tmp_path: Path, replay: Replay) -> None:
    """Keys in any order, numbers, times and headers of any form, in any encoding and compression."""
    plain, path = tmp_path / "a.jsonl", tmp_path / "a.har"
    plain.write_bytes(b"".join(lying))
    path.write_bytes(HAR[name](lying))
    ran = replay(STEM, path)

    assert findings(ran) == findings(replay(STEM, plain)) != []
    assert ran.record["recording"]["unreadable"]["count"] == 0
    assert ran.record["recording"]["exchanges"] == len(lying)


@pytest.mark.parametrize("name", CASSETTES)
def test_cassettes_say_the_same(name: str, lying: list[bytes], tmp_path: Path, replay: Replay) -> None:
    """Of vcrpy in YAML and JSON, compressed bodies and all."""
    plain, path = tmp_path / "a.jsonl", tmp_path / "cassette"
    plain.write_bytes(b"".join(lying))
    path.write_bytes(CASSETTES[name](lying))
    ran = replay(STEM, path)

    assert {one[0] for one in findings(ran)} == {one[0] for one in findings(replay(STEM, plain))}
    assert ran.record["recording"]["exchanges"] == len(lying)


NO_RECORDINGS: dict[str, bytes] = {
    "words": b"These are notes, and no recording.\nOf two lines.\n",
    "another object": b'{"a": 1}\n',
    "an array": b"[1, 2]\n",
    "an OpenAPI document": b'{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}',
    "YAML": b"openapi: 3.1.0\npaths: {}\n",
    "a page": b"<!doctype html><title>log</title>",
    "bytes": bytes(range(256)) * 9,
    "words in gzip": gzip.compress(b"words"),
}


@pytest.mark.parametrize("name", NO_RECORDINGS)
def test_what_is_no_recording_is_said_in_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither HAR nor JSON Lines nor a cassette: exit 2, once, by the name of the file."""
    path = tmp_path / "x"
    path.write_bytes(NO_RECORDINGS[name])

    assert main(["replay", STEM, str(path), "--jobs", "1"]) == 2
    assert capsys.readouterr().err.startswith(
        f"error: {path}: neither HAR nor JSON Lines nor a cassette of vcrpy\nhint: "
    )


def _revalidated(one: Entry) -> None:
    one["request"]["headers"] = [{"name": "If-None-Match", "value": '"1"'}]
    one["response"] |= {"status": 304, "content": {"size": 0, "mimeType": "x-unknown", "text": ""}}


def _cut(one: Entry) -> None:
    content = one["response"]["content"]
    content |= {"size": len(content["text"]), "text": content["text"][:40]}


def _cut_by_header(one: Entry) -> None:
    content = one["response"]["content"]
    one["response"]["headers"] = [
        *(each for each in one["response"]["headers"] if each["name"] != "content-length"),
        {"name": "Content-Length", "value": str(len(content["text"]))},
    ]
    content["text"] = content["text"][:40]


def _cached(one: Entry) -> None:
    one["_fromCache"] = "disk"


ASIDE: dict[str, tuple[Callable[[Entry], None], str]] = {
    "a browser that revalidates": (_revalidated, "a browser asked whether what it holds is still true"),
    "a body that was cut": (_cut, "no whole body was recorded"),
    "a body that is shorter than its header says": (_cut_by_header, "no whole body was recorded"),
    "an answer of the cache": (_cached, "a browser's cache answered"),
}


@pytest.mark.parametrize("name", ASIDE)
def test_what_a_recorder_did_is_no_drift(name: str, few: list[bytes], tmp_path: Path, replay: Replay) -> None:
    """It is counted with its reason, and the rest is judged."""
    change, why = ASIDE[name]

    def changed(number: int, one: Entry) -> Any:
        if number == 1:
            change(one)
        return one

    path = tmp_path / "a.har"
    path.write_bytes(har(few, changed))
    ran = replay("browserbase_sessions", path)

    assert (ran.code, ran.ids()) == (0, set())
    assert ran.record["recording"]["ignored"] == {why: 1}


def test_the_media_type_of_an_exporter_counts(few: list[bytes], tmp_path: Path, replay: Replay) -> None:
    """Where headers were left out and the content's own type is said, that is the content type."""

    def without_headers(_: int, one: Entry) -> Entry:
        one["response"]["headers"] = []
        return one

    path = tmp_path / "a.har"
    path.write_bytes(har(few, without_headers))

    assert (replay("browserbase_sessions", path).code, len(few)) == (0, 5)


def test_entries_without_headers_say_nothing_of_a_cursor_in_one(few: list[bytes], tmp_path: Path) -> None:
    """A listing whose next page stands in a header cannot be judged without any: nothing is told of it."""
    path, report = tmp_path / "a.jsonl", tmp_path / "report.json"
    one = json.loads(few[0]) | {"url": "https://api.cabin.example/v2/boxes", "headers": [], "body": "[]"}
    path.write_text(json.dumps(one) + "\n")
    options = ["--specs", str(SPECS), "--jobs", "1", "--report", str(report)]

    assert main(["replay", "cabin_boxes", str(path), "--server", "https://api.cabin.example", *options]) == 3
    assert json.loads(report.read_text())["recording"]["ignored"] == {"no headers were recorded": 1}


@pytest.mark.parametrize(
    "started", ["2026-11-20T10:00:00+0000", "20261120T100000Z", "2026-11-20T10:00:60+02", 1763632800]
)
def test_lines_of_others_are_read(started: object, few: list[bytes], tmp_path: Path, replay: Replay) -> None:
    """Times of any ISO 8601, marks between files that were joined, statuses as text, and what is null."""
    lines = [json.loads(line) | {"started": started, "status": "200", "seconds": None} for line in few]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(b"\xef\xbb\xbf" + json.dumps(line).encode() + b"\r\n" for line in lines))
    told = replay("browserbase_sessions", path).record["recording"]

    assert (told["exchanges"], told["unreadable"]["count"]) == (5, 0)


def test_what_an_entry_lacks_is_said_in_words() -> None:
    """The name that is missing, and no name of an exception."""
    whole = {"request": {"url": "https://a.example/"}, "response": {"status": 200}}
    entries = [{}, None, {**whole, "response": None}, whole]
    told = [
        json.loads(line)["unreadable"] for line in lines(BytesIO(json.dumps({"log": {"entries": entries}}).encode()))
    ]
    another = "no HAR entry: a part of it is missing, or of another kind"

    assert told == ["no HAR entry: it has no 'request'", another, another, "no HAR entry: it has no 'startedDateTime'"]
