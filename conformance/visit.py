"""One operation on one target, with everything that was seen of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract import Contract
from conformance.exchange import Exchange
from conformance.pages import Page, encode, read_page
from conformance.target import Query, Target

MOST_PAGES = 200


class Visit:
    """Sends a check's requests; an identical request is sent once."""

    def __init__(self, contract: Contract, target: Target) -> None:
        self.contract = contract
        self.target = target
        self._seen: dict[tuple[tuple[str, str], ...], Exchange] = {}

    def get(self, query: Mapping[str, Any] | None = None) -> Exchange:
        """The answer to a documented request; `query` maps parameters to plain values."""
        return self.send(encode(self.contract, query or {}))

    def send(self, query: Query) -> Exchange:
        """The answer to a request whose query is already text."""
        key = tuple(query)
        if key not in self._seen:
            self._seen[key] = self.target.send(key)
        return self._seen[key]

    def page(self, query: Mapping[str, Any] | None = None) -> Page:
        """The first page that `query` gives; raises NotAPage where the answer is none."""
        return read_page(self.contract, self.get(query), number=1)

    def walk(self, query: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """Page after page; ends at the last one, at a cursor seen before, or after `MOST_PAGES`."""
        query = dict(query or {})
        seen: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            page = read_page(self.contract, self.get(query), number=number)
            yield page
            if page.cursor is None or repr(page.cursor) in seen or self.contract.paging is None:
                return
            seen.add(repr(page.cursor))
            query[self.contract.paging.parameter] = page.cursor
