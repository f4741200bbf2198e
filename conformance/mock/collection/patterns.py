"""Texts that a regular expression allows, drawn at random."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Sequence
from re import _constants as codes  # the parser's own names have no public place
from re import _parser as parser
from typing import Any

Part = tuple[object, Any]
"""What the parser makes of one part of a pattern: what it is, and what it holds."""
_MORE = 8
"""Repetitions beyond the least, where a pattern has no end."""
_DIGITS, _WORD, _SPACE = string.digits, string.ascii_letters + string.digits + "_", " "
_PRINTABLE = string.ascii_letters + string.digits + "-_"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: _DIGITS,
    codes.CATEGORY_WORD: _WORD,
    codes.CATEGORY_SPACE: _SPACE,
    codes.CATEGORY_NOT_DIGIT: string.ascii_lowercase,
    codes.CATEGORY_NOT_WORD: "-",
    codes.CATEGORY_NOT_SPACE: _PRINTABLE,
}


def drawn(pattern: str, draw: random.Random) -> str:
    """A text that a simple pattern allows; raises re.error for what is none of Python's."""
    return _all(parser.parse(pattern), draw)


def _part(part: Part, draw: random.Random) -> str:
    code, given = part
    if code in (codes.LITERAL, codes.IN):
        return draw.choice(chr(given) if code is codes.LITERAL else _characters(given))
    if code in (codes.ANY, codes.NOT_LITERAL):
        return draw.choice(_PRINTABLE)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _repeated(given, draw)
    if code is codes.SUBPATTERN:
        return _all(given[-1], draw)
    if code is codes.BRANCH:
        return _all(draw.choice(given[1]), draw)
    return ""


def _all(parts: Iterable[Part], draw: random.Random) -> str:
    return "".join(_part(part, draw) for part in parts)


def _repeated(given: tuple[int, int, Iterable[Part]], draw: random.Random) -> str:
    least, most, inside = given
    return "".join(_all(inside, draw) for _ in range(draw.randint(least, min(most, least + _MORE))))


def _characters(given: Sequence[Part]) -> str:
    """The characters of a class; of one that is negated, ordinary ones that it allows."""
    named = "".join(map(_of_class, given))
    if given[0][0] is codes.NEGATE:
        return "".join(one for one in _PRINTABLE if one not in named) or "-"
    return named or "-"


def _of_class(part: Part) -> str:
    code, value = part
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return "".join(map(chr, range(value[0], min(value[1], value[0] + 128) + 1)))
    return _CATEGORIES.get(value, "") if code is codes.CATEGORY else ""
