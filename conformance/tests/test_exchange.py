"""A body is read once for all that have it, and of many that are large the last alone stay read."""

from __future__ import annotations

import json

import httpx

from conformance import exchange
from conformance.exchange import Exchange, Request


def answer(body: bytes) -> Exchange:
    """An answer with a body."""
    return Exchange(Request("GET", "http://a.example", ()), 200, httpx.Headers(), body, 0.1)


def test_equal_bodies_are_read_once() -> None:
    """Two answers with the same bytes have one value."""
    first, second = (answer(json.dumps({"read": "once"}).encode()) for _ in range(2))

    assert first.json is second.json


def test_large_bodies_are_read_again() -> None:
    """What is kept as JSON is bounded by its values and by its number; what came longest ago goes first."""
    kept = exchange._Read()  # noqa: SLF001 - one that no other test fills
    small = [json.dumps([number]).encode() for number in range(exchange.MOST_BODIES + 1)]
    values = [kept.json(body) for body in small]
    large = b"[" + b"0," * exchange.MOST_VALUES + b"0]"
    again = kept.json(small[-1]), kept.json(small[0])
    read = kept.json(large)

    assert again[0] is values[-1]
    assert (again[1] == values[0], again[1] is values[0]) == (True, False)
    assert kept.json(large) is read
    assert kept.json(small[-1]) is not values[-1]
