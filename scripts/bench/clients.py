"""Measures the generated clients beside other ways of reading the same bytes.

uv run --group bench python scripts/bench/clients.py

Exit code 0: every bar was met; 1: one was missed.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bodies import COUNTS, body
from calling import calling
from decoding import figures_of
from figures import Figure, conditions, show
from holding import holding, surviving, walking
from importing import importing


def main() -> int:
    """Print the table; say by the exit code whether every bar was met."""
    print(conditions())
    met = [
        show(f"decode {stem}: {count} items, {len(body(stem))} bytes", _alone(stem)) for stem, count in COUNTS.items()
    ]
    met += [
        show("import, over a bare interpreter", importing()),
        show("whole call of 50 items over loopback", calling()),
        show("memory of one kept item of a Browserbase list", holding()),
        show("memory of one item that outlives its page of 1,000", surviving()),
        show("memory of a walk in pages of 20", walking()),
    ]
    print("\nevery bar was met" if all(met) else "\na bar was MISSED")
    return 0 if all(met) else 1


def _alone(stem: str) -> list[Figure]:
    """Measure in a process of its own: what the packages of one vendor leave in memory slows whatever comes after."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(figures_of, stem).result()


if __name__ == "__main__":
    sys.exit(main())
