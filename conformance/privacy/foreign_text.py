"""Hidden values taken out of text that is not ours: whoever wrote it, a value may stand in it anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from urllib.parse import urlencode

from conformance.privacy.stand_ins import Hider

RECOGNISED = 8
"""Characters from which a value is taken out of a text even where no quotes show where it begins."""
DIGITS = 5
"""Of a number, from which it is taken out of a text."""
_SIGN = re.compile(r"[^A-Za-z0-9]{0,4}([A-Za-z0-9]{1,3})")


Known = Mapping[str, Sequence[str]]
"""Hidden values by the letters near their beginning, however they are quoted: a text without these holds none."""


def known(values: Iterable[str]) -> Known:
    """The values by their signs; empty is the sign of what has none."""
    found: dict[str, list[str]] = {}
    for value in values:
        match = _SIGN.match(value)
        found.setdefault(match[1] if match else "", []).append(value)
    return found


def without(text: str, known: Known, hider: Hider) -> str:
    """A text without the `known` values, the longest first, however they stand in it."""
    perhaps = [value for sign, values in known.items() if sign in text for value in values]
    for value in sorted(perhaps, key=lambda value: (-len(value), value)):
        text = _without(text, value, hider)
    return text


def is_told(number: str) -> bool:
    """Whether a number is too short to be anybody's."""
    return sum(map(str.isdigit, number)) < DIGITS


def _without(text: str, value: str, hider: Hider) -> str:
    if re.fullmatch(r"-?\d[\d.eE+-]*", value):
        if is_told(value):
            return text
        return re.sub(rf"(?<![\d.]){re.escape(value)}(?![\d.])", hider.of_number(value), text)
    stand_in = hider.of(value)
    for form in _quoted(value):
        text = text.replace(form, f"{form[0]}{stand_in}{form[-1]}")
    text = re.sub(rf"(?<=\w=){re.escape(value)}(?=[&'\"\s]|$)", lambda _: stand_in, text)
    for form in _raw(value):
        text = _without_beginning(text, form, stand_in)
    return text


def _quoted(value: str) -> Iterator[str]:
    """The value as Python and JSON quote it, and as one quotes what the other quoted."""
    forms = (repr(value), f"'{value}'", f'"{value}"', json.dumps(value), json.dumps(value, ensure_ascii=False))
    yield from dict.fromkeys(forms)
    for form in (json.dumps(value), repr(value)):
        inner = repr(form)[1:-1]
        if inner != form:
            yield inner


def _raw(value: str) -> Iterator[str]:
    in_url = urlencode({"": value}, errors="replace")[1:]
    yield from dict.fromkeys((value, repr(value)[1:-1], json.dumps(value)[1:-1], in_url))


def _without_beginning(text: str, value: str, stand_in: str) -> str:
    """The text without a value, whole or cut off anywhere after the characters by which it is recognised."""
    start = text.find(value[:RECOGNISED]) if len(value) >= RECOGNISED else -1
    while start >= 0:
        pairs = zip(text[start:], value, strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        text = f"{text[:start]}{stand_in}{text[start + length :]}"
        start = text.find(value[:RECOGNISED], start + len(stand_in))
    return text
