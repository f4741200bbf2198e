"""What a target may cost: requests, time, bytes and values."""

from __future__ import annotations

from attrs import evolve, field, frozen

from conformance.target.body import MEGABYTE, Bounds
from conformance.target.clock import Clock
from conformance.target.pace import Pace
from conformance.target.patience import Patience

TOGETHER = 3
"""How much larger than the largest answer all answers of an operation may be that differ, where that is more."""


@frozen(kw_only=True)
class Limits:
    """What a target may cost."""

    requests: int | None = None
    """The most requests to one operation; no ceiling where None."""
    rate: float | None = None
    """The most requests per second to one server; as fast as it goes where None."""
    pace: Pace = field(factory=Pace)
    """What keeps the rate; shared by all operations of a run, because they may have one server."""
    clock: Clock = field(factory=Clock)
    """What tells how old an answer is, and lets time pass."""
    timeout: float = 10.0
    """Seconds until an answer must be complete."""
    bounds: Bounds = field(factory=Bounds)
    patience: Patience = field(factory=Patience)
    bodies: int = 100 * MEGABYTE
    """The most bytes of all different bodies together: they are kept until the run is over."""
    values: int = 700_000
    """The most JSON values of all different bodies together."""

    def allowing(self, *, bytes_: int | None, values: int | None) -> Limits:
        """The same for answers of so many bytes and values, where that is said, and for all of them together."""
        bounds, bodies, together = self.bounds, self.bodies, self.values
        if bytes_ is not None:
            bounds, bodies = evolve(bounds, body=bytes_), max(bodies, TOGETHER * bytes_)
        if values is not None:
            bounds, together = evolve(bounds, values=values), max(together, TOGETHER * values)
        return evolve(self, bounds=bounds, bodies=bodies, values=together)
