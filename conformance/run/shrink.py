"""The smallest witness: the requests that show a finding, with a smaller limit and an earlier cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from attrs import field, frozen

from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Choice, Smaller

MOST_REQUESTS = 40
"""That looking for a smaller witness of one finding may cost."""
MOST_CHOICES = 100
"""That are tried before none of them is believed to show it."""

Witness = tuple[Exchange, ...]


def smallest(smaller: Smaller, asked: Callable[[], int]) -> Witness:
    """The fewest exchanges that show a finding, of those the smallest; empty where none of the ways shows it.

    `asked` counts the requests sent so far; what costs more than `MOST_REQUESTS` is not tried.
    """
    ways = _Ways(smaller, asked, asked() + MOST_REQUESTS)
    best: Witness = ()
    while len(best) != 1:
        fewer = ways.smallest(below=len(best))
        if not fewer:
            break
        best = fewer
    return best


@frozen
class _Ways:
    """The ways of showing one finding, each tried once; two numbers need no more than this of a library."""

    smaller: Smaller
    asked: Callable[[], int]
    ceiling: int
    _known: dict[Choice, Witness] = field(factory=dict)

    def smallest(self, *, below: int) -> Witness:
        """A witness of fewer than `below` exchanges (0: of any number), where no simpler choice near it shows one."""
        shown = next((choice for choice in self._spread() if self._shows(choice, below)), None)
        simpler = shown
        while simpler is not None:
            shown = simpler
            simpler = next((choice for choice in _simpler(shown) if self._shows(choice, below)), None)
        return self._known[shown] if shown is not None else ()

    def _spread(self) -> Iterator[Choice]:
        """Choices, the simplest first and then anywhere: what shows late in a walk is not found in order."""
        yield Choice(0, 1)
        sizes = max(self.smaller.sizes, 1)
        rest = range(1, self.smaller.starts * sizes)
        for number in Random(0).sample(rest, min(len(rest), MOST_CHOICES)):  # noqa: S311 - no secret
            start, size = divmod(number, sizes)
            yield Choice(start, size + 1)

    def _shows(self, choice: Choice, below: int) -> bool:
        if choice not in self._known:
            if self.asked() >= self.ceiling:
                return False
            self._known[choice] = self._tried(choice)
        witness = self._known[choice]
        return bool(witness) and (not below or len(witness) < below)

    def _tried(self, choice: Choice) -> Witness:
        try:
            return tuple(dict.fromkeys(self.smaller.shown(choice)))
        except ConformanceError:
            return ()


def _simpler(choice: Choice) -> Iterator[Choice]:
    """Simpler choices: an earlier start with the same limit, then a smaller limit, by halves and by one."""
    for start in sorted({0, choice.start // 2, choice.start - 1}):
        if 0 <= start < choice.start:
            yield Choice(start, choice.size)
    for size in sorted({1, choice.size // 2, choice.size - 1}):
        if 0 < size < choice.size:
            yield Choice(choice.start, size)
