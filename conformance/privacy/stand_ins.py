"""Takes values out of JSON text and leaves all else as it is, byte for byte: duplicate names, cut ends, spaces."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

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
STAND_IN = re.compile(r"…\d+ characters [0-9a-f]{6}…")


@frozen
class Hider:
    """What stands for a hidden value: its type, its length, and a code that only the holder of the key can make."""

    key: bytes

    def of(self, text: str) -> str:
        """The stand-in of a text; of a stand-in itself."""
        if not text or STAND_IN.fullmatch(text):
            return text
        code = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=3, key=self.key).hexdigest()
        return f"…{len(text)} characters {code}…"

    @staticmethod
    def of_number(text: str) -> str:
        """The stand-in of a number: a 1 for each digit."""
        return re.sub(r"\d", "1", text)

    def body(self, body: bytes, shape: Shape) -> bytes:
        """The body with stand-ins in the place of what its shape hides."""
        pieces = (self._piece(token, value) for token, value in walk(body, shape))
        return "".join(pieces).encode("latin-1")

    def _piece(self, token: str, value: str | None) -> str:
        if value is None:
            return token
        if token[0] != '"':
            return self.of_number(token) if _is_number(token) else _bytes(self.of(value))
        end = '"' if len(token) > 1 and token.endswith('"') else ""
        return f'"{_bytes(self.of(value))}{end}'


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


def walk(body: bytes, shape: Shape) -> Iterator[tuple[str, str | None]]:
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
