"""What takes a secret out of everything that an exchange records."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from urllib.parse import quote, quote_plus

from attrs import field, frozen

_USERINFO = re.compile(r"(?<=://)[^/@\s?#\"'<>\\]*@")
WORDS = ("secret", "passw", "signature", "credential", "authorization", "cookie", "token", "jwt", "api[-_]?key")
"""Anywhere in the name of a header or a parameter that holds a secret; the clients' recorder has the same."""
LAST_WORDS = ("key", "sig", "auth")
"""At the end of one."""
_ANYWHERE, _LAST = "|".join(WORDS), f"(?:{'|'.join(LAST_WORDS)})s?"
_NAME = re.compile(rf"{_ANYWHERE}|(?:^|[-_.]){_LAST}$", re.IGNORECASE)
_IN_URL = re.compile(
    rf"([?&#](?:[\w.-]*(?:{_ANYWHERE})[\w.-]*|(?:[\w.-]*[-_.])?{_LAST}|code)=)[^&#\s\"'<>]+", re.IGNORECASE
)
_HOLD_URLS = frozenset({"location", "content-location", "refresh"})
SHORTEST = 6
"""A shorter secret is no secret: taken out of a body it would take words apart."""
REDACTED = "[redacted]"


@frozen(slots=False)
class Redactor:
    """Replaces a secret, however encoded, by the name of the variable that holds it."""

    secret: str = field(repr=False)
    placeholder: str
    documented: frozenset[str] = frozenset()
    """Response headers in lower case that are promised, so no credentials whatever their names."""
    beside: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Other secrets, each with the name of its own variable."""

    def text(self, text: str) -> str:
        """The text without the secrets and without user information in URLs."""
        for form, placeholder in self._forms:
            text = text.replace(form, placeholder)
        return without_userinfo(text)

    def data(self, body: bytes) -> bytes:
        """The bytes without the secrets and without user information in URLs."""
        for form, placeholder in self._forms:
            body = body.replace(form.encode(), placeholder.encode())
        return without_userinfo(body.decode("latin-1")).encode("latin-1") if b"@" in body else body

    def credential(self, value: str) -> str:
        """A credential's own header, without the secret however short it is."""
        for secret, placeholder in self._secrets:
            value = value.replace(secret, placeholder) if secret else value
        return value

    def url(self, url: str) -> str:
        """A URL that was sent; the placeholder in it stays one that a shell fills in."""
        text = self.text(url)
        for _, placeholder in self._secrets:
            text = text.replace(quote_plus(placeholder), placeholder)
        return text

    def header(self, name: str, value: str) -> str:
        """A response header without the secret; cookies and headers named like credentials are never shown."""
        name = name.lower()
        if name not in self.documented and names_secret(name):
            return REDACTED
        return _IN_URL.sub(rf"\1{REDACTED}", self.text(value)) if name in _HOLD_URLS else self.text(value)

    def header_name(self, name: str) -> str:
        """A header's name, which the server chooses too, in whatever case."""
        folded = name.lower()
        return REDACTED if any(form.lower() in folded for form, _ in self._forms) else name

    @property
    def _secrets(self) -> tuple[tuple[str, str], ...]:
        return ((self.secret, self.placeholder), *self.beside)

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        """The secrets in every encoding that echoes them, the longest first, each with what stands for it."""
        long = [(secret, placeholder) for secret, placeholder in reversed(self._secrets) if len(secret) >= SHORTEST]
        forms = {form: placeholder for secret, placeholder in long for form in _written(secret)}
        return tuple(sorted(forms.items(), key=lambda item: len(item[0]), reverse=True))


def without_userinfo(text: str) -> str:
    """The text without `user:password@` in its URLs."""
    return _USERINFO.sub("", text) if "@" in text else text


@lru_cache(maxsize=1024)
def names_secret(name: str) -> bool:
    """Whether a header or a parameter is named like one that holds a secret."""
    return _NAME.search(name) is not None


def _written(secret: str) -> Iterator[str]:
    yield secret
    for encoded in (quote(secret), quote(secret, safe=""), quote_plus(secret)):
        yield encoded
        yield re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), encoded)
    for encoded in (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], html.escape(secret)):
        yield encoded
        yield encoded.replace("/", "\\/")
    yield repr(secret)[1:-1]
    yield from _base64(secret.encode())


def _base64(secret: bytes) -> Iterator[str]:
    """What the secret alone decides in base64 of `user:secret`, whatever the user's length; and the secret's own."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(secret).decode()
        for before in range(3):
            encoded = encode(b"\0" * before + secret).decode()
            core = encoded[-(-before * 8 // 6) : (before + len(secret)) * 8 // 6]
            if len(core) >= SHORTEST:
                yield core
