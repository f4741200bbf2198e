"""What lawful servers do between two runs is no drift."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from conformance.mock.motion import Motion
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import STEMS, mock
from conformance.tests.learned.conftest import (
    LEARNED,
    Twice,
    contract_of,
    each,
    findings,
    listing,
    outcomes,
    serving,
)

Item = dict[str, Any]


@pytest.mark.parametrize("seed", [1, 2])
def test_an_honest_server_twice(contract: Contract, seed: int, twice: Twice, tmp_path: Path) -> None:
    """Nothing differs between two runs, both remember the same, and comparing sends nothing more."""
    ran = twice(contract, serving(contract, seed=seed), serving(contract, seed=seed), "--fail-on", "note")

    first, second = json.loads((tmp_path / "previous.json").read_text())["operations"][0], ran.record["operations"][0]
    assert (findings(ran), ran.code) == ([], 0)
    assert first["profile"] == second["profile"]
    assert first["requests"] == second["requests"]


def test_a_whole_run_twice(
    contract: Contract, remember: Callable[..., Path], run_on: Callable[..., Any], tmp_path: Path
) -> None:
    """With every check, a run with --since sends what a run without it sends, and finds nothing."""
    options = ("--skip", "good-input-accepted", "--skip", "generated-bad-input-refused")
    previous = remember(contract.stem, mock(contract), *options)

    ran = run_on(contract.stem, mock(contract), *options, "--since", str(previous))

    before = json.loads(previous.read_text())["operations"][0]
    assert ran.record["operations"][0]["requests"] == before["requests"]
    assert ran.record["operations"][0]["profile"] == before["profile"]
    assert ran.ids() - {"lifecycle-current"} == set()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize(
    ("before", "now"), [({}, {"seed": 2}), ({"items": 20}, {"items": 90}), ({"seed": 4}, {"items": 9, "seed": 5})]
)
def test_another_collection(contract: Contract, before: Item, now: Item, twice: Twice) -> None:
    """Other items, more items, few items: what they show in common is compared, and nothing drifts."""
    ran = twice(contract, serving(contract, **before), serving(contract, **now))

    assert findings(ran) == []
    assert "errored" not in {outcome for outcome, _ in outcomes(ran).values()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("stem", STEMS)
def test_a_collection_that_moves(stem: str, seed: int, twice: Twice) -> None:
    """Items are added and change during both runs."""
    contract, motion = contract_of(stem), Motion(seed=seed, every=2)

    with serving(contract, motion=motion) as url:
        ran = twice(contract, nullcontext(url), nullcontext(url))

    assert findings(ran) == []


def run_out(item: Item) -> Item:
    """Every VM is killed, and has no end ahead any more."""
    return item | {"status": "killed", "end_at": None}


def completed(item: Item) -> Item:
    """Every session ends, and says so."""
    if item["status"] != "RUNNING":
        return item
    return item | {"status": "COMPLETED", "updatedAt": "2026-08-01T10:00:00Z", "endedAt": "2026-08-01T10:00:00Z"}


def in_another_zone(item: Item) -> Item:
    """The same moments in another zone."""
    return {
        name: value[:-1] + "+00:00" if isinstance(value, str) and value.endswith("Z") and "T" in value else value
        for name, value in item.items()
    }


def edited(item: Item) -> Item:
    """Users write titles and metadata, and archive what has ended; the API shows when."""
    changed = {"title": "mine", "metadata": {"a": "b"}, "updated_at": "2026-08-01T10:00:00Z"}
    return item | changed | ({"archived_at": "2026-08-01T10:00:00Z"} if item["status"] == "terminated" else {})


def used(item: Item) -> Item:
    """What still runs has moved a million times the bytes."""
    return item | {"proxyBytes": item["proxyBytes"] * 10**6} if item["status"] == "RUNNING" else item


def measured(item: Item) -> Item:
    """A figure appears in items that have ended, once it is known."""
    return {"activeCpuDurationMs": 12, "networkTransfer": {"egress": 1, "ingress": 2}, **item}


def unmeasured(item: Item) -> Item:
    """The same items while the figure is not known."""
    return {name: value for name, value in item.items() if name not in {"activeCpuDurationMs", "networkTransfer"}}


LIVES: dict[str, tuple[str, Callable[[Item], Item], Callable[[Item], Item]]] = {
    "all killed": ("instavm_sandboxes", dict, run_out),
    "all completed": ("browserbase_sessions", dict, completed),
    "another zone": ("browserbase_sessions", dict, in_another_zone),
    "edited": ("sandbase_sessions", dict, edited),
    "used": ("browserbase_sessions", dict, used),
    "measured later": ("vercel_sessions", unmeasured, measured),
}


@pytest.mark.parametrize("name", LIVES)
def test_a_life(name: str, twice: Twice) -> None:
    """Items that live between two runs, lawfully, are no drift."""
    stem, before, now = LIVES[name]
    contract = contract_of(stem)

    ran = twice(contract, each(contract, before), each(contract, now))

    assert findings(ran) == []


def test_items_may_leave_where_it_is_documented(tmp_path: Path, twice: Twice) -> None:
    """A documented retention lets items vanish, and the check says which."""
    spec = (own_specs() / "browserbase_sessions.yaml").read_text()
    retention = "        retention: {says: sessions are deleted after thirty days}\n        refusals:\n"
    (tmp_path / "browserbase_sessions.yaml").write_text(spec.replace("        refusals:\n", retention))
    contract = load_contract("browserbase_sessions", tmp_path)

    ran = twice(contract, mock(contract), listing(contract, lambda items: items[:-5]), "--specs", str(tmp_path))

    assert findings(ran) == []
    assert outcomes(ran)["identities-remain"] == ("skipped", "items may leave: sessions are deleted after thirty days")


def test_an_item_between_two_open_pages_is_not_missed(twice: Twice) -> None:
    """Where the cut between pages is open, an item of the moment at which a page was cut is no loss; another is."""
    contract = contract_of("vercel_sandboxes")
    tied: list[str] = []

    def cut(items: list[Any]) -> list[Any]:
        last = items[-1]["createdAt"] if items else 0
        lost = [item["id"] for item in items[:-1] if item["createdAt"] == last]
        tied.extend(lost)
        return [item for item in items if item["id"] not in lost]

    def shorter(items: list[Any]) -> list[Any]:
        return [item for item in cut(items) if item["createdAt"] % 7]

    lawful = twice(contract, serving(contract, items=400), listing(contract, cut, items=400))
    unlawful = twice(contract, serving(contract, items=400), listing(contract, shorter, items=400))

    assert tied
    assert findings(lawful) == []
    assert [finding["check"] for finding in findings(unlawful)] == ["identities-remain"]


def test_a_listing_cut_off_by_its_limit_tells_nothing_of_what_left(twice: Twice) -> None:
    """Where a limit cuts off a listing without pages, what is not listed may still be there."""
    contract = contract_of("instavm_sandboxes")

    ran = twice(contract, serving(contract, items=1100), serving(contract, items=1200))

    assert findings(ran) == []
    assert outcomes(ran)["identities-remain"][0] == "skipped"
    assert "limit" in outcomes(ran)["identities-remain"][1]


@pytest.mark.parametrize(("before", "now"), [(60, 0), (60, 2), (0, 60), (2, 60)])
def test_too_few_items_are_said(before: int, now: int, twice: Twice) -> None:
    """What too few items cannot tell is skipped, with both figures."""
    contract = contract_of("browserbase_sessions")

    ran = twice(contract, serving(contract, items=before), serving(contract, items=now))

    assert findings(ran) == []
    reason = f"{before} items then and {now} now cannot tell drift from chance; 3 are needed"
    assert outcomes(ran)["presence-learned"] == ("skipped", reason)


def test_without_an_earlier_report_nothing_is_compared(run_on: Callable[..., Any]) -> None:
    """Without --since each check says what it needs, and a run of nothing else cannot tell (exit 3)."""
    contract = contract_of("vercel_sessions")

    ran = run_on(contract.stem, mock(contract), *LEARNED[2:])

    assert {outcome for outcome, _ in outcomes(ran).values()} == {"skipped"}
    assert "--since" in outcomes(ran)["presence-learned"][1]
    assert ran.code == 3
    assert ran.record["operations"][0]["profile"] is None
