"""Takes secrets out of what is written down of an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from listing_runtime.credential import carriers
from listing_runtime.recording.hiding import Hiding
from listing_runtime.recording.names import SECRET_IN_URL, names_secret

if TYPE_CHECKING:
    from listing_runtime.credential import Credential
    from listing_runtime.operation import Operation

_HIDDEN = "[redacted]"
_FOREIGN = "$REDACTED"
"""Instead of a credential that is not the client's own."""
_HOLD_URLS = frozenset({"location", "content-location", "refresh"})


class Redaction:
    """What hides the secrets of one client."""

    def __init__(self, operation: Operation, credential: Credential | None) -> None:
        self._carriers = carriers(operation)
        self._documented = {each.name for each in operation.parameters}
        promised = [*(each.header for each in operation.links.values()), *(each.header for each in operation.counters)]
        self._promised = {name.lower() for name in promised if name}
        self._hiding = Hiding(credential.hidden if credential else ())

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
        if name in self._carriers:
            return self._carriers[name]
        return _FOREIGN if name not in self._documented and names_secret(name) else None

    def _header(self, name: str, value: str, hiding: Hiding) -> str:
        if name not in self._promised and names_secret(name):
            return _HIDDEN
        value = hiding.text(value)
        return SECRET_IN_URL.sub(rf"\1{_HIDDEN}", value) if name in _HOLD_URLS else value
