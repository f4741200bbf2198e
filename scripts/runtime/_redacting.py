"""Takes secrets out of what is written down of an exchange."""

from __future__ import annotations

import base64
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._credentials import Credential
    from ._operation import Operation

_SHORTEST = 6
"""A shorter secret is none: taken out of a body it would take words apart."""
_HIDDEN = "[redacted]"
_FOREIGN = "$REDACTED"
"""Instead of a credential that is not the client's own."""
_WORDS = "secret|passw|signature|credential|authorization|cookie|token|jwt|api[-_]?key"
_NAME = re.compile(rf"{_WORDS}|(?:^|[-_.])(?:key|sig|auth)s?$", re.IGNORECASE)
_IN_URL = re.compile(rf"([?&#](?:[\w.-]*(?:{_WORDS})[\w.-]*|key|sig|code|auth)=)[^&#\s\"'<>]+", re.IGNORECASE)
_USERINFO = re.compile(rb"(:\\?/\\?/)[^/@\s?#\"'<>\\]*@")


class Redaction:
    """What hides the secrets of one client."""

    def __init__(self, operation: Operation, credential: Credential | None) -> None:
        scheme = operation.scheme
        self._placeholder = f"${(scheme and scheme.variable) or 'TOKEN'}"
        self._carrier = scheme.name if scheme and scheme.kind == "query" else None
        self._documented = {each.name for each in operation.parameters}
        promised = [*(each.header for each in operation.links.values()), *(each.header for each in operation.counters)]
        self._promised = {name.lower() for name in promised if name}
        self._hiding = Hiding((secret, self._placeholder) for secret in (credential.secrets if credential else ()))

    def exchange(
        self, url: str, headers: list[tuple[str, str]], body: bytes
    ) -> tuple[str, list[tuple[str, str]], bytes]:
        """Give the three parts of an exchange without secrets."""
        address, mark, query = url.partition("?")
        shown, taken = self._query(query)
        hiding = self._hiding.and_of((value, _FOREIGN) for value in taken)
        url = hiding.text(address + mark + shown)
        return url, [(name, self._header(name.lower(), value, hiding)) for name, value in headers], hiding.data(body)

    def _query(self, query: str) -> tuple[str, list[str]]:
        """Give a query without credentials, and the values that were taken out."""
        shown, taken = list[str](), list[str]()
        for pair in query.split("&"):
            name, _, value = pair.partition("=")
            placeholder = self._instead(unquote_plus(name))
            shown.append(f"{name}={placeholder}" if placeholder else pair)
            taken += [unquote_plus(value)] if placeholder else []
        return "&".join(shown), taken

    def _instead(self, name: str) -> str | None:
        if name == self._carrier:
            return self._placeholder
        return _FOREIGN if name not in self._documented and _NAME.search(name) else None

    def _header(self, name: str, value: str, hiding: Hiding) -> str:
        if name not in self._promised and _NAME.search(name):
            return _HIDDEN
        value = hiding.text(value)
        return _IN_URL.sub(rf"\1{_HIDDEN}", value) if name in {"location", "content-location", "refresh"} else value


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
