"""New identities that look like the ones of a fixture."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterable

from conformance.mock.collection.values import Json

_HEXADECIMAL = string.digits + "abcdef"
_TRIES = 50


class Identities:
    """Draws identities, none twice and none that is taken."""

    def __init__(self, seed: str, taken: Iterable[Json] = ()) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - no secret
        self._drawn: set[Json] = set(taken)

    def like(self, example: Json) -> Json:
        """A new identity of the form of `example`: its prefix, and of its other characters the kinds."""
        tail = ""
        for attempt in range(10 * _TRIES):
            if attempt >= _TRIES:  # the form has too few identities: it grows by a digit at a time
                tail = str(attempt)
            drawn = self._integer(example) if isinstance(example, int) else self._text(example) + tail
            if drawn not in self._drawn:
                break
        self._drawn.add(drawn)
        return drawn

    def _integer(self, example: int) -> int:
        return int(max([example, *self._drawn]) + self._draw.randint(1, 9))

    def _text(self, example: str) -> str:
        prefix = re.match(r"(?:[A-Za-z]+[_-])?", example)
        start = prefix.end() if prefix else 0
        hexadecimal = all(character in f"{_HEXADECIMAL}-" for character in example[start:])
        return example[:start] + "".join(self._like(character, hexadecimal) for character in example[start:])

    def _like(self, character: str, hexadecimal: bool) -> str:  # noqa: FBT001 - one private caller
        if hexadecimal and character in _HEXADECIMAL:
            return self._draw.choice(_HEXADECIMAL)
        for kind in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
            if character in kind:
                return self._draw.choice(kind)
        return character
