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
NO_BODY, NO_ANSWER = "no body was recorded", "no answer was recorded"
BODILESS = frozenset({204, 304})


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
        self._ours = lru_cache(maxsize=4096)(self._is_ours)

    def why_not(self, entry: Entry) -> str:
        """Why an entry is left out; empty where it is the operation's."""
        if entry.method != self.contract.method:
            return OTHER_METHOD
        if not self._ours(entry.url.partition("?")[0]):
            return OTHER_PLACE
        if entry.status <= 0:
            return NO_ANSWER
        if entry.body is None and entry.base64 is None and entry.status not in BODILESS:
            return NO_BODY
        return ""

    def _is_ours(self, address: str) -> bool:
        """Whether an address is the operation at one of its servers, or at any on this machine where none was said."""
        try:
            place, name = Place.of(address), urlsplit(address).hostname or ""
        except (UsageError, ValueError):
            return False
        at = [known for known in self._places if known.host == place.host]
        if self._loopback and is_loopback(name):
            return place.prefix.endswith(self.contract.path.rstrip("/"))
        return any(place.prefix == known.prefix + self.contract.path.rstrip("/") for known in at)


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
