"""A filter as a draft has it."""

from __future__ import annotations

from attrs import frozen

from conformance.draft.guessed import Guessed
from conformance.draft.source import Part


@frozen
class Filter:
    """A filter as a draft has it, and why it may be one."""

    extension: Part
    guess: Guessed
