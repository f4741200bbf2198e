"""Cursors that expire are followed in time, or when they are surely too old; nobody waits long for that."""

from __future__ import annotations

import time

from attrs import evolve

from conformance import checks
from conformance.checks.family import FUZZ
from conformance.result import Result
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.target.clock import Clock, ToldClock
from conformance.target.limits import Limits
from conformance.tests.checks.test_other_contracts import HERE, OTHERS
from conformance.tests.runs import application, drifted, opening, ran

STEM = "ridge_hikes"
"""Its cursors live for ten minutes."""


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


def test_one_that_was_never_given_may_be_refused_as_one_that_has_expired() -> None:
    """Either documented status is right for a cursor that nobody gave; for one that has expired its own alone."""
    both = ran(OTHERS[STEM], readings=("unknown-cursor-expired",), fixtures=HERE / "fixtures")
    other = ran(OTHERS[STEM], "expired-cursor-unknown", fixtures=HERE / "fixtures")

    assert (drifted(both), drifted(other)) == (set(), {"expired-cursor-refused"})
