"""One guess: what it is about, what was taken, and why; each is a question to the documentation, never a promise."""

from __future__ import annotations

from attrs import frozen


@frozen
class Guessed:
    """A guess that a draft makes."""

    about: str
    """What of the spec: `items`, `limit`."""
    taken: str
    why: str

    def __str__(self) -> str:
        return f"{self.about}: {self.taken} ({self.why})"
