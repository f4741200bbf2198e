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
from bodies import COUNTS, NOVEL, NULL, body, drifted
from figures import Figure
from timing import Rounds, side_by_side
from typed import msgspec_struct, pydantic_model

OURS, STRUCT, PYDANTIC, STOCK = "ours", "msgspec Struct", "pydantic", "stock"


class Bar(NamedTuple):
    """How many times another's time ours may take."""

    label: str
    other: str
    most: float


BARS = (Bar(OURS, STRUCT, 1.6), Bar(OURS, STOCK, 0.18))
STOCK_BARRED = ("vercel_sandboxes", "sandbase_sessions", "browserbase_sessions")
DRIFTED_BARS = {NOVEL: 1.25, NULL: 2.0}
"""How many times the documented body's time a drifted one may take."""
OFFICIAL_BARS = {"official browserbase": 20.0, "official anthropic": 20.0, "official vercel": 1.0}
"""How many times as fast as the vendor's package ours is at least."""


def figures_of(stem: str) -> list[Figure]:
    """Give all figures of one body."""
    return list(decoding(stem))


def decoding(stem: str) -> Iterator[Figure]:
    """Give nanoseconds per item of every way, then the ratios that bars are set for."""
    with tempfile.TemporaryDirectory(prefix="stock-") as name:
        works = {
            OURS: ours.decoder(stem),
            STRUCT: msgspec_struct(stem),
            PYDANTIC: pydantic_model(stem),
            STOCK: rivals.stock(stem, Path(name)),
        }
        vendor = rivals.official(stem)
        works |= dict([vendor]) if vendor else {}
        content = body(stem)
        rounds = side_by_side({label: partial(work, content) for label, work in works.items()}, time.thread_time)
        bodies = {OURS: content, **drifted(stem)}
        drifting = side_by_side({name: partial(works[OURS], each) for name, each in bodies.items()}, time.thread_time)
    for label in works:
        yield Figure(label, rounds.median(label) / COUNTS[stem] * 1e9, "ns/item")
    yield from _ratios(stem, rounds)
    for name in drifted(stem):
        yield Figure(f"{OURS}, {name} / {OURS}", drifting.ratio(name, OURS), most=DRIFTED_BARS[name])
    if vendor:
        ratio = rounds.ratio(vendor[0], OURS)
        yield Figure(f"{vendor[0]} / {OURS}", ratio, least=OFFICIAL_BARS.get(vendor[0]))


def _ratios(stem: str, rounds: Rounds) -> Iterator[Figure]:
    for bar in BARS:
        most = bar.most if bar.other != STOCK or stem in STOCK_BARRED else None
        yield Figure(f"{bar.label} / {bar.other}", rounds.ratio(bar.label, bar.other), most=most)
