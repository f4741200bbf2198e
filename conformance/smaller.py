"""Ways in which a finding may show itself in fewer and smaller exchanges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from conformance.exchange import Exchange


@frozen
class Choice:
    """One way of showing a finding; smaller numbers are simpler."""

    start: int
    """Which of the cursors that a walk came by; 0 is its beginning."""
    size: int
    """The limit."""


@frozen(kw_only=True)
class Smaller:
    """Ways in which a finding may show itself in fewer and smaller exchanges."""

    shown: Callable[[Choice], Sequence[Exchange]]
    """The exchanges that show the finding with this choice; none where it does not show."""
    starts: int = 1
    sizes: int = 1
