"""What was answered is kept once, and a listing that does not page is no flood."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from attrs import evolve

from conformance.jsontext import weight
from conformance.target.bodies import Bodies
from conformance.target.body import Bounds, TooMuch, read
from conformance.target.limits import Limits

LIMITS = evolve(Limits(), bodies=1_000, values=10)


def page(items: int, *, start: int = 0) -> bytes:
    """A listing of so many numbers: one JSON value each, and one for the list."""
    return json.dumps(list(range(start, start + items))).encode()


def test_the_same_again_costs_nothing() -> None:
    """However often an answer comes, it is counted once and kept once."""
    bodies = Bodies(LIMITS)
    first = bodies.kept(page(8))

    assert all(bodies.kept(page(8)) is first for _ in range(100))


def test_what_differs_is_counted_together() -> None:
    """Many different answers meet the bound, which is named with the option that raises it."""
    for pages, word, option in (
        ([page(4, start=start) for start in (0, 10, 20, 30)], "hold 16 JSON values", "--max-values"),
        ([b" " * size for size in range(100, 112)], "hold 0 MB", "--max-bytes"),
    ):
        bodies = Bodies(LIMITS)
        with pytest.raises(TooMuch, match=word) as caught:
            [bodies.kept(one) for one in pages]

        assert caught.value.option == option


def test_parts_of_a_large_whole_have_room() -> None:
    """What filters show of a listing that does not page is as much again, twice."""
    bodies = Bodies(LIMITS)
    bodies.kept(page(50))
    bodies.kept(page(50, start=50))
    bodies.kept(page(50, start=100))

    with pytest.raises(TooMuch):
        bodies.kept(page(50, start=150))


def test_fifty_thousand_items_are_no_flood() -> None:
    """A bare array of 50,000 items of 12 fields is taken in as it comes."""
    item = {f"field{number}": "2026-08-14T09:12:03.412Z" for number in range(12)}
    body = json.dumps([item] * 50_000).encode()

    assert len(body) < Bounds().body
    assert weight(body) < Bounds().values


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_gzip_is_read_whole(coding: str) -> None:
    """In one member or in several, cut anywhere, and without what follows them."""
    body = page(5_000)
    several = b"".join(gzip.compress(body[at : at + 7_000]) for at in range(0, len(body), 7_000))

    for packed in (gzip.compress(body), several, several + bytes(8)):
        assert asyncio.run(_read(packed, coding)) == body


async def _read(packed: bytes, coding: str) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(packed), 3):
            yield packed[at : at + 3]

    return await read(httpx.Response(200, headers={"content-encoding": coding}, content=pieces()), Bounds())
