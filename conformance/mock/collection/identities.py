"""New identities that look like the ones of a fixture."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterable, Mapping

from conformance.mock.collection import patterns
from conformance.mock.collection.values import Json
from conformance.spec.checker import checker

_HEXADECIMAL = string.digits + "abcdef"
_TRIES = 50
_BOUNDS = frozenset({"pattern", "minLength", "maxLength", "minimum", "maximum"})


class Identities:
    """Draws identities, none twice and none that is taken; `schema` says what they may be, references resolved."""

    def __init__(self, seed: str, taken: Iterable[Json] = (), schema: Mapping[str, Json] | None = None) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - no secret
        self._drawn: set[Json] = set(taken)
        self._pattern = str((schema or {}).get("pattern", ""))
        bounds = {key: value for key, value in (schema or {}).items() if key in _BOUNDS}
        self._allows = checker(bounds).is_valid if bounds else lambda _: True

    def like(self, example: Json) -> Json:
        """A new identity of the form of `example`: its prefix, and of its other characters the kinds."""
        tail = ""
        for attempt in range(10 * _TRIES):
            if attempt >= _TRIES:  # the form has too few identities: it grows by a digit at a time
                tail = str(attempt)
            drawn = self._integer(example) if isinstance(example, int) else self._text(example) + tail
            if drawn not in self._drawn and self._allows(drawn):
                break
            if self._pattern and (drawn := self._of_pattern()) not in self._drawn and self._allows(drawn):
                break
        self._drawn.add(drawn)
        return drawn

    def _integer(self, example: int) -> int:
        return int(max([example, *self._drawn]) + self._draw.randint(1, 9))

    def _of_pattern(self) -> Json:
        """A text of the pattern; none where it is not one of Python's."""
        try:
            return patterns.drawn(self._pattern, self._draw)
        except re.error:
            return None

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
