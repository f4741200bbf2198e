"""Text of a server made harmless to show: nothing in it moves a cursor, reverses a line or ends an XML document."""

from __future__ import annotations

import re

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
"""What colours text, and does nothing else."""
_COMMAND = re.compile(r"^(?!::(?:error|warning|notice) )([^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)
"""Where a runner of GitHub reads a command: at the beginning of a line, or `##[` anywhere; not what annotates."""


def printable(text: str) -> str:
    """The text with every control, format and surrogate character written as the escape that Python gives it."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def cut(text: str, most: int) -> str:
    """The text, or its first `most` characters and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most:,} more characters)"


def harmless(text: str) -> str:
    """Lines for a terminal: colours and tabs stay, every other character that does not print is escaped."""
    if text.isprintable():
        return text
    return "".join(part if _STYLE.fullmatch(part) else _lines(part) for part in _STYLE.split(text))


def _lines(text: str) -> str:
    return re.sub(r"[^\n\t]+", lambda found: printable(found[0]), text)


def without_commands(text: str) -> str:
    """Lines in which the runner of a workflow finds no command but annotations."""
    return _COMMAND.sub(lambda found: rf"{found[1]}\x3a" if found[1] is not None else r"\x23", text)
