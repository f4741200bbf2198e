"""Generated queries are judged only where the documentation judges them."""

from __future__ import annotations

import httpx
import pytest

from conformance.exchange import Exchange, Request
from conformance.listing.lawful import ordinary, ruled_out
from conformance.tests.runs import CONTRACTS

STEM = "sandbase_sessions"


def asked(*query: tuple[str, str]) -> Exchange:
    """An exchange of one query."""
    return Exchange(Request("GET", "http://127.0.0.1", ()), 200, httpx.Headers(), b"", 0.0, query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ([("limit", "0x10")], ["limit"]),
        ([("limit", "101")], ["limit"]),
        ([("limit", "100")], []),
        ([("limit", "")], []),
        ([("limit", "x"), ("limit", "y")], []),
        ([("statuses", "gone")], ["statuses"]),
        ([("include_archived", "1")], []),
        ([("created_at_gte", "yesterday"), ("agent_version", "one")], ["agent_version", "created_at_gte"]),
        ([("unheard-of", "x")], []),
    ],
)
def test_ruled_out_by_every_reading(query: list[tuple[str, str]], expected: list[str]) -> None:
    """A value counts as bad only where no reading of its text fits the documented schema."""
    assert ruled_out(CONTRACTS[STEM], asked(*query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ([], True),
        ([("statuses", "running")], True),
        ([("agent_id", "agent_01")], False),
        ([("agent_id", "")], False),
        ([("agent_id", "a\x00b")], False),
        ([("agent_version", str(2**70))], False),
        ([("created_at_gte", "2024-05-29T10:00:00Z")], True),
        ([("created_at_gte", "2026-05-29T10:00:00Z")], False),
        ([("created_at_gte", "0001-01-01T00:00:60Z")], False),
        ([("created_at_gte", "2026-05-29T10:00:00Z"), ("created_at_lte", "2026-01-01T00:00:00Z")], False),
    ],
)
def test_only_ordinary_queries_must_succeed(query: list[tuple[str, str]], expected: bool) -> None:  # noqa: FBT001
    """A lawful server may refuse what no page promises to answer."""
    assert ordinary(CONTRACTS[STEM], asked(*query)) is expected
