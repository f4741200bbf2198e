"""From a recorded entry to an exchange that shows no secret."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import httpx

from conformance.contract import Contract
from conformance.exchange import Exchange, Request
from conformance.promises import Kind
from conformance.redaction import Redactor
from conformance.replay.lines import Entry

_SECRET = re.compile(r"(?i)(^|[-_.])(api[-_]?key|key|token|secret|signature|sig|password|passwd|auth|credential|jwt)s?$")
_SECRET_HEADERS = re.compile(r"(?i)^(proxy-)?authorization$|(api[-_]?key|token|secret|password|signature)$")
_KEPT = "$"
"""A value that begins so was redacted when it was recorded."""
_HIDDEN = "[redacted]"


class Exchanges:
    """Makes exchanges of the entries of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        documented = next((one for one in contract.credentials if one.env), None)
        self._placeholder = f"${documented.env}" if documented else "$TOKEN"
        shown = documented.headers(self._placeholder) if documented else {}
        self._shown = tuple(shown.items())
        names = {one.name.lower() for one in contract.credentials if one.kind is Kind.HEADER} | {"authorization"}
        self._carriers = frozenset(names)
        documented_names = {one.name for one in contract.parameters}
        self._secret_names = frozenset(one.name for one in contract.credentials if one.kind is Kind.QUERY)
        self._public = frozenset(documented_names) - self._secret_names
        self._query = lru_cache(maxsize=4096)(self._read_query)

    def of(self, entry: Entry, body: bytes) -> Exchange:
        """The exchange of an entry, redacted."""
        address, _, text = entry.url.partition("#")[0].partition("?")
        query, hidden = self._query(text)
        redactor = self._redactor(entry, hidden)
        url = f"{address}?{urlencode(query)}" if query else address
        return Exchange(
            Request(entry.method, redactor.text(url), self._shown),
            entry.status,
            httpx.Headers([(name, _header(redactor, name, value)) for name, value in entry.headers]),
            redactor.data(body),
            entry.seconds,
            query,
        )

    def _read_query(self, text: str) -> tuple[tuple[tuple[str, str], ...], str]:
        """The query without credentials, and the longest value that was taken out."""
        pairs = parse_qsl(text, keep_blank_values=True)
        kept = tuple((name, value) for name, value in pairs if not self._is_secret(name))
        return kept, max((value for name, value in pairs if self._is_secret(name)), key=len, default="")

    def _is_secret(self, name: str) -> bool:
        return name in self._secret_names or (name not in self._public and _SECRET.search(name) is not None)

    def _redactor(self, entry: Entry, hidden: str) -> Redactor:
        """What hides the credential that the request carried, wherever the answer repeats it."""
        for name, value in entry.request_headers:
            if name.lower() in self._carriers and _KEPT not in value:
                return Redactor(value.rpartition(" ")[2], self._placeholder)
        return Redactor("" if hidden.startswith(_KEPT) else hidden, self._placeholder)


def _header(redactor: Redactor, name: str, value: str) -> str:
    return _HIDDEN if _SECRET_HEADERS.search(name) else redactor.header(name, value)
