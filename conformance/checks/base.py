"""What a check is: a function that tests one promise, and what it needs the contract to document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from attrs import frozen

from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract

ExchangeFunction = Callable[[Contract, Exchange], Iterator[Finding]]
VisitFunction = Callable[[Contract, Visit], Iterator[Finding]]
Need = Callable[[Contract], str]
"""Why a contract gives a check nothing to test; empty where it does."""


Sees = Callable[[Contract, Exchange], bool]


class Skip(ConformanceError):  # noqa: N818 - an outcome, not an error
    """The check could not observe what it tests; the message says why, and what would be needed."""


class Family(StrEnum):
    """Which part of the contract a check tests."""

    WIRE = "wire"
    CLIENT = "client"
    ACCESS = "access"
    REFUSAL = "refusal"
    FUZZ = "fuzz"
    PAGING = "paging"
    LIMIT = "limit"
    ORDERING = "ordering"
    FILTERING = "filtering"
    COUNTING = "counting"
    ITEMS = "items"
    LEARNED = "learned"
    PUBLISHED = "published"


RELATIONS = frozenset(
    {
        Family.PAGING,
        Family.LIMIT,
        Family.ORDERING,
        Family.FILTERING,
        Family.COUNTING,
        Family.ITEMS,
        Family.LEARNED,
    }
)
"""The families that compare responses with each other."""


SPENDING = (
    Family.ACCESS,
    Family.COUNTING,
    Family.ORDERING,
    Family.LIMIT,
    Family.FILTERING,
    Family.ITEMS,
    Family.LEARNED,
    Family.PAGING,
    Family.REFUSAL,
    Family.FUZZ,
    Family.WIRE,
    Family.CLIENT,
)
"""In which order a budget of requests is spent: first on what finds most for each."""


def nothing(_: Contract) -> str:
    """No need: every contract has what the check tests."""
    return ""


def everything(_contract: Contract, _exchange: Exchange) -> bool:
    """Whether an exchange shows something to test: each does."""
    return True


@frozen(kw_only=True)
class Check:
    """One promise's test; exactly one of the two functions is set, or neither where the runner tests it."""

    id: str
    family: Family
    summary: str
    of_exchange: ExchangeFunction | None = None
    """Tests each exchange alone, so recorded ones as well."""
    of_visit: VisitFunction | None = None
    """Sends requests of its own."""
    needs: Need = nothing
    sees: Sees = everything
    """Whether an exchange shows what the check tests; a check that saw nothing is skipped, not held."""


def exchange_check(
    name: str, family: Family, *, needs: Need = nothing, sees: Sees = everything
) -> Callable[[ExchangeFunction], Check]:
    """Make a check of a function that tests one exchange; its docstring is the summary."""

    def made(function: ExchangeFunction) -> Check:
        return Check(id=name, family=family, summary=_summary(function), of_exchange=function, needs=needs, sees=sees)

    return made


def visit_check(name: str, family: Family, *, needs: Need = nothing) -> Callable[[VisitFunction], Check]:
    """Make a check of a function that sends requests; its docstring is the summary."""

    def made(function: VisitFunction) -> Check:
        return Check(id=name, family=family, summary=_summary(function), of_visit=function, needs=needs)

    return made


def _summary(function: ExchangeFunction | VisitFunction) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]
