"""What a check is: a function that tests one promise, and what everybody else asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypedDict, Unpack

from attrs import asdict, field, frozen

from conformance.checks.family import Family, Promises
from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Finding, level_of
from conformance.listing.pages import NotAPage
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.standing import Ground, ground, is_keyword, weakest

ExchangeFunction = Callable[[Contract, Exchange], Iterator[Contradiction]]
VisitFunction = Callable[[Contract, Visit], Iterator[Contradiction]]
Need = Callable[[Contract], str]
"""Why a contract gives a check nothing to test; empty where it does."""


Sees = Callable[[Contract, Exchange], bool]


class Cause(StrEnum):
    """Why a check could not observe what it tests: what that means for a run depends on it."""

    DOCUMENTATION = "documentation"
    """The documentation does not say what would be tested, or allows every answer."""
    COLLECTION = "collection"
    """What is listed does not show it: too few items, too many, none of the kind, or they moved meanwhile."""
    RUN = "run"
    """What the run was given does not reach: requests, an earlier run, a recording."""
    SERVER = "server"
    """The server did it: no pass, so a finding tells it, or the run could not tell."""


class Skip(ConformanceError):  # noqa: N818 - an outcome, not an error
    """The check could not observe what it tests; the message says why, and what would be needed."""

    def __init__(self, message: str, cause: Cause, *, stopped_by: Exchange | None = None) -> None:
        super().__init__(message)
        self.cause = cause
        self.stopped_by = stopped_by
        """Of a cause that is the server: the answer that ended the check, where it was one."""


def nothing(_: Contract) -> str:
    """No need: every contract has what the check tests."""
    return ""


def everything(_contract: Contract, _exchange: Exchange) -> bool:
    """Whether an exchange shows something to test: each does."""
    return True


@frozen(kw_only=True, eq=False)
class Check:
    """One promise's test; exactly one of the two functions is set, or neither where whoever made the data tests it."""

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
    tests: Promises = field()
    """The promises that it tests; those of its family unless it says otherwise."""
    tends: str = field()
    """What kind of drift it tends to find; that of its family unless it says otherwise."""
    headline: str = field()
    """A finding of it as one line, of `about` (the parameter or the field), `actual`, `expected` and `place`."""
    no_proposal: str = field()
    """Why no change of a spec expresses what it finds, where none does; its family's reason unless it has its own."""
    unconditional: bool = False
    """Whether it tells why nothing else can be checked, so that it is made even then."""
    of_body: bool = False
    """Of a check of an exchange: whether the status, the content type and the body alone decide what it finds."""
    recorded: bool = False
    """Of a check that sends requests: whether a recording of those that others sent may show the same."""
    movable: bool = False
    """Whether a collection that moves between two requests breaks it by itself, so that once is not enough."""
    costly: bool = False
    """Whether it sends many requests for the little that no other check finds, so that it comes after all of those."""

    @tests.default
    def _tests_of_family(self) -> Promises:
        return self.family.tests

    @tends.default
    def _tendency_of_family(self) -> str:
        return self.family.tends

    @headline.default
    def _headline_of_family(self) -> str:
        return self.family.headline

    @no_proposal.default
    def _reason_of_family(self) -> str:
        return self.family.no_proposal

    def in_exchange(self, contract: Contract, exchange: Exchange) -> Iterator[Finding]:
        """What it finds in one exchange."""
        return self.findings(contract, self.of_exchange(contract, exchange) if self.of_exchange else ())

    def in_visit(self, contract: Contract, visit: Visit) -> Iterator[Finding]:
        """What it finds by asking; raises Skip where it cannot tell, and has found nothing."""
        found = False
        try:
            for finding in self.findings(contract, self.of_visit(contract, visit) if self.of_visit else ()):
                found = True
                yield finding
        except (Skip, NotAPage):
            if not found:
                raise

    def findings(self, contract: Contract, observed: Iterable[Contradiction]) -> Iterator[Finding]:
        """What was observed, as findings of this check; how much each weighs follows from the places it rests on."""
        return (self._finding(contract, one) for one in observed)

    def _finding(self, contract: Contract, one: Contradiction) -> Finding:
        weakest = ground_of(contract, one)
        level = level_of(weakest.standing, one.doubt)
        return Finding(check=self.id, level=level, ground=weakest, **asdict(one, recurse=False))


def ground_of(contract: Contract, one: Contradiction) -> Ground:
    """The weakest place that a contradiction rests on: where it points, the keyword there, and what else it names."""
    places = [one.pointer, *one.also]
    if one.keyword and is_keyword(contract, one.pointer, one.keyword):
        places.append(one.pointer.below(one.keyword))
    return weakest(ground(contract, place) for place in places)


class Traits(TypedDict, total=False):
    """What a check may say of itself beside its function."""

    needs: Need
    sees: Sees
    tests: Promises
    tends: str
    headline: str
    no_proposal: str
    unconditional: bool
    of_body: bool
    recorded: bool
    costly: bool
    movable: bool


def exchange_check(name: str, family: Family, **traits: Unpack[Traits]) -> Callable[[ExchangeFunction], Check]:
    """Make a check of a function that tests one exchange; its docstring is the summary."""

    def made(function: ExchangeFunction) -> Check:
        return Check(id=name, family=family, summary=_summary(function), of_exchange=function, **traits)

    return made


def visit_check(name: str, family: Family, **traits: Unpack[Traits]) -> Callable[[VisitFunction], Check]:
    """Make a check of a function that sends requests; its docstring is the summary."""

    def made(function: VisitFunction) -> Check:
        return Check(id=name, family=family, summary=_summary(function), of_visit=function, **traits)

    return made


def _summary(function: ExchangeFunction | VisitFunction) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]
