"""What a fault is: one named way of not keeping a contract."""

from __future__ import annotations

from attrs import frozen

from conformance.mock.habit import Answers, Habit, Scene, always

__all__ = ["Answers", "Fault", "Scene", "always"]


@frozen(kw_only=True)
class Fault(Habit):
    """One lie; it applies where the contract documents what it breaks."""

    check: str
    """The check that must catch it."""
    level: str = "error"
    """The level of what is found where the page states what the fault breaks; a warning where it is inferred."""
