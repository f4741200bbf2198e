"""What a recording shows of chosen orders, refused cursors, what matches and ranges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from conformance.replay.recording.lines import line_of
from conformance.spec.contract import Contract
from conformance.tests.replay.conftest import BEGAN, found, outcomes, replayed
from conformance.tests.runs import CONTRACTS, ran
from conformance.tests.sixth.test_operations import CONTRACTS as SIXTH
from conformance.tests.sixth.test_operations import SPECS

NAMED = "vercel_named_sandboxes"


def sandbox(number: int) -> dict[str, Any]:
    """A sandbox whose name and time grow with its number."""
    created = 1_790_000_000_000 + number
    times = {"createdAt": created, "updatedAt": created, "statusUpdatedAt": created}
    return {"name": f"web-{number}", "currentSessionId": "sbx_1", "persistent": True, "status": "running", **times}


def line(query: str, body: Any, *, at: float, status: int = 200) -> bytes:
    """One exchange of a recording."""
    address = CONTRACTS[NAMED].server + CONTRACTS[NAMED].path
    entry = {
        "url": f"{address}?{query}",
        "status": status,
        "started": (BEGAN + timedelta(seconds=at)).isoformat(),
        "headers": [["content-type", "application/json"]],
        "body": json.dumps(body),
    }
    return json.dumps(entry).encode()


def page(numbers: Iterable[int], following: str | None = None) -> dict[str, Any]:
    """A page of sandboxes."""
    items = [sandbox(number) for number in numbers]
    return {"sandboxes": items, "pagination": {"count": len(items), "next": following}}


@pytest.mark.parametrize(
    ("query", "numbers", "drifted"),
    [
        ("sortBy=name&sortOrder=asc", [1, 2, 3], set()),
        ("sortBy=name&sortOrder=asc", [1, 3, 2], {"order-chosen"}),
        ("sortBy=name", [3, 1, 2], {"order-chosen"}),
        ("sortBy=statusUpdatedAt", [1, 2, 3], {"order-chosen"}),
        ("sortBy=colour", [1, 3, 2], set()),
    ],
)
def test_a_chosen_order_is_judged(query: str, numbers: list[int], drifted: set[str]) -> None:
    """One page shows whether it is sorted by what the parameter names; a word that is not documented, by nothing."""
    assert found(replayed(CONTRACTS[NAMED], [line(query, page(numbers), at=0)])) == drifted


def test_what_changes_between_pages_may_stand_anywhere() -> None:
    """The state of a sandbox may change between two pages: only within one is the order of its times judged."""
    lines = [
        line("sortBy=statusUpdatedAt&limit=2", page([5, 4], "c1"), at=0),
        line("sortBy=statusUpdatedAt&limit=2&cursor=c1", page([9, 3]), at=1),
    ]

    assert found(replayed(CONTRACTS[NAMED], lines)) == set()


REFUSED = {"error": {"code": "bad_request", "message": "no"}}


@pytest.mark.parametrize(
    ("later", "drifted"),
    [
        ([("limit=2&cursor=c1", REFUSED, 400, 1)], {"cursor-accepted"}),
        ([("limit=2&cursor=c1", REFUSED, 400, 1), ("limit=2&cursor=c1", REFUSED, 400, 2)], {"cursor-accepted"}),
        ([("limit=2&cursor=c1", REFUSED, 400, 1), ("limit=2&cursor=c1", page([1]), 200, 2)], set()),
        ([("limit=2&cursor=c1", REFUSED, 400, 90)], set()),
        ([("limit=2&cursor=c1", REFUSED, 404, 1)], set()),
        ([("limit=2&cursor=c1", REFUSED, 429, 1)], set()),
        ([("limit=2&cursor=c2", REFUSED, 400, 1)], set()),
        ([("limit=2&status=running&cursor=c1", REFUSED, 400, 1)], set()),
    ],
    ids=["refused", "twice", "accepted later", "long ago", "gone", "load", "another", "another query"],
)
def test_a_cursor_that_was_given_and_refused_is_found(
    later: list[tuple[str, Any, int, int]], drifted: set[str]
) -> None:
    """Refused is what the last page gave, asked for at once, with the same query, and never accepted."""
    lines = [line("limit=2", page([3, 2], "c1"), at=0)]
    lines += [line(query, body, at=at, status=status) for query, body, status, at in later]

    assert found(replayed(CONTRACTS[NAMED], lines)) == drifted


def test_a_cursor_that_was_accepted_is_held() -> None:
    """A walk of two pages shows that what the first one gave leads on."""
    lines = [line("", page([3, 2], "c1"), at=0), line("cursor=c1", page([1]), at=1)]

    assert outcomes(replayed(CONTRACTS[NAMED], lines))["cursor-accepted"] == ("held", "")


def test_a_refused_cursor_is_told_as_a_run_tells_it() -> None:
    """The finding has the same id: its place is the filter that was asked for."""
    lines = [
        line("status=running", page([3, 2], "c1"), at=0),
        line("status=running&cursor=c1", REFUSED, at=1, status=400),
    ]
    [(finding, _)] = replayed(CONTRACTS[NAMED], lines).findings

    assert (finding.check, finding.place) == ("cursor-accepted", "status")


def of_run(contract: Contract, fault: str | None = None, **asked: Any) -> list[bytes]:
    """The lines of a run on the mock of another's contract."""
    exchanges = ran(contract, fault, fixtures=SPECS / "fixtures", **asked).exchanges
    return [line_of(one, now=BEGAN + timedelta(seconds=0.05 * at)) for at, one in enumerate(exchanges)]


@pytest.mark.parametrize(
    ("stem", "fault", "check"),
    [
        ("lagoon_boats", "range-starts-over", "range-is-page"),
        ("lagoon_boats", "range-from-one", "range-is-page"),
        ("lagoon_boats", "matching-off-by-one", "total-is-matching"),
        ("lagoon_boats", "matching-total-is-page", "total-is-matching"),
        ("depot_jobs", "matching-off-by-one", "total-is-matching"),
        ("grove_trees", "matching-total-is-page", "total-is-matching"),
    ],
)
def test_wrong_numbers_are_found(stem: str, fault: str, check: str) -> None:
    """Totals of what matches, and ranges, are judged along recorded walks."""
    assert check in found(replayed(SIXTH[stem], of_run(SIXTH[stem], fault), specs=str(SPECS)))


@pytest.mark.parametrize("stem", SIXTH)
@pytest.mark.parametrize("moves", [False, True])
def test_honest_recordings_are_clean(stem: str, moves: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whatever the style of paging, nothing is found; also where the collection moves."""
    from conformance.mock.motion import Motion  # noqa: PLC0415 - nothing is loaded when tests are collected

    lines = of_run(SIXTH[stem], motion=Motion(seed=3) if moves else None)

    assert found(replayed(SIXTH[stem], lines, specs=str(SPECS))) == set()
