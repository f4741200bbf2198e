"""Texts that a regular expression allows, drawn at random."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from re import _constants as codes  # the parser's own names have no public place
from re import _parser as parser
from typing import Any

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
    return "".join(_part(code, given, draw) for code, given in parser.parse(pattern))


def _part(code: Any, given: Any, draw: random.Random) -> str:  # noqa: ANN401 - the parser's
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


def _all(parts: Sequence[tuple[Any, Any]], draw: random.Random) -> str:
    return "".join(_part(code, given, draw) for code, given in parts)


def _repeated(given: tuple[int, int, Any], draw: random.Random) -> str:
    least, most, inside = given
    return "".join(_all(inside, draw) for _ in range(draw.randint(least, min(most, least + _MORE))))


def _characters(given: Sequence[tuple[Any, Any]]) -> str:
    """The characters of a class; of one that is negated, ordinary ones that it allows."""
    named = "".join(_of_class(code, value) for code, value in given)
    if given[0][0] is codes.NEGATE:
        return "".join(one for one in _PRINTABLE if one not in named) or "-"
    return named or "-"


def _of_class(code: Any, value: Any) -> str:  # noqa: ANN401 - the parser's
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return "".join(map(chr, range(value[0], min(value[1], value[0] + 128) + 1)))
    return _CATEGORIES.get(value, "") if code is codes.CATEGORY else ""
