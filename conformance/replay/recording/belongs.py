"""Which recorded entries belong to an operation, and why the others do not."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from attrs import frozen

from conformance.errors import UsageError
from conformance.replay.recording.lines import Entry
from conformance.spec.contract import Contract

OTHER_METHOD, OTHER_PLACE = "another method", "another host or path"
NO_BODY, NO_ANSWER, NO_HEADERS = "no body was recorded", "no answer was recorded", "no headers were recorded"
NOT_MODIFIED = "a browser asked whether what it holds is still true"
BODILESS = frozenset({204, 304})
_NOT_MODIFIED = 304
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


@frozen
class Place:
    """Where an operation is served: a host, and the path's prefix before the documented path."""

    host: str
    prefix: str

    @classmethod
    def of(cls, base_url: str) -> Place:
        """The place that a base URL names; raises UsageError where it is none."""
        try:
            parts = urlsplit(base_url)
            host = parts.netloc.rpartition("@")[2].lower()
        except ValueError:
            host = ""
        if not host or parts.scheme not in {"http", "https"}:
            raise UsageError(f"--server {base_url}: not a base URL", hint="Say http://host or https://host/prefix.")
        return cls(_without_default_port(host, parts.scheme), unquote(parts.path).rstrip("/"))


def _without_default_port(host: str, scheme: str) -> str:
    return host.removesuffix(":443" if scheme == "https" else ":80")


class Matching:
    """Tells the entries of one operation from all others."""

    def __init__(self, contract: Contract, servers: Sequence[str] = ()) -> None:
        self.contract = contract
        self._places = [Place.of(server) for server in servers or [contract.server]]
        self._loopback = not servers
        read = [counter.value for counter in contract.counters] + [contract.paging.cursor if contract.paging else None]
        self._reads_headers = any(one.header for one in read if one)
        self._ours = lru_cache(maxsize=4096)(self._is_ours)

    def why_not(self, entry: Entry) -> str:
        """Why an entry is left out; empty where it is the operation's."""
        if entry.method.upper() != self.contract.method:
            return OTHER_METHOD
        if not self._ours(entry.url.partition("?")[0]):
            return OTHER_PLACE
        return self._lacks(entry)

    def _lacks(self, entry: Entry) -> str:
        """What an entry lacks to be judged; empty where it is whole."""
        if entry.status <= 0:
            return NO_ANSWER
        if entry.status == _NOT_MODIFIED and _is_conditional(entry):
            return NOT_MODIFIED
        if entry.aside:
            return entry.aside
        if self._needs_headers(entry.status) and all(name.lower() == "content-type" for name, _ in entry.headers):
            return NO_HEADERS
        return NO_BODY if entry.body is None and entry.base64 is None and entry.status not in BODILESS else ""

    def _needs_headers(self, status: int) -> bool:
        return self._reads_headers or any(one.required_headers for one in self.contract.responses_for(status))

    def is_at_home(self, entry: Entry) -> bool:
        """Whether an entry was asked of the host that the operation is documented at."""
        return Place.of(entry.url.partition("?")[0]).host == Place.of(self.contract.server).host

    def _is_ours(self, address: str) -> bool:
        """Whether an address is the operation at one of its servers, or at any on this machine where none was said."""
        try:
            place, name = Place.of(address), urlsplit(address).hostname or ""
        except (UsageError, ValueError):
            return False
        at = [known for known in self._places if known.host == place.host]
        if self._loopback and is_loopback(name):
            return place.prefix.endswith(self.contract.served.rstrip("/"))
        return any(place.prefix == known.prefix + self.contract.served.rstrip("/") for known in at)


def _is_conditional(entry: Entry) -> bool:
    """Whether a request asked for news alone, or may have: where none of its headers were recorded."""
    names = {name.lower() for name, _ in entry.request_headers}
    return not names or bool(names & _CONDITIONS)


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
