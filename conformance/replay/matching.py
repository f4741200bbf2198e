"""Which recorded entries belong to an operation, and why the others do not."""

from __future__ import annotations

import json
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from conformance.contract import Contract
from conformance.replay.lines import Entry

OTHER_METHOD, OTHER_PATH, NO_BODY, NO_ANSWER = "another method", "another path", "no body recorded", "no answer"
BODILESS = frozenset({204, 304})


class Matching:
    """Tells the entries of one operation from all others."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._ours = lru_cache(maxsize=4096)(self._is_ours)

    def why_not(self, entry: Entry) -> str:
        """Why an entry is left out; empty where it is the operation's."""
        if entry.method != self.contract.method:
            return OTHER_METHOD
        if not self._ours(entry.url.partition("?")[0]):
            return OTHER_PATH
        if not entry.status:
            return NO_ANSWER
        if entry.body is None and entry.base64 is None and entry.status not in BODILESS:
            return NO_BODY
        return ""

    def _is_ours(self, address: str) -> bool:
        """Whether an address ends in the documented path; a proxy may put a prefix before it."""
        try:
            return unquote(urlsplit(address).path).endswith(self.contract.path)
        except ValueError:
            return False


def shown(text: bytes) -> str:
    """What a line that is no entry says of itself, where `har` wrote it."""
    try:
        return str(json.loads(text)["unreadable"])
    except (ValueError, KeyError, TypeError):
        return ""
