"""Everything that a run saw of one operation, as proposals ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from conformance.checks.wire import SUCCESS, response_of
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.jsontext import Json, problem_of
from conformance.listing.pages import NotAPage, Page, read_page
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.values import identities

OK = 200


class Seen:
    """The exchanges of one run with one operation; `day` is the day of the run (RFC 3339 full-date)."""

    def __init__(
        self, contract: Contract, exchanges: Sequence[Exchange], *, day: str, findings: Iterable[Finding] = ()
    ) -> None:
        self.contract = contract
        self.exchanges = exchanges
        self.broken = {(finding.check, finding.pointer) for finding in findings}
        self.day = day
        self._widened: dict[str, list[Any]] = {}

    def widened(self, spec: str, work: Callable[[], list[Any]]) -> list[Any]:
        """What `work` finds out about the schema at `spec`, worked out once."""
        if spec not in self._widened:
            self._widened[spec] = work()
        return self._widened[spec]

    def bodies(self, status: int) -> list[Json]:
        """The strict JSON bodies of all answers that the response documented for a status covers."""
        wanted = self.contract.responses_for(status)[:1]
        return _bodies(
            exchange
            for exchange in self.exchanges
            if wanted and response_of(self.contract, exchange) is wanted[0] and _is_strict(exchange)
        )

    @cached_property
    def listings(self) -> list[Json]:
        """The bodies of all pages."""
        return _bodies(page.exchange for page in self.pages)

    @cached_property
    def pages(self) -> list[Page]:
        """Every page that was answered in strict JSON."""
        return [page for exchange in self.exchanges if _is_strict(exchange) for page in _page(self.contract, exchange)]

    def plain(self, without: str) -> Iterator[Page]:
        """The pages that were asked for without one parameter and without a cursor."""
        paging = self.contract.paging
        names = {without, paging.parameter if paging else ""}
        return (page for page in self.pages if not names & {name for name, _ in page.exchange.query})

    def asked(self, parameter: str, *, accepted: bool) -> list[str]:
        """The values of a parameter that were accepted alone, or refused alone."""
        return [
            exchange.query[0][1]
            for exchange in self.exchanges
            if [name for name, _ in exchange.query] == [parameter] and (exchange.status in SUCCESS) is accepted
        ]

    def accepts(self, parameters: Sequence[str], values: Sequence[Json]) -> bool:
        """Whether every value was accepted by every one of the parameters in this run."""
        given = {pair for exchange in self.exchanges if exchange.status in SUCCESS for pair in exchange.query}
        return all((name, value) in given for name in parameters for value in values)

    @property
    def listed(self) -> set[str]:
        """What names every item that was ever listed."""
        return {name for page in self.pages for name in identities(self.contract, page.items)}

    @property
    def has_cursors(self) -> bool:
        """Whether any page led on."""
        return any(page.cursor is not None for page in self.pages)


def _bodies(exchanges: Iterable[Exchange]) -> list[Json]:
    return [body for exchange in exchanges if (body := exchange.json) is not MISSING]


def _is_strict(exchange: Exchange) -> bool:
    return not problem_of(exchange.body, exchange.headers.get("content-type", ""))


def _page(contract: Contract, exchange: Exchange) -> Iterator[Page]:
    try:
        yield read_page(contract, exchange, number=1)
    except NotAPage:
        return
