"""From a recorded entry to an exchange that shows no secret."""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import httpx

from conformance.exchange import Exchange, Request
from conformance.privacy.secrets import Redactor, names_secret
from conformance.replay.recording.lines import Entry
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind

_KEPT = "$"
"""A value that begins so was redacted when it was recorded."""


class Exchanges:
    """Makes exchanges of the entries of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        documented = next((one for one in contract.credentials if one.env), None)
        self._placeholder = f"${documented.env}" if documented else "$TOKEN"
        shown = documented.shown(self._placeholder) if documented else {}
        self._shown = tuple(shown.items())
        names = {one.name.lower() for one in contract.credentials if one.kind is Kind.HEADER} | {"authorization"}
        self._cookies = frozenset(one.name for one in contract.credentials if one.kind is Kind.COOKIE)
        self._promised = contract.documented_headers
        self._carriers = frozenset(names)
        documented_names = {one.name for one in contract.parameters}
        self._secret_names = frozenset(one.name for one in contract.credentials if one.kind is Kind.QUERY)
        self._public = frozenset(documented_names) - self._secret_names
        self._is_secret = lru_cache(maxsize=1024)(self._is_secret_name)
        self._hides = lru_cache(maxsize=64)(lambda secret: Redactor(secret, self._placeholder, self._promised))

    def of(self, entry: Entry, body: bytes) -> Exchange:
        """The exchange of an entry, redacted."""
        url = entry.url.partition("#")[0]
        address, _, text = url.partition("?")
        query, hidden, taken = self._read_query(text)
        redactor = self._redactor(entry, hidden)
        if taken:
            url = f"{address}?{urlencode(query)}" if query else address
        return Exchange(
            Request(self.contract.method, redactor.text(url), self._shown),
            entry.status,
            httpx.Headers([(name, redactor.header(name, value)) for name, value in entry.headers], encoding="utf-8"),
            redactor.data(body) if redactor.secret else body,
            entry.seconds,
            query,
        )

    def _read_query(self, text: str) -> tuple[tuple[tuple[str, str], ...], str, bool]:
        """The query without credentials, the longest value that was taken out, and whether one was."""
        pairs = _pairs(text)
        taken = [value for name, value in pairs if self._is_secret(name)]
        if not taken:
            return tuple(pairs), "", False
        return tuple(pair for pair in pairs if not self._is_secret(pair[0])), max(taken, key=len), True

    def _is_secret_name(self, name: str) -> bool:
        return name in self._secret_names or (name not in self._public and names_secret(name))

    def _redactor(self, entry: Entry, hidden: str) -> Redactor:
        """What hides the credential that the request carried, wherever the answer repeats it."""
        for name, value in entry.request_headers:
            if name.lower() in self._carriers and _KEPT not in value:
                return self._hides(_carried(value))
            if name.lower() == "cookie" and (secret := self._in_cookies(value)):
                return self._hides(secret)
        return self._hides("" if hidden.startswith(_KEPT) else hidden)

    def _in_cookies(self, value: str) -> str:
        """The credential among the cookies of a request; empty where none is documented to be there."""
        pairs = (part.strip().partition("=") for part in value.split(";"))
        return next((text for name, _, text in pairs if name in self._cookies and _KEPT not in text), "")


def _carried(value: str) -> str:
    """The credential in a header's value; of basic ones the login itself."""
    scheme, _, secret = value.rpartition(" ")
    if scheme.lower() != "basic":
        return secret
    try:
        return base64.b64decode(secret, validate=True).decode()
    except ValueError:
        return secret


def _pairs(text: str) -> list[tuple[str, str]]:
    """A query's names and values, decoded."""
    pairs = [part.partition("=") for part in text.split("&")]
    if "%" in text or "+" in text or not all(name and mark for name, mark, _ in pairs):
        return parse_qsl(text, keep_blank_values=True)
    return [(name, value) for name, _, value in pairs]
