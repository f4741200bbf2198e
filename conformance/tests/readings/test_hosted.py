"""What the hosted service was seen to answer beyond its page: news, and nothing else."""

from __future__ import annotations

from conformance.checks import ALL
from conformance.checks.family import FUZZ
from conformance.finding import Level
from conformance.jsontext import Json
from conformance.mock.faults.fault import Fault
from conformance.mock.faults.tools import each_item
from conformance.run.engine import Plan, run_operation
from conformance.spec.contract import Contract
from conformance.tests.runs import CONTRACTS, application, opening


def _as_hosted(_: Contract, item: dict[str, Json]) -> None:
    """As in public recordings of 2026-10-03."""
    item |= {"architecture": "amd64", "interactivePort": 23456}


def test_two_fields_of_sessions_are_two_notes() -> None:
    """No error and no warning beside them."""
    contract = CONTRACTS["vercel_sessions"]
    hosted = Fault(name="hosted", says="As hosted.", check="fields-documented", spoil=each_item(_as_hosted))
    plan = Plan(checks=[check for check in ALL if check.family is not FUZZ], seed=1)
    result = run_operation(contract, plan, opening(contract, application(contract, fault=hosted)))

    assert [(finding.level, finding.place) for finding, _ in result.findings] == [
        (Level.NOTE, "/sessions/*/architecture"),
        (Level.NOTE, "/sessions/*/interactivePort"),
    ]
