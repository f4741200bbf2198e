"""Values of strangers, made into values of nobody: the shape stays, the content goes."""

from __future__ import annotations

import random
import re
import string

from conformance.draft.from_response import FORMATS, FREE
from conformance.jsontext import Json

HEX = re.compile(r"[0-9a-f]{8,}|[0-9A-F]{8,}")
URL = re.compile(r"[a-z][a-z0-9+.-]*://.*", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]+:[0-9a-fA-F]*")
VOCABULARY = re.compile(r"(status|state|phase|type|kind|object|region|runtime|reason)$", re.IGNORECASE)
"""Names whose values are words of the provider, not of its customers."""
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,30}")
NUMBERED = re.compile(r"(id|phone|account|number)$", re.IGNORECASE)
FLAVOURS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


class Mask:
    """Replaces texts; equal texts are replaced by equal ones, so that items still belong together."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def value(self, value: Json, name: str = "") -> Json:
        """A JSON value without any text of its own but times and words of the provider."""
        if isinstance(value, dict):
            free = bool(FREE.search(name))
            return {
                (f"key{number}" if free else key): self.value(part, "" if free else key)
                for number, (key, part) in enumerate(value.items(), 1)
            }
        if isinstance(value, list):
            return [self.value(part, name) for part in value]
        if isinstance(value, str):
            return value if VOCABULARY.search(name) and WORD.fullmatch(value) else self.text(value)
        numbered = isinstance(value, int) and not isinstance(value, bool) and NUMBERED.search(name)
        return int(self.text(f"n{value}")[1:]) if numbered else value

    def text(self, text: str) -> str:
        """A text of the same shape."""
        if not text or FORMATS["date-time"].fullmatch(text):
            return text
        if text not in self._made:
            self._made[text] = _invented(text, len(self._made) + 1)
        return self._made[text]


def _invented(text: str, number: int) -> str:
    chance = random.Random(number)  # noqa: S311 - the numbering of a fixture
    if EMAIL.fullmatch(text):
        return f"person{number}@example.com"
    if URL.fullmatch(text):
        return f"https://example.com/{number}"
    if ADDRESS.fullmatch(text):
        return f"192.0.2.{number % 255}" if "." in text else f"2001:db8::{number}"
    if any(character.isspace() for character in text):
        return f"text {number}"
    if FORMATS["uuid"].fullmatch(text):
        return _uuid(chance)
    digits = "0123456789abcdef" if text.islower() or text.isdigit() else "0123456789ABCDEF"
    flavours = (digits,) if HEX.fullmatch(text) else FLAVOURS
    return "".join(_other(character, flavours, chance) for character in text)


def _uuid(chance: random.Random) -> str:
    digits = "".join(chance.choices("0123456789abcdef", k=32))
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"


def _other(character: str, flavours: tuple[str, ...], chance: random.Random) -> str:
    flavour = next((flavour for flavour in flavours if character in flavour), "")
    if flavour:
        return chance.choice(flavour)
    return character if character in string.punctuation else "x"
