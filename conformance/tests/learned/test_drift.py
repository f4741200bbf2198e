"""What changed between two runs is told by its own check, and never as an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.conftest import Ran, mock
from conformance.tests.learned.conftest import Twice, contract_of, each, findings

Item = dict[str, Any]
Change = Callable[[Item], Item | None]


def without(name: str) -> Change:
    """No item shows a field."""
    return lambda item: {key: value for key, value in item.items() if key != name}


def changed(name: str, value: Callable[[Any], Any], *, when: Callable[[Item], bool] = lambda _: True) -> Change:
    """A field has another value wherever it has one."""
    return lambda item: item | {name: value(item[name])} if item.get(name) is not None and when(item) else item


def completed(item: Item) -> bool:
    """Whether an item says that it has ended."""
    return item["status"] in {"COMPLETED", "stopped", "terminated"}


DRIFT: dict[str, tuple[str, Change, str, str, str]] = {
    "an optional field is gone": (
        "browserbase_sessions",
        without("contextId"),
        "presence-learned",
        "note",
        "/contextId in none of 60 items",
    ),
    "a nullable field is always null": (
        "sandbase_sessions",
        changed("title", lambda _: None),
        "presence-learned",
        "note",
        "/title in none of 86 items",
    ),
    "a nested object is gone": (
        "vercel_sessions",
        without("networkPolicy"),
        "presence-learned",
        "note",
        "/networkPolicy in none of 86 items",
    ),
    "a nullable field is gone": (
        "instavm_sandboxes",
        without("template_id"),
        "presence-learned",
        "note",
        "/template_id in none of 433 items",
    ),
    "numbers are text": ("browserbase_sessions", changed("proxyBytes", str), "type-learned", "note", "string"),
    "whole numbers have a fraction": ("sandbase_sessions", changed("agent_version", float), "type-learned", "note", "number"),
    "seconds for milliseconds": (
        "vercel_sessions",
        changed("duration", lambda value: value // 1000),
        "magnitude-learned",
        "warning",
        "numbers of about 10^",
    ),
    "kilobytes are bytes": (
        "vercel_sandboxes",
        changed("memory", lambda value: value * 1024),
        "magnitude-learned",
        "warning",
        "numbers of about 10^",
    ),
    "microseconds since 1970": (
        "vercel_sandboxes",
        changed("createdAt", lambda value: value * 1000),
        "magnitude-learned",
        "warning",
        "as Unix time in µs",
    ),
    "a state has another name": (
        "browserbase_sessions",
        changed("status", lambda status: "ACTIVE" if status == "RUNNING" else status),
        "vocabulary-learned",
        "note",
        "ACTIVE",
    ),
    "a state is told as another": (
        "sandbase_sessions",
        changed("status", lambda status: "idle" if status == "rescheduling" else status),
        "vocabulary-learned",
        "note",
        "idle, running, terminated",
    ),
    "identities begin otherwise": (
        "vercel_sessions",
        changed("id", lambda name: name.replace("sess_", "ses2_")),
        "identity-mask-learned",
        "note",
        "such as 'ses2_",
    ),
    "identities are no UUIDs": (
        "browserbase_sessions",
        changed("id", lambda name: name.replace("-", "")),
        "identity-mask-learned",
        "note",
        "length 32",
    ),
    "identities are shorter": (
        "sandbase_sessions",
        changed("id", lambda name: name[:-2]),
        "identity-mask-learned",
        "note",
        "length 15",
    ),
    "an end moves": (
        "browserbase_sessions",
        changed("endedAt", lambda time: time.replace("2026", "2027"), when=completed),
        "finished-unchanged",
        "warning",
        "another (2027-",
    ),
    "a start is lost": (
        "vercel_sessions",
        lambda item: without("startedAt")(item) if completed(item) else item,
        "finished-unchanged",
        "warning",
        "none",
    ),
    "a region moves": (
        "vercel_sandboxes",
        changed("region", lambda _: "xyz1", when=completed),
        "finished-unchanged",
        "warning",
        "another",
    ),
    "what was terminated runs again": (
        "sandbase_sessions",
        changed("status", lambda _: "running", when=lambda item: completed(item) and item["id"] < "sess_05"),
        "finished-unchanged",
        "warning",
        "another",
    ),
    "items are gone": (
        "browserbase_sessions",
        lambda item: None if item["id"].startswith("a") else item,
        "identities-remain",
        "note",
        "listed no more",
    ),
}


@pytest.mark.parametrize("name", DRIFT)
def test_each_change_is_told_by_its_own_check(name: str, twice: Twice) -> None:
    """The exact set of checks, at the stated level, with both values, a witness and exit 0."""
    stem, change, check, level, words = DRIFT[name]
    contract = contract_of(stem)

    ran = twice(contract, mock(contract), each(contract, change))

    assert {(finding["check"], finding["level"]) for finding in findings(ran)} == {(check, level)}
    assert ran.code == 0
    assert words in findings(ran)[0]["actual"]
    assert findings(ran)[0]["expected"]
    assert findings(ran)[0]["curl"]
    assert findings(ran)[0]["line"] > 1


def test_drift_keeps_its_id(twice: Twice) -> None:
    """The same drift has the same id, whatever the other numbers are."""
    contract = contract_of("vercel_sessions")
    one = twice(contract, mock(contract), each(contract, without("networkPolicy")))
    other = twice(contract, mock(contract, items=40), each(contract, without("networkPolicy")))

    assert findings(one)[0]["id"] == findings(other)[0]["id"]
    assert findings(one)[0]["expected"] != findings(other)[0]["expected"]


def test_drift_between_runs_can_be_known(twice: Twice, tmp_path: Path) -> None:
    """The ledger knows this drift like any other; --fail-on note fails only without it."""
    contract = contract_of("browserbase_sessions")
    ledger = tmp_path / "known.toml"
    ledger.write_text(
        '[[drift]]\noperation = "browserbase_sessions"\ncheck = "presence-learned"\nplace = "/contextId"\n'
        'reason = "announced"\nsince = 2026-11-01\n'
    )

    def run(*options: str) -> Ran:
        return twice(contract, mock(contract), each(contract, without("contextId")), "--fail-on", "note", *options)

    new, known = run(), run("--ledger", str(ledger))

    assert (new.code, known.code) == (1, 0)
    assert [finding["known"] for finding in findings(known)] == [True]


def test_a_fault_told_in_the_second_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line: a report, then `--fault` with `--since` it; the note shows both figures."""
    report = str(tmp_path / "report.json")
    assert main(["run", "vercel_sessions", "--check", "identity-unique", "--report", report]) == 0
    command = ["run", "vercel_sessions", "--since", report, "--fault", "seconds-for-milliseconds"]

    code = main([*command, "--check", "magnitude-learned", "--report", report])

    shown = capsys.readouterr().out
    assert code == 0
    assert "magnitude-learned  warning" in shown
    assert "expected  as an earlier run saw it: numbers of about 10^12.2 in 86 items, as Unix time in ms" in shown
    assert "actual    numbers of about 10^9.2 in 86 items, as Unix time in s" in shown
