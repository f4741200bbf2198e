"""What an answer repeats of the query that it answers, as the address of the next page does, without hidden values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from attrs import frozen

_END = r"(?=[&#;,\"'<>\s\\]|$)"
"""What follows a value in an address, wherever that stands."""


@frozen
class Asked:
    """A parameter of a query, its value, and what may be shown of it."""

    name: str
    value: str
    shown: str


def without_values(text: str, asked: Iterable[Asked]) -> str:
    """The text in which no parameter has the value that it was asked with, however both are spelt."""
    for one in asked:
        hidden = quote_plus(one.shown).replace("\\", r"\\")
        text = re.sub(f"({_spelt(one.name)})={_spelt(one.value)}{_END}", rf"\1={hidden}", text, flags=re.IGNORECASE)
    return text


def _spelt(text: str) -> str:
    """What matches a text as addresses write it, and as JSON writes those."""
    return "".join("(?:" + "|".join(sorted(map(re.escape, _forms(one)), key=len, reverse=True)) + ")" for one in text)


def _forms(character: str) -> set[str]:
    forms = {character, quote(character, safe=""), json.dumps(character)[1:-1]}
    return forms | {{" ": "+", "/": r"\/"}.get(character, character)}
