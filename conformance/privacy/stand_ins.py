"""Takes values out of JSON text and leaves all else as it is, byte for byte: duplicate names, cut ends, spaces."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from attrs import define, frozen

from conformance.privacy.visibility import Shape

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<mark>[{}\[\],:])|(?P<string>\"[^\"\\]*(?:\\.[^\"\\]*)*\"?)"
    r"|(?P<word>(?:true|false|null|NaN|-?Infinity)(?![^\s{}\[\],:\"]))"
    r"|(?P<number>-?\d[\d.eE+-]*(?![^\s{}\[\],:\"]))|(?P<junk>[^\s{}\[\],:\"]+)",
    re.DOTALL,
)
_BEGINS = re.compile(rb"(\xef\xbb\xbf)?\s*([{\[\"\d-]|true|false|null|$)")
_TOLD = frozenset({"string", "number", "junk"})
_BYTE_ORDER_MARK = "\xef\xbb\xbf"
_STAND_IN = re.compile(r"…\d+ characters [0-9a-f]{6}…")


@frozen
class Hider:
    """What stands for a hidden value: its type, its length, and a code that only the holder of the key can make."""

    key: bytes

    def of(self, text: str) -> str:
        """The stand-in of a text; of a stand-in itself."""
        if not text or _STAND_IN.fullmatch(text):
            return text
        code = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=3, key=self.key).hexdigest()
        return f"…{len(text)} characters {code}…"

    @staticmethod
    def of_number(text: str) -> str:
        """The stand-in of a number: a 1 for each digit."""
        return re.sub(r"\d", "1", text)

    def body(self, body: bytes, shape: Shape) -> bytes:
        """The body with stand-ins in the place of what its shape hides."""
        pieces = (self._piece(token, value) for token, value in _walk(body, shape))
        return "".join(pieces).encode("latin-1")

    def _piece(self, token: str, value: str | None) -> str:
        if value is None:
            return token
        if token[0] != '"':
            return self.of_number(token) if _is_number(token) else _bytes(self.of(value))
        end = '"' if len(token) > 1 and token.endswith('"') else ""
        return f'"{_bytes(self.of(value))}{end}'


def values(body: bytes, shape: Shape) -> Iterator[str]:
    """The hidden values of a body, numbers as they are written; what stands for a value already hides nothing."""
    try:
        found: Iterable[str] = list(_below(_READER.decode(body.decode()), shape))
    except (ValueError, RecursionError):
        found = (value for _, value in _walk(body, shape) if value is not None)
    return (value for value in found if value and not _STAND_IN.fullmatch(value))


class _Members(list[tuple[str, object]]):
    """The members of an object, also those whose name stands there twice."""


_READER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=lambda _: None, strict=False, object_pairs_hook=_Members
)
"""Reads what is JSON much faster than it can be walked through token by token."""


def _below(value: object, shape: Shape) -> Iterator[str]:
    """The hidden values in a value that has been read."""
    if isinstance(value, _Members):
        for name, part in value:
            yield from _below(part, shape.member(name))
    elif isinstance(value, list):
        inside = shape.element()
        for part in value:
            yield from _below(part, inside)
    elif isinstance(value, str) and not shape.shows:
        yield value


@define
class _Frame:
    """An open object or array."""

    shape: Shape
    is_object: bool
    name: str = ""
    before_name: bool = True

    def inside(self) -> Shape:
        """The shape of what comes next."""
        return self.shape.member(self.name) if self.is_object else self.shape.element()


def _walk(body: bytes, shape: Shape) -> Iterator[tuple[str, str | None]]:
    """Every token of a body, one character for each byte, with its value where that is hidden."""
    stack: list[_Frame] = []
    if body and not shape.shows and not _BEGINS.match(body):
        yield body.decode("latin-1"), body.decode("utf-8", "replace")
        return
    for match in _TOKEN.finditer(body.decode("latin-1")):
        written, kind, value = match[0], match.lastgroup, None
        top = stack[-1] if stack else None
        here = top.inside() if top else shape
        if kind == "mark":
            _step(stack, written, here)
        elif kind == "string" and top and top.is_object and top.before_name:
            top.name = _value(written)
        elif kind in _TOLD and written != _BYTE_ORDER_MARK and not here.shows:
            value = _value(written)
        yield written, value


def _step(stack: list[_Frame], mark: str, here: Shape) -> None:
    if mark in "{[":
        stack.append(_Frame(here, mark == "{"))
    elif not stack:
        return
    elif mark in "}]":
        stack.pop()
    else:
        stack[-1].before_name = mark == ","


def _value(token: str) -> str:
    text = token.encode("latin-1").decode("utf-8", "replace")
    if not text.startswith('"'):
        return text
    try:
        read = json.loads(text, strict=False)
    except ValueError:
        return text.strip('"')
    return str(read)


def _bytes(text: str) -> str:
    return text.encode().decode("latin-1")


def _is_number(token: str) -> bool:
    return token.lstrip("-")[:1].isdigit()
