"""Lies that no single response shows, each caught by its own relation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from starlette.requests import Request

from conformance.checks import ALL
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import Answer, Lie, Ran, liar

RELATIONS_ONLY = tuple(word for check in ALL if check.family.compares for word in ("--check", check.id))


def on_page(change: Callable[[Request, Any], Any]) -> Lie:
    """A lie told in the JSON of every success."""

    def lie(request: Request, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        return evolve(answer, body=json.dumps(change(request, json.loads(answer.body))).encode())

    return lie


def last_page_lost(_: Request, page: Any) -> Any:
    """The end announced too early: a full page names no next one."""
    page["pagination"]["next"] = None
    return page


def repeated(request: Request, page: Any) -> Any:
    """Every page after the first begins with an item that the first page had."""
    if "cursor" in request.query_params and page["sessions"]:
        page["sessions"][0] = {**page["sessions"][0], "id": "sess_repeated"}
    elif page["sessions"]:
        page["sessions"][-1] = {**page["sessions"][-1], "id": "sess_repeated"}
    return page


def looping(_: Request, page: Any) -> Any:
    """The last page names a cursor that leads nowhere new."""
    page["pagination"]["next"] = page["pagination"]["next"] or "loop"
    return page


def reversed_page(_: Request, page: Any) -> Any:
    """Each page upside down."""
    page["sessions"].reverse()
    return page


def miscounted(_: Request, page: Any) -> Any:
    """A count that is one too high."""
    page["pagination"]["count"] += 1
    return page


def updated_before_created(_: Request, page: Any) -> Any:
    """Times out of order."""
    for item in page["sessions"]:
        item["updatedAt"] = item["createdAt"] - 1
    return page


def leaking(request: Request, page: Any) -> Any:
    """A filter by name that lets another sandbox's session through."""
    if "name" in request.query_params and page["sessions"]:
        page["sessions"][0]["sourceSandboxName"] = "another-one"
    return page


def losing(request: Request, page: Any) -> Any:
    """A filter by name that loses an item."""
    if "name" in request.query_params:
        page["sessions"] = page["sessions"][1:]
        page["pagination"]["count"] = len(page["sessions"])
    return page


def halved(request: Request, page: Any) -> Any:
    """Another default than the documented one."""
    if "limit" not in request.query_params:
        page["sessions"] = page["sessions"][:10]
        page["pagination"]["count"] = len(page["sessions"])
    return page


LIES: dict[str, tuple[Callable[[Request, Any], Any], set[str]]] = {
    "premature end": (last_page_lost, {"pages-complete", "filter-precedes-cut", "whole-holds-filtered"}),
    "an item on two pages": (
        repeated,
        {
            "pages-disjoint",
            "pages-complete",
            "filter-complete",
            "filter-conjunction",
            "filter-precedes-cut",
            "whole-holds-filtered",
            "identity-stable",
        },
    ),
    "page upside down": (reversed_page, {"order-holds", "order-reverses", "limit-prefix"}),
    "miscounted": (miscounted, {"count-is-page"}),
    "updated before created": (updated_before_created, {"invariants-hold"}),
    "filter leaks": (leaking, {"filter-sound", "cursor-keeps-filters", "filter-conjunction"}),
    "filter loses": (losing, {"filter-complete", "filter-conjunction", "filter-precedes-cut"}),
    "default halved": (halved, {"limit-default"}),
}


@pytest.mark.parametrize("name", LIES)
def test_each_lie_is_caught(name: str, run_on: Callable[..., Ran]) -> None:
    """A lie drifts the relation that tests it, with a witness that shows it."""
    change, expected = LIES[name]
    contract = load_contract("vercel_sessions", own_specs())

    ran = run_on(contract.stem, liar(contract, on_page(change)), *RELATIONS_ONLY)

    assert ran.code == (1 if ran.ids("error") else 0)
    assert ran.ids("error") | ran.ids("warning") == expected
    assert all(finding["curl"] for finding in ran.record["operations"][0]["findings"])


def test_a_walk_without_end_is_caught(run_on: Callable[..., Ran]) -> None:
    """A cursor that always leads to the same page is named twice, and is drift."""
    contract = load_contract("sandbase_sessions", own_specs())
    first: list[bytes] = []

    def lie(_: Request, answer: Answer) -> Answer:
        first.extend([answer.body] if answer.status == 200 else [])
        return evolve(answer, status=200, body=first[0]) if first else answer

    ran = run_on(contract.stem, liar(contract, lie), "--check", "walk-ends")

    assert (ran.code, ran.ids("error")) == (1, {"walk-ends"})


def test_what_happens_once_is_not_believed(run_on: Callable[..., Ran]) -> None:
    """A relation that fails once and holds on a second look is skipped, not drift: collections move."""
    contract = load_contract("vercel_sessions", own_specs())
    asked: list[str] = []

    def once(_: Request, page: Any) -> Any:
        asked.append("")
        if len(asked) == 2:
            page["sessions"].reverse()
        return page

    ran = run_on(contract.stem, liar(contract, on_page(once)), "--check", "order-holds")

    assert ran.ids() == set()
    assert [outcome["outcome"] for outcome in ran.record["operations"][0]["outcomes"]] == ["skipped"]
    assert ran.code == 3


def test_too_few_items_are_said(run_on: Callable[..., Ran]) -> None:
    """An empty collection shows no relation, and the reason is given."""
    contract = load_contract("vercel_sessions", own_specs())

    def empty(_: Request, page: Any) -> Any:
        return {"sessions": [], "pagination": {"count": 0, "next": None}} if "sessions" in page else page

    ran = run_on(contract.stem, liar(contract, on_page(empty)), *RELATIONS_ONLY)

    reasons = {o["check"]: o["reason"] for o in ran.record["operations"][0]["outcomes"] if o["outcome"] == "skipped"}
    assert "0 items" in reasons["pages-disjoint"]
    assert "2 are needed" in reasons["filter-sound"]
    held = {o["check"] for o in ran.record["operations"][0]["outcomes"] if o["outcome"] == "held"}
    assert held == {"walk-ends", "last-page-ends", "limit-bounds", "count-is-page"}
    assert ran.ids("error") == set()
