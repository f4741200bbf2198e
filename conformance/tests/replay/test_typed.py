"""Pages that are read by type are those that are plainly in order, and nothing else is said of them than of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import httpx
import pytest

from conformance import checks
from conformance.exchange import Exchange, Request
from conformance.mock.motion import Motion
from conformance.replay.examine import Examiner
from conformance.replay.quick.rows import Typed
from conformance.replay.quick.sheets import Sheets
from conformance.replay.quick.suspects import SINGLE, Spotless, finds
from conformance.replay.recording.blocks import Block
from conformance.replay.recording.lines import read
from conformance.replay.tally import Tally
from conformance.spec.contract import Contract
from conformance.tests.conftest import Ran
from conformance.tests.replay.conftest import recorded, told
from conformance.tests.replay.mutations import mutated
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
LIES = [
    ("vercel_sessions", "item-differs-by-listing", None),
    ("vercel_sessions", "repeat-last-item", None),
    ("vercel_sandboxes", "total-is-page", 5),
    ("sandbase_sessions", "filter-loses-one", 5),
    ("instavm_sandboxes", "item-differs-by-listing", None),
    ("browserbase_sessions", "identity-shared", None),
]


def exchange(body: bytes) -> Exchange:
    """An answer with a body."""
    request = Request("GET", "http://127.0.0.1/", ())
    return Exchange(request, 200, httpx.Headers({"content-type": "application/json"}), body, 0.0)


def page_of(contract: Contract) -> Any:
    """The body of the first page of a recording."""
    entries = (read(line) for line in recorded(contract))
    return next(json.loads(one.body or "") for one in entries if one.status == 200)


def test_an_honest_recording_is_read_by_type(contract: Contract) -> None:
    """Every good page of every operation is read by type, which is what makes a replay fast."""
    answers = [exchange((one.body or "").encode()) for one in map(read, recorded(contract)) if one.status == 200]
    sheets = Sheets(contract).of_all(answers)

    assert len(sheets) >= 10
    assert all(sheet and sheet.is_typed and sheet.is_strict and sheet.agrees and sheet.decodes for sheet in sheets)


@pytest.mark.parametrize("bodies", [60, pytest.param(400, marks=pytest.mark.exhaustive)])
def test_odd_bodies_are_left_to_their_checks(contract: Contract, bodies: int) -> None:
    """No check finds anything in a body, however odd, where the cheap look at it sees no cause to run it."""
    spotless, page, draw = Spotless(contract), page_of(contract), Random(contract.stem)  # noqa: S311 - no secret
    by_type = 0

    for _ in range(bodies):
        body = mutated(page, draw)
        suspects, again = spotless.suspects(exchange(body)), exchange(body)
        by_type += "body-matches-schema" not in suspects
        assert {
            name
            for name, check in SINGLE.items()
            if not check.needs(contract) and check.sees(contract, again) and finds(name, contract, again)
        } <= suspects, body
    assert bodies / 8 < by_type < bodies * 7 / 8


def tally(contract: Contract, lines: list[bytes]) -> Tally:
    """What all checks see and find in some lines, cut once."""
    middle = len(lines) * 2 // 3
    block = Block("lines", 1, tuple(lines[:middle]), tuple(lines[middle:]))
    return Examiner(contract, checks=[check.id for check in checks.ALL]).tally(block)


def every_third(function: Callable[[Typed, bytes], Any]) -> Callable[[Typed, bytes], Any]:
    """A reader by type that leaves two of three bodies to be read as JSON."""
    return lambda typed, body: function(typed, body) if crc32(body) % 3 == 0 else None


@pytest.mark.parametrize(("stem", "fault", "motion"), LIES)
def test_rows_and_json_tell_the_same(
    stem: str, fault: str, motion: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording tells the same whether its pages are read by type, as JSON, or some so and some so."""
    contract = CONTRACTS[stem]
    lines = recorded(contract, fault, motion=Motion(seed=motion) if motion else None)
    by_type = told(tally(contract, lines))
    monkeypatch.setattr(Typed, "read", every_third(Typed.read))
    mixed = told(tally(contract, lines))
    monkeypatch.setattr(Typed, "read", lambda *_: None)

    assert told(tally(contract, lines)) == by_type
    assert mixed == by_type


@pytest.mark.parametrize("metadata", ['{"n":1,"n":1E6}', '{"n":"a","n":"\\u0022\\u0022"}', '{"n":{"m":0,"m":[]}}'])
def test_a_name_twice_is_told(metadata: str, tmp_path: Path, replay: Callable[..., Ran]) -> None:
    """A name that stands twice is told, however the rest makes up for what a reader loses."""
    stem = "browserbase_sessions"
    line = next(json.loads(line) for line in recorded(CONTRACTS[stem]) if json.loads(line)["status"] == 200)
    page = json.loads(line["body"])
    page[0]["userMetadata"] = "here"
    body = json.dumps(page, separators=(",", ":"), ensure_ascii=False).replace('"here"', metadata)
    path = tmp_path / "twice.jsonl"
    path.write_text(json.dumps(line | {"body": body}))

    assert replay(stem, path).ids() == {"json-strict"}


@pytest.mark.parametrize("name", ["\\ud800", "x" * 10 + "\\udc00"])
def test_half_a_pair_is_told(name: str, tmp_path: Path, replay: Callable[..., Ran]) -> None:
    """A text that is no text is drift, and can be written down."""
    line = next(json.loads(line) for line in recorded(CONTRACTS[STEM]) if json.loads(line)["status"] == 200)
    line["body"] = line["body"].replace('"cwd":"', f'"cwd":"{name}', 1)
    path = tmp_path / "half.jsonl"
    path.write_text(json.dumps(line))

    assert "json-strict" in replay(STEM, path).ids()


def test_a_body_that_is_nested_too_deeply_is_told(tmp_path: Path, replay: Callable[..., Ran]) -> None:
    """A value that may be anything may not be nested without end."""
    stem = "browserbase_sessions"
    line = next(json.loads(line) for line in recorded(CONTRACTS[stem]) if json.loads(line)["status"] == 200)
    page = json.loads(line["body"])
    page[0]["userMetadata"] = json.loads('{"d":' * 250 + "1" + "}" * 250)
    path = tmp_path / "deep.jsonl"
    path.write_text(json.dumps(line | {"body": json.dumps(page)}))

    assert "json-strict" in replay(stem, path).ids()
