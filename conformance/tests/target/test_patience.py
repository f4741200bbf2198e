"""A server that asks to wait is waited for, within bounds, and none of it is drift."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from attrs import evolve

from conformance.errors import TargetError
from conformance.spec.contract import Contract
from conformance.target.limits import Limits
from conformance.target.patience import Patience, pause
from conformance.target.target import Target
from conformance.tests.conftest import TOKEN, Answer, Lie, Ran, liar
from conformance.tests.hostile.servers import Recorder, answers, sends, serving
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"


def sometimes(status: int, headers: dict[str, str], *, every: int = 5) -> Lie:
    """A server that refuses each fifth request."""
    numbers = itertools.count(1)

    def lie(_: object, answer: Answer) -> Answer:
        return Answer(status, headers, b"later") if next(numbers) % every == 0 else answer

    return lie


@pytest.mark.parametrize(
    ("status", "headers"), [(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"}), (429, {"Retry-After": "soon"})]
)
def test_patience_is_no_drift(
    status: int, headers: dict[str, str], run_on: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that asks to wait now and then is asked again; nothing of it is drift."""
    waits: list[float] = []
    monkeypatch.setattr("conformance.target.attempts.time.sleep", waits.append)
    contract = CONTRACTS[STEM]

    done = run_on(STEM, liar(contract, sometimes(status, headers)))

    (operation,) = done.record["operations"]
    assert (done.code, done.ids()) == (0, set())
    assert len(waits) >= 5
    assert {wait for wait in waits if wait} == ({0.5} if headers["Retry-After"] == "soon" else set())
    assert str(status) not in [str(one["response"]["status"]) for f in operation["findings"] for one in f["witness"]]


def test_a_pause_is_kept() -> None:
    """`Retry-After: 1` lengthens the run by a second."""
    contract = CONTRACTS[STEM]
    with liar(contract, sometimes(429, {"Retry-After": "1"}, every=2)) as url, opened(contract, url) as target:
        target.send()
        started = time.monotonic()
        target.send()

    assert time.monotonic() - started >= 1
    assert target.sent == 3


def opened(contract: Contract, url: str, **limits: Any) -> Target:
    """A target on a server."""
    return Target(contract, url, secret=TOKEN, limits=evolve(Limits(), **limits))


def test_a_date_is_understood() -> None:
    """`Retry-After` may be an HTTP date; one that is past asks for no pause."""
    later = datetime.now(UTC) + timedelta(seconds=30)

    assert 25 < pause({"retry-after": format_datetime(later, usegmt=True)}, 0) <= 30
    assert pause({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0) == 0
    assert [pause({}, attempt) for attempt in range(3)] == [0.5, 1, 2]


@pytest.mark.parametrize("said", ["7", "99999999999999999999"])
def test_patience_has_an_end(said: str) -> None:
    """A server that asks for too long a pause could not be asked: an error that says so."""
    with (
        serving(answers(b"", f"Retry-After: {said}", status="429 Too Many Requests")) as url,
        opened(CONTRACTS[STEM], url, patience=Patience(pause=5)) as target,
        pytest.raises(TargetError, match="asks to wait"),
    ):
        target.send()


def test_a_server_that_never_lets_in_is_exit_3(run_on: Callable[..., Ran], capsys: pytest.CaptureFixture[str]) -> None:
    """429 for ever: five attempts, then exit 3."""
    recorder = Recorder()
    server = serving(answers(b"", "Retry-After: 0", status="429 Too Many Requests"), recorder)

    done = run_on(STEM, server)

    assert done.code == 3
    assert len(recorder.heads) == 5
    assert "answered 429 5 times in a row" in capsys.readouterr().out


def test_a_server_that_falls_silent_is_left_alone(run_on: Callable[..., Ran]) -> None:
    """After five requests in a row without an answer none is sent any more."""
    recorder = Recorder()
    first = iter([answers(b'{"sessions": [], "pagination": {"count": 0, "next": null}}')])

    def script(connection: socket.socket, request: bytes) -> None:
        next(first, sends(b""))(connection, request)

    done = run_on("vercel_sessions", serving(script, recorder))

    assert done.code in {1, 3}
    assert len(recorder.heads) == 6


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
@pytest.mark.parametrize(
    "form",
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y", " %a, %d %b %Y %H:%M:%S +0000"],
)
def test_every_form_of_a_date_is_the_same_pause(form: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9110 knows three, of which two are obsolete; where the machine stands does not matter."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        later = datetime.now(UTC) + timedelta(seconds=90)
        assert 85 < pause({"retry-after": later.strftime(form)}, 0) <= 90
    finally:
        monkeypatch.undo()
        time.tzset()
