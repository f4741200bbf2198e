"""The whole comparison: every pair on both sides, and the honest collections."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from detecting import alone, lawful, ours
from detecting.catalogue import Catalogue, Pair, generated_checks
from detecting.lawful import Said, Way
from detecting.ours import Honest, Seen, Verdict

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Wish:
    """What to run."""

    ours: bool
    schemathesis: bool
    sizes: Sequence[int]
    seeds: int
    """How many honest collections of each size; none where 0."""
    readings: int | None
    """How many lawful servers of each operation show several readings; no lawful server at all where None."""
    workers: int
    examples: int | None
    """Of Schemathesis; its own default where None."""


@dataclass
class Study:
    """What came of it, by stem and by pair; what was not run is not there."""

    plain: dict[str, Seen] = field(default_factory=dict)
    ours: dict[Pair, Verdict] = field(default_factory=dict)
    accepted: dict[str, alone.Accepted] = field(default_factory=dict)
    schemathesis: dict[Pair, alone.Verdict] = field(default_factory=dict)
    honest: dict[tuple[str, int, int], Honest] = field(default_factory=dict)
    """By stem, items and seed."""
    lawful: dict[Way, Said] = field(default_factory=dict)


def study(catalogue: Catalogue, wish: Wish, done: Study) -> None:
    """Run all that is wished for, `workers` programs at a time; what is timed runs alone.

    `done` is filled on the way, so an interrupted study shows what it came to.
    """
    if wish.ours:
        _ours(catalogue, wish, done)
    if wish.schemathesis:
        _schemathesis(catalogue, wish, done)


def _ours(catalogue: Catalogue, wish: Wish, done: Study) -> None:
    generated = generated_checks()
    each("plain runs", catalogue.stems, ours.look, done.plain)
    each("faults", catalogue.pairs, lambda p: ours.judge(p, done.plain[p.stem], generated), done.ours, wish.workers)
    grid = itertools.product(catalogue.stems, sorted(wish.sizes, reverse=True), range(wish.seeds))
    each("honest collections", grid, lambda one: ours.honest(*one, catalogue.superseded), done.honest, wish.workers)
    if wish.readings is not None:
        ways = dict.fromkeys([*lawful.alone(catalogue), *lawful.combined(catalogue, wish.readings)])
        each("lawful servers", ways, lawful.judge, done.lawful, wish.workers)


def _schemathesis(catalogue: Catalogue, wish: Wish, done: Study) -> None:
    options = [] if wish.examples is None else ["--max-examples", str(wish.examples)]
    title, stems = "Schemathesis alone:", catalogue.stems
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, Path] = {}
        each(f"{title} baselines", stems, lambda stem: alone.record(stem, folder, options), files, wish.workers)
        each(f"{title} plain runs", stems, lambda stem: alone.accept(stem, files[stem], options), done.accepted)
        each(
            f"{title} faults",
            catalogue.pairs,
            lambda pair: alone.judge(pair, done.accepted[pair.stem], options),
            done.schemathesis,
            wish.workers,
        )


def each(
    title: str, keys: Iterable[Key], work: Callable[[Key], Value], into: dict[Key, Value], workers: int = 1
) -> None:
    """Put the value of every key into a dictionary, as they come, with a line of progress on standard error."""
    keys = list(keys)
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(work, key): key for key in keys}
        try:
            for future in as_completed(running):
                into[running[future]] = future.result()
                sys.stderr.write(f"\r{title}: {len(into)}/{len(keys)} ")
                sys.stderr.flush()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            sys.stderr.write("\n")
