"""From the same bytes to objects: ours, msgspec, pydantic, stock output, the vendors' own packages."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import ours
import rivals
from bodies import COUNTS, body
from figures import Figure
from timing import Rounds, side_by_side
from typed import msgspec_struct, pydantic_model

FAST, PLAIN, STRUCT, PYDANTIC, STOCK = "ours with fast", "ours without", "msgspec Struct", "pydantic", "stock"


class Bar(NamedTuple):
    """How many times another's time ours may take, on the three bodies that bars are set for."""

    label: str
    other: str
    most: float


BARS = (
    Bar(FAST, STRUCT, 2.0),
    Bar(FAST, STOCK, 0.18),
    Bar(PLAIN, STOCK, 0.5),
    Bar(PLAIN, PYDANTIC, 1.5),
)
BARRED = ("vercel_sandboxes", "sandbase_sessions", "browserbase_sessions")
OFFICIAL_BARS = {"official browserbase": 20.0, "official anthropic": 20.0, "official vercel": 1.0}
"""How many times as fast as the vendor's package ours is at least."""


def figures_of(stem: str) -> list[Figure]:
    """Give all figures of one body."""
    return list(decoding(stem))


def decoding(stem: str) -> Iterator[Figure]:
    """Give nanoseconds per item of every way, then the ratios that bars are set for."""
    with tempfile.TemporaryDirectory(prefix="stock-") as name:
        works = {
            FAST: ours.decoder(stem, fast=True),
            PLAIN: ours.decoder(stem, fast=False),
            STRUCT: msgspec_struct(stem),
            PYDANTIC: pydantic_model(stem),
            STOCK: rivals.stock(stem, Path(name)),
        }
        vendor = rivals.official(stem)
        works |= dict([vendor]) if vendor else {}
        content = body(stem)
        rounds = side_by_side({label: partial(work, content) for label, work in works.items()}, time.thread_time)
    for label in works:
        yield Figure(label, rounds.median(label) / COUNTS[stem] * 1e9, "ns/item")
    yield from _ratios(stem, rounds)
    if vendor:
        yield from _against(vendor[0], rounds)


def _ratios(stem: str, rounds: Rounds) -> Iterator[Figure]:
    for bar in BARS:
        most = bar.most if stem in BARRED else None
        yield Figure(f"{bar.label} / {bar.other}", rounds.ratio(bar.label, bar.other), most=most)


def _against(vendor: str, rounds: Rounds) -> Iterator[Figure]:
    for label in (FAST, PLAIN):
        yield Figure(f"{vendor} / {label}", rounds.ratio(vendor, label), least=OFFICIAL_BARS.get(vendor))
