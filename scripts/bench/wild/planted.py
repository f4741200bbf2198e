"""Whether a planted fault was found, and by which sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wild.proxy import FAULTS, lying
from wild.server import Server
from wild.suite import Ran, run

GENERATED = ("good-input-accepted", "generated-bad-input-refused")
"""Half of a run's time, and no planted fault needs them."""


@dataclass(frozen=True)
class Planted:
    """One fault at one server: the headline that names it, empty where none does, and the run's requests."""

    fault: str
    headline: str
    requests: int


def planted(server: Server, url: str, fault: str, honest: Ran) -> Planted:
    """Tell one lie, and look among the findings that the honest server does not show."""
    with lying(server, url, fault) as liar:
        told = run(server, liar, skipped=GENERATED)
    known = {finding["id"] for finding in honest.findings}
    headlines = [one["headline"] for one in told.causes if one["id"] not in known and one["level"] != "note"]
    named = [line for words in _words(server, fault) for line in headlines if re.search(words, line)]
    return Planted(fault, next(iter(named), ""), told.requests)


def _words(server: Server, fault: str) -> tuple[str, ...]:
    """What a sentence says that names the fault, the best first."""
    lies = server.lies
    return {
        FAULTS[0]: ("pages lose items", "a page is not full", "a page repeats another item", "loses items"),
        FAULTS[1]: (rf"`{re.escape(lies.ignored)}` (is not applied|does not sort|lists what it does not ask for)",),
        FAULTS[2]: (rf"\b{re.escape(lies.renamed)}` is missing",),
        FAULTS[3]: ("what leads to the next page is refused",),
    }[fault]
