"""What importing costs, each time in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from bodies import COUNTS
from figures import Figure
from processes import children
from timing import side_by_side

BARE = "pass"
RIVALS = (
    "import httpx",
    "import browserbase",
    "import anthropic",
    "import vercel.sandbox",
    "import instavm",
)
MOST = 10.0


def importing() -> Iterator[Figure]:
    """Give milliseconds over a bare interpreter; bars hold until the first client is made."""
    barred = [f"import {stem}" for stem in sorted(COUNTS)]
    barred.append(f"import {', '.join(sorted(COUNTS))}")
    shown = ["from browserbase_sessions import Client", *RIVALS]
    works = {code: partial(_run, code) for code in (BARE, *barred, *shown)}
    rounds = side_by_side(works, children, rounds=5, slice_seconds=0.0)
    for code in (*barred, *shown):
        over = (rounds.median(code) - rounds.median(BARE)) * 1000
        yield Figure(code, over, "ms", most=MOST if code in barred else None)


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
