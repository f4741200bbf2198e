"""Text of a server made harmless to show: nothing in it moves a cursor, reverses a line or ends an XML document."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with every control, format and surrogate character written as the escape that Python gives it."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def cut(text: str, most: int) -> str:
    """The text, or its first `most` characters and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most:,} more characters)"
