"""Secrets in texts and bytes, however they are written, and what stands there instead."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator

_SHORTEST = 6
"""A shorter secret is none: taken out of a body it would take words apart."""
_USERINFO = re.compile(rb"(:\\?/\\?/)[^/@\s?#\"'<>\\]*@")


class Hiding:
    """Puts placeholders where secrets stand, however they are written, and nothing for user information in URLs."""

    def __init__(self, secrets: Iterable[tuple[str, str]]) -> None:
        self._secrets = tuple(secrets)
        written = {form: instead for secret, instead in reversed(self._secrets) for form in _forms(secret)}
        longest_first = sorted(written.items(), key=lambda each: len(each[0]), reverse=True)
        self._patterns = [(re.compile(_pattern(form)), instead.encode()) for form, instead in longest_first]

    def and_of(self, secrets: Iterable[tuple[str, str]]) -> Hiding:
        """Hide further secrets too."""
        further = tuple(secrets)
        return Hiding(self._secrets + further) if further else self

    def text(self, text: str) -> str:
        """Give a text without secrets."""
        return self.data(text.encode()).decode()

    def data(self, data: bytes) -> bytes:
        """Give bytes without secrets."""
        for pattern, instead in self._patterns:
            data = pattern.sub(instead, data)
        return _USERINFO.sub(rb"\1", data) if b"@" in data else data


def _forms(secret: str) -> Iterator[str]:
    """Give a secret and its base64, by itself and as the end of `user:secret` whatever the user's length."""
    if len(secret) < _SHORTEST:
        return
    yield secret
    data = secret.encode()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(data).decode()
        for before in range(3):
            encoded = encode(b"\0" * before + data).decode()
            # Of the first and last characters the secret's neighbours decide a part.
            core = encoded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
            if len(core) >= _SHORTEST:
                yield core


def _pattern(form: str) -> bytes:
    return re.sub(r"[^A-Za-z0-9]", _either, form).encode()


def _either(match: re.Match[str]) -> str:
    """Write a pattern of one character as JSON (also JSON in texts of JSON), URLs and HTML have it."""
    character = match[0]
    code = ord(character)
    plain = r"\\{1,8}" if character == "\\" else rf"\\{{0,7}}{re.escape(character)}"
    url = "".join(f"%(?i:(?:25)*{byte:02x})" for byte in character.encode()) + (r"|\+" if character == " " else "")
    entity = rf"{re.escape(html.escape(character))}|&\#(?:0*{code}|[xX](?i:0*{code:x}));"
    return rf"(?:{plain}|\\{{1,8}}u(?i:{code:04x})|{url}|{entity})"
