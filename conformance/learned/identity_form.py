"""The form of identities: what tells `sess_4fGh…` from a UUID, without keeping either."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

ENOUGH = 20
"""Identities that show every kind of character that there is."""
FEW = 5
_TAG = re.compile(r"[A-Za-z]{1,12}[_-]")
_KINDS = {"0-9": string.digits, "a-f": "abcdef", "g-z": string.ascii_lowercase[6:], "A-Z": string.ascii_uppercase}
_UUID = {"0-9", "a-f", "-"}
_UUID_LENGTH = 36


@frozen(kw_only=True)
class Mask:
    """The form of all identities together."""

    count: int
    tag: str
    """What all begin with, such as `sess_`; empty where that differs from one to the next, as names do."""
    alphabet: tuple[str, ...]
    """Kinds of characters after the tag: `0-9`, `a-f`, `g-z`, `A-Z`, `-`, or `other`."""
    least: int
    """The shortest length, tag included."""
    most: int
    counted: bool
    """Whether all end in digits only, and so may grow longer."""

    @classmethod
    def of(cls, identities: Iterable[str]) -> Mask | None:
        """The form of identities; None where there are none."""
        names = list(identities)
        if not names:
            return None
        tag = _tag(names)
        return cls(
            count=len(names),
            tag=tag,
            alphabet=_alphabet(name.removeprefix(tag) for name in names),
            least=min(map(len, names)),
            most=max(map(len, names)),
            counted=all(re.search(r"(^|[-_])\d+$", name) for name in names),
        )

    def fits(self, name: str) -> bool:
        """Whether one identity has this form; what could be chance fits."""
        if self.count < FEW:
            return True
        if not name.startswith(self.tag):
            return False
        if not self.counted and self.least < self.most:  # names, for all we know
            return True
        strange = set(_alphabet([name.removeprefix(self.tag)])) - set(self.alphabet)
        return (self.counted or len(name) == self.least) and not (strange and self.count >= ENOUGH)

    def __str__(self) -> str:
        if set(self.alphabet) == _UUID and self.least == self.most == _UUID_LENGTH:
            return "a UUID"
        length = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        kinds = ", ".join(self.alphabet) or "nothing"
        return f"{self.tag or 'no common start'}, then {kinds}; length {length}"

    def as_json(self) -> dict[str, Any]:
        """The mask as a report holds it."""
        return {
            "count": self.count,
            "tag": self.tag,
            "alphabet": list(self.alphabet),
            "lengths": [self.least, self.most],
            "counted": self.counted,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Mask:
        """The mask that a valid report holds."""
        return cls(
            count=given["count"],
            tag=given["tag"],
            alphabet=tuple(given["alphabet"]),
            least=given["lengths"][0],
            most=given["lengths"][1],
            counted=given["counted"],
        )


def _tag(names: list[str]) -> str:
    found = {match[0] if (match := _TAG.match(name)) else "" for name in names}
    return found.pop() if len(found) == 1 else ""


def _alphabet(names: Iterable[str]) -> tuple[str, ...]:
    characters = {character for name in names for character in name}
    kinds = [kind for kind, members in _KINDS.items() if characters & set(members)]
    left = characters - set(string.ascii_letters + string.digits)
    return (*kinds, *(["-"] if "-" in left else []), *(["other"] if left - {"-"} else []))
