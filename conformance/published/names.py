"""Names and paths that may be one, written in two ways."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

ALIKE = 0.75


def plain(name: str) -> str:
    """A name without case and punctuation: `created_at[gte]` and `createdAtGte` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def nearest(name: str, others: Iterable[str]) -> str:
    """The name that is likely the same thing renamed; empty where none is."""
    others = list(others)
    same = [other for other in others if plain(other) == plain(name)]
    return next(iter(same or difflib.get_close_matches(name, others, n=1, cutoff=ALIKE)), "")


def template(path: str) -> str:
    """A path without the names of its parameters: `/things/{id}` and `/things/{thingId}` are one."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def placeholders(path: str) -> list[str]:
    """The names of a path's parameters, in their order."""
    return re.findall(r"\{([^}]*)\}", path)
