"""The memory that kept items hold, and that a walk needs."""

from __future__ import annotations

import importlib
import json
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ours
import rivals
from bodies import COUNTS, body
from figures import Figure
from typed import msgspec_struct, pydantic_model

STEM = "browserbase_sessions"
WALKS = (50_000, 100_000)
MOST = 1.05
"""How many times the shorter walk's peak the longer one's may be."""


def holding() -> Iterator[Figure]:
    """Give the bytes that one item of a kept list holds."""
    with tempfile.TemporaryDirectory(prefix="stock-") as name:
        works: dict[str, rivals.Decoder] = {
            "ours": ours.decoder(STEM),
            "msgspec Struct": msgspec_struct(STEM),
            "pydantic": pydantic_model(STEM),
            "stock": rivals.stock(STEM, Path(name)),
        }
        vendor = rivals.official(STEM)
        works |= dict([vendor]) if vendor else {}
        for label, work in works.items():
            yield Figure(label, _held(work, body(STEM)) / COUNTS[STEM], "bytes")


def surviving() -> Iterator[Figure]:
    """Give the bytes that the one item holds that is kept of a page of 1,000."""
    decode = ours.decoder(STEM)

    def one(content: bytes) -> object:
        page: Any = decode(bytes(content))
        return page.items[3]

    yield Figure("one item, its page gone", _held(one, body(STEM)), "bytes", most=4096)


def _held(work: rivals.Decoder, content: bytes) -> int:
    # Traced from the first call on: what a reader caches, such as names of members, is replaced by the second.
    tracemalloc.start()
    work(content)
    before = tracemalloc.get_traced_memory()[0]
    kept = work(content)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del kept
    return held


def walking() -> Iterator[Figure]:
    """Give the peak of walks of different length in pages of 20."""
    peaks = [_peak(count) / 1000 for count in WALKS]
    for count, peak in zip(WALKS, peaks, strict=True):
        yield Figure(f"peak over {count} items", peak, "kB")
    yield Figure("longer walk / shorter walk", peaks[1] / peaks[0], most=MOST)


def _peak(count: int) -> int:
    testing: Any = importlib.import_module("sandbase_sessions.testing")
    row: dict[str, Any] = json.loads(body("sandbase_sessions", 1))["data"][0]
    client = testing.client([row | {"id": str(index)} for index in range(count)])
    tracemalloc.start()
    walked = sum(1 for _ in client.list_sessions())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if walked != count:
        raise RuntimeError(f"walked {walked} items of {count}")
    return peak
