"""From a recorded entry to an exchange that shows no secret."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import httpx

from conformance.exchange import Exchange, Request
from conformance.privacy.secrets import Redactor, names_secret
from conformance.replay.recording.lines import Entry
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind, merged
from conformance.spec.row_text import with_objects

Pairs = tuple[tuple[str, str], ...]
_KEPT = "$"
"""A value that begins so was redacted when it was recorded."""


class Exchanges:
    """Makes exchanges of the entries of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        documented = next((one.credentials for one in contract.security if one.variables), ())
        self._placeholder = next((f"${one.env}" for one in documented if one.env), "$TOKEN")
        self._variables = {one.place: f"${one.env}" for one in documented if one.env}
        self._shown = tuple(merged(one.shown(f"${one.env}") for one in documented if one.env).items())
        names = {one.name.lower() for one in contract.credentials if one.kind is Kind.HEADER} | {"authorization"}
        self._cookies = frozenset(one.name for one in contract.credentials if one.kind is Kind.COOKIE)
        self._promised = contract.documented_headers
        self._carriers = frozenset(names)
        documented_names = {one.name for one in contract.parameters}
        self._secret_names = frozenset(one.name for one in contract.credentials if one.kind is Kind.QUERY)
        self._public = frozenset(documented_names) - self._secret_names
        self._is_secret = lru_cache(maxsize=1024)(self._is_secret_name)
        self._hides = lru_cache(maxsize=64)(self._hiding)

    def of(self, entry: Entry, body: bytes) -> Exchange:
        """The exchange of an entry, redacted."""
        url = entry.url.partition("#")[0]
        address, _, text = url.partition("?")
        query, hidden = self._read_query(text)
        redactor = self._hides((*self._carried(entry), *hidden))
        if hidden:
            url = f"{address}?{urlencode(query)}" if query else address
        body = redactor.data(body) if redactor.secret else body
        return Exchange(
            Request(self.contract.method, redactor.text(url), self._shown),
            entry.status,
            httpx.Headers([(name, redactor.header(name, value)) for name, value in entry.headers], encoding="utf-8"),
            with_objects(self.contract, body),
            entry.seconds,
            query,
            original=None if self.contract.rows is None else body,
        )

    def _read_query(self, text: str) -> tuple[Pairs, Pairs]:
        """The query without credentials, and the credentials, each with the variable that stands for it."""
        pairs = _pairs(text)
        taken = [pair for pair in pairs if self._is_secret(pair[0])]
        if not taken:
            return tuple(pairs), ()
        hidden = ((value, self._variable(Kind.QUERY, name)) for name, value in taken)
        return tuple(pair for pair in pairs if not self._is_secret(pair[0])), tuple(hidden)

    def _is_secret_name(self, name: str) -> bool:
        return name in self._secret_names or (name not in self._public and names_secret(name))

    def _variable(self, kind: Kind, name: str) -> str:
        """What stands for a credential in this place."""
        return self._variables.get((str(kind), name), self._placeholder)

    def _hiding(self, secrets: Pairs) -> Redactor:
        """What hides credentials wherever an answer repeats them; what was hidden before is none."""
        new = [(secret, name) for secret, name in secrets if secret and not secret.startswith(_KEPT)]
        (first, placeholder), *beside = new or [("", self._placeholder)]
        return Redactor(first, placeholder, self._promised, tuple(beside))

    def _carried(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """The credentials in the headers of a request, each with the variable that stands for it."""
        for name, value in entry.request_headers:
            if name.lower() in self._carriers and _KEPT not in value:
                yield _secret_in(value), self._variable(Kind.HEADER, name.lower())
            elif name.lower() == "cookie":
                pairs = (part.strip().partition("=") for part in value.split(";"))
                own = ((name, text) for name, _, text in pairs if name in self._cookies and _KEPT not in text)
                yield from ((text, self._variable(Kind.COOKIE, name)) for name, text in own)


def _secret_in(value: str) -> str:
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
