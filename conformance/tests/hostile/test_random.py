"""500 random byte strings, as answers and as bodies: each ends in a finding or in a sentence."""

from __future__ import annotations

import itertools
import json
import random
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.errors import TargetError
from conformance.exchange import Exchange
from conformance.target.attempts import MOST_SILENCE
from conformance.target.limits import Limits
from conformance.target.target import Target
from conformance.tests.conftest import TOKEN
from conformance.tests.hostile.servers import Script, answers, head, sends, serving
from conformance.tests.in_process import client
from conformance.tests.runs import CONTRACTS, application

STEM = "sandbase_sessions"
pytestmark = pytest.mark.machine
EACH = 250
SEED = 20261123


@pytest.fixture(scope="module")
def page() -> bytes:
    """An honest first page."""
    contract = CONTRACTS[STEM]
    with client(application(contract, items=6), {"Authorization": f"Bearer {TOKEN}"}) as asks:
        return asks.get(contract.path).content


def noise(chance: random.Random, honest: bytes) -> bytes:
    """Random bytes, or something honest with a few bytes changed, dropped, doubled or cut off."""
    if chance.random() < 0.3:
        return chance.randbytes(chance.randrange(400))
    made = bytearray(honest)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randrange(1, 9)]
            case 2:
                made[at:at] = made[at : at + chance.randrange(1, 60)]
            case _:
                made[at:at] = chance.choice([b"{", b"[", b'"', b"\\u", b"null", b"-", b"1e999", b"\r\n", b","])
    return bytes(made[: chance.randrange(1, len(made))] if chance.random() < 0.1 else made)


def in_turn(scripts: Sequence[Script]) -> tuple[Script, Iterator[int]]:
    """A server that answers each request in another way, and the count of its answers."""
    numbers = itertools.count()

    def script(connection: socket.socket, request: bytes) -> None:
        scripts[next(numbers) % len(scripts)](connection, request)

    return script, numbers


def test_random_answers_are_answers_or_errors(page: bytes) -> None:
    """Whatever comes instead of HTTP, the target gives an exchange or raises TargetError."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    honest = head("200 OK", "Content-Type: application/json", f"Content-Length: {len(page)}") + page
    script, numbers = in_turn([sends(noise(chance, honest)) for _ in range(EACH)])
    ended: list[object] = []

    with serving(script) as url:
        while len(ended) < EACH:
            with Target(CONTRACTS[STEM], url, secret=TOKEN, limits=Limits(timeout=1)) as target:
                ended += [outcome(target) for _ in range(MOST_SILENCE)]

    assert next(numbers) >= EACH
    assert {type(one) for one in ended} == {Exchange, TargetError}


def outcome(target: Target) -> object:
    """What sending one request comes to."""
    try:
        return target.send()
    except TargetError as error:
        return error


def test_random_bodies_are_findings(page: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever comes instead of a page, runs end with drift or could not tell, and no check crashes."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    script, numbers = in_turn([answers(noise(chance, page)) for _ in range(EACH)])
    report = tmp_path / "report.json"
    codes: set[int] = set()
    crashes: set[str] = set()

    with serving(script) as url:
        while next(numbers) < EACH:
            codes.add(main(["run", STEM, "--target", url, "--timeout", "2", "--report", str(report)]))
            (operation,) = json.loads(report.read_text())["operations"]
            crashes |= {one["reason"] for one in operation["outcomes"] if "crashed" in one["reason"]}

    assert codes <= {1, 3}
    assert crashes == set()
    assert "Traceback" not in capsys.readouterr().out
