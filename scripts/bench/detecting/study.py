"""The whole comparison: every pair on both sides, and the honest collections."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import TypeVar

from detecting import alone, ours
from detecting.catalogue import Catalogue, Pair, generated_checks
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
    workers: int
    examples: int | None
    """Of Schemathesis; its own default where None."""


@dataclass
class Study:
    """What came of it, by stem and by pair; a side that was not run is empty."""

    plain: dict[str, Seen] = field(default_factory=dict)
    ours: dict[Pair, Verdict] = field(default_factory=dict)
    accepted: dict[str, alone.Accepted] = field(default_factory=dict)
    schemathesis: dict[Pair, alone.Verdict] = field(default_factory=dict)
    honest: list[Honest] = field(default_factory=list)


def study(catalogue: Catalogue, wish: Wish) -> Study:
    """Run all that is wished for, `workers` programs at a time; what is timed runs alone."""
    done = Study()
    if wish.ours:
        _ours(catalogue, wish, done)
    if wish.schemathesis:
        _schemathesis(catalogue, wish, done)
    return done


def _ours(catalogue: Catalogue, wish: Wish, done: Study) -> None:
    generated = generated_checks()
    done.plain = each("plain runs", catalogue.stems, ours.look, 1)
    done.ours = each("faults", catalogue.pairs, lambda p: ours.judge(p, done.plain[p.stem], generated), wish.workers)
    grid = list(itertools.product(catalogue.stems, sorted(wish.sizes, reverse=True), range(wish.seeds)))
    looks = each("honest collections", grid, lambda one: ours.honest(*one, catalogue.superseded), wish.workers)
    done.honest = list(looks.values())


def _schemathesis(catalogue: Catalogue, wish: Wish, done: Study) -> None:
    options = [] if wish.examples is None else ["--max-examples", str(wish.examples)]
    title = "Schemathesis alone:"
    with tempfile.TemporaryDirectory() as folder:
        files = each(
            f"{title} baselines", catalogue.stems, lambda stem: alone.record(stem, folder, options), wish.workers
        )
        done.accepted = each(
            f"{title} plain runs", catalogue.stems, lambda stem: alone.accept(stem, files[stem], options), 1
        )
        done.schemathesis = each(
            f"{title} faults", catalogue.pairs, lambda p: alone.judge(p, done.accepted[p.stem], options), wish.workers
        )


def each(title: str, keys: Iterable[Key], work: Callable[[Key], Value], workers: int) -> dict[Key, Value]:
    """The value of every key, in the order of the keys, with a line of progress on standard error."""
    keys = list(keys)
    found: dict[Key, Value] = {}
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(work, key): key for key in keys}
        try:
            for future in as_completed(running):
                found[running[future]] = future.result()
                sys.stderr.write(f"\r{title}: {len(found)}/{len(keys)} ")
                sys.stderr.flush()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    sys.stderr.write("\n")
    return {key: found[key] for key in keys}
