"""Cursors that expire, or are somebody's own: followed in time, when they are too old, and by somebody else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from attrs import evolve

from conformance import checks
from conformance.checks.family import FUZZ
from conformance.cli.main import main
from conformance.mock.motion import Motion
from conformance.result import Result
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.target.clock import Clock, ToldClock
from conformance.target.limits import Limits
from conformance.tests import in_process
from conformance.tests.checks.test_other_contracts import HERE, OTHERS
from conformance.tests.runs import application, drifted, opening, ran

STEM = "ridge_hikes"
"""Its cursors live for ten minutes, and for who was given them."""
OWN, ANOTHER = "a-key-of-ridges", "the-key-of-another"


class Slow(ToldClock):
    """A minute passes whenever somebody looks."""

    def now(self) -> float:
        """Seconds since it was made."""
        self.wait(60, most=60)
        return super().now()


def timed(contract: Contract, clock: Clock, *, fault: str | None = None) -> Result:
    """A run that reads the mock's clock."""
    plan = Plan(checks=[check for check in checks.ALL if check.family is not FUZZ], seed=1)
    server = application(contract, fault=fault, fixtures=HERE / "fixtures", now=clock.now)
    return run_operation(contract, plan, opening(contract, server, evolve(Limits(), clock=clock)))


def told(result: Result, check: str) -> tuple[str, str]:
    """How a check ended, and why."""
    return next((str(one.outcome), one.reason) for one in result.outcomes if one.check == check)


def test_a_slow_run_follows_no_cursor_that_has_expired_meanwhile() -> None:
    """What was listed long ago is listed again before its cursor is followed: an honest server is not accused."""
    result = timed(OTHERS[STEM], Slow())

    assert drifted(result) == set()
    assert [one.reason for one in result.outcomes if one.outcome == "errored"] == []
    assert result.requests > ran(OTHERS[STEM], fixtures=HERE / "fixtures").requests


def test_nobody_waits_for_ten_minutes() -> None:
    """Where time has to pass, a lifetime that is too long is a reason to skip, at once, and no finding."""
    began = time.monotonic()
    result = timed(OTHERS[STEM], Clock(), fault="expired-cursor-accepted")

    assert told(result, "expired-cursor-refused") == (
        "skipped",
        "a cursor lives for 600 s, longer than a run waits at once",
    )
    assert drifted(result) == set()
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("stem", [STEM, "fjord_ferries"])
def test_a_collection_that_moves_is_not_accused(stem: str) -> None:
    """What is added meanwhile gives nothing away, changes no page that follows, and keeps no cursor alive."""
    result = ran(OTHERS[stem], motion=Motion(every=2), fixtures=HERE / "fixtures")
    cursors = {"cursor-arguments-fixed", "cursor-private", "expired-cursor-refused"}

    assert [one.check for one, _ in result.findings if one.is_error] == []
    assert {one.outcome for one in result.outcomes if one.check in cursors} == {"held"}


def test_one_that_was_never_given_may_be_refused_as_one_that_has_expired() -> None:
    """Either documented status is right for a cursor that nobody gave; for one that has expired its own alone."""
    both = ran(OTHERS[STEM], readings=("unknown-cursor-expired",), fixtures=HERE / "fixtures")
    other = ran(OTHERS[STEM], "expired-cursor-unknown", fixtures=HERE / "fixtures")

    assert (drifted(both), drifted(other)) == (set(), {"expired-cursor-refused"})


def ran_by_two(
    directory: Path, monkeypatch: pytest.MonkeyPatch, *, fault: str | None = None, another: str = ANOTHER
) -> tuple[int, str]:
    """The exit code of a run with two credentials on a server that has two customers, and all that it wrote."""
    server = application(OTHERS[STEM], fault=fault, fixtures=HERE / "fixtures", secret=OWN, other=ANOTHER)
    monkeypatch.setenv("RIDGE_KEY", OWN)
    monkeypatch.setenv("RIDGE_KEY_OTHER", another)
    report, recording = directory / "report.json", directory / "traffic.jsonl"
    words = ["run", STEM, "--specs", str(HERE / "specs"), "--check", "cursor-private"]
    with in_process.answering(server) as url:
        code = main([*words, "--target", url, "--report", str(report), "--record", str(recording)])
    return code, report.read_text() + recording.read_text()


def test_what_a_cursor_gives_away_is_told_without_either_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody else's request is shown with the variable of the second credential, and is in no recording."""
    code, written = ran_by_two(tmp_path, monkeypatch, fault="foreign-cursor-opens")
    shown = capsys.readouterr().out

    assert code == 1
    assert "items that it may not see" in shown
    assert shown.count("$RIDGE_KEY_OTHER") == 1
    assert not any(secret in shown + written for secret in (OWN, ANOTHER))
    assert "RIDGE_KEY_OTHER" not in (tmp_path / "traffic.jsonl").read_text()


@pytest.mark.parametrize(
    ("another", "why"),
    [
        ("", "no second credential is known: RIDGE_KEY_OTHER holds none"),
        ("nobody", "the second credential is not accepted"),
        (OWN, "the second credential may see what the cursor leads to"),
    ],
)
def test_without_somebody_who_sees_less_nothing_can_be_told(
    another: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second credential that is unknown, wrong, or of the same customer is a reason to skip, and no finding."""
    code, written = ran_by_two(tmp_path, monkeypatch, fault="foreign-cursor-opens", another=another)

    assert code == 3
    assert why in written


def test_a_second_credential_that_cannot_be_sent_is_told_only_where_it_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its variable is named where a cursor is private, and read nowhere else."""
    code, written = ran_by_two(tmp_path, monkeypatch, another="schlüssel-einer-anderen")
    monkeypatch.setenv("QUARRY_KEY", OWN)
    monkeypatch.setenv("QUARRY_KEY_OTHER", "schlüssel-einer-anderen")
    server = application(OTHERS["quarry_blocks"], fixtures=HERE / "fixtures", secret=OWN)
    with in_process.answering(server) as url:
        words = ["run", "quarry_blocks", "--specs", str(HERE / "specs"), "--check", "pages-disjoint"]
        elsewhere = main([*words, "--target", url])

    assert (code, elsewhere) == (3, 0)
    assert "the value of RIDGE_KEY_OTHER cannot be sent as a credential" in written
    assert "anderen" not in written
