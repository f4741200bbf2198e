"""What takes a secret out of everything that an exchange records."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from attrs import field, frozen

_USERINFO = re.compile(r"(?<=://)[^/@\s?#]*@")
SHORTEST = 6
"""A shorter secret is no secret: taken out of a body it would take words apart."""
_COOKIES = frozenset({"cookie", "set-cookie"})


@frozen
class Redactor:
    """Replaces a secret, however encoded, by the name of the variable that holds it."""

    secret: str = field(repr=False)
    placeholder: str

    def text(self, text: str) -> str:
        """The text without the secret and without user information in URLs."""
        for form in self._forms():
            text = text.replace(form, self.placeholder)
        return _USERINFO.sub("", text)

    def data(self, body: bytes) -> bytes:
        """The bytes without the secret."""
        for form in self._forms():
            body = body.replace(form.encode(), self.placeholder.encode())
        return body

    def credential(self, value: str) -> str:
        """A credential's own header, without the secret however short it is."""
        return value.replace(self.secret, self.placeholder) if self.secret else value

    def header(self, name: str, value: str) -> str:
        """A header's value without the secret; cookies are never shown."""
        return "[redacted]" if name.lower() in _COOKIES else self.text(value)

    def _forms(self) -> tuple[str, ...]:
        if len(self.secret) < SHORTEST:
            return ()
        encoded = base64.b64encode(self.secret.encode()).decode()
        return tuple(dict.fromkeys((self.secret, quote(self.secret, safe=""), encoded)))
