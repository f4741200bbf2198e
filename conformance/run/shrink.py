"""The smallest witness: Hypothesis shrinks the limit and the cursor of the requests that show a finding."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Choice, Smaller

MOST_REQUESTS = 40
"""That looking for a smaller witness of one finding may cost."""


def smallest(smaller: Smaller, asked: Callable[[], int]) -> tuple[Exchange, ...]:
    """The fewest exchanges that show a finding, of those the smallest; empty where none of the ways shows it.

    `asked` counts the requests sent so far; what costs more than `MOST_REQUESTS` is not tried.
    """
    ceiling = asked() + MOST_REQUESTS
    known: dict[Choice, tuple[Exchange, ...]] = {}
    best: tuple[Exchange, ...] = ()

    def shows(choice: Choice) -> bool:
        if choice not in known:
            known[choice] = _shown(smaller, choice) if asked() < ceiling else ()
        return bool(known[choice]) and (not best or len(known[choice]) < len(best))

    while len(best) != 1:
        found = _found(smaller, shows)
        if found is None:
            break
        best = known[found]
    return best


def _found(smaller: Smaller, shows: Callable[[Choice], bool]) -> Choice | None:
    try:
        return find(_choices(smaller), shows, settings=_SETTINGS, random=Random(0))  # noqa: S311 - no secret
    except NoSuchExample:
        return None


def _choices(smaller: Smaller) -> st.SearchStrategy[Choice]:
    return st.builds(
        Choice,
        start=st.integers(0, smaller.starts - 1),
        size=st.integers(1, max(smaller.sizes, 1)),
    )


def _shown(smaller: Smaller, choice: Choice) -> tuple[Exchange, ...]:
    try:
        return tuple(dict.fromkeys(smaller.shown(choice)))
    except ConformanceError:
        return ()


_SETTINGS = settings(
    max_examples=100,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
