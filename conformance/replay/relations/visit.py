"""A visit that answers from a recording, so that the checks of relations run on it as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, cast

from conformance.checks import named
from conformance.checks.base import Cause, Skip, VisitFunction
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.listing.pages import NotAPage, Page
from conformance.listing.visit import MOST_PAGES, Visit
from conformance.replay.relations.walks import Step
from conformance.spec.contract import Contract
from conformance.target.connection import Query
from conformance.target.target import Target


class NothingElse:
    """In the place of a target: whatever was not recorded cannot be asked for."""

    def __getattr__(self, name: str) -> NoReturn:
        raise Skip("not in the recording", Cause.RUN)


class RecordedVisit(Visit):
    """A visit whose plain listing is one recorded walk, and whose second reading of it is another page."""

    def __init__(self, contract: Contract, pages: Sequence[Page], *, again: Page | None = None) -> None:
        super().__init__(contract, cast("Target", NothingElse()))
        self._pages = pages
        self._again = again

    def send(self, query: Query, *, time: int = 1) -> Exchange:
        """The recorded answer to the plain request; raises Skip for any other."""
        if query:
            raise Skip("not in the recording", Cause.RUN)
        return self.page(time=time).exchange

    def page(self, query: Mapping[str, Any] | None = None, *, time: int = 1) -> Page:  # noqa: ARG002 - as a visit's
        """The first recorded page, or the second reading of it."""
        page = self._pages[0] if time == 1 else self._again
        if page is None:
            raise Skip("not in the recording", Cause.RUN)
        return page

    def walk(self, query: Mapping[str, Any] | None = None, *, most: int = MOST_PAGES) -> Iterator[Page]:  # noqa: ARG002
        """The recorded pages, all of them."""
        yield from self._pages


def found_in(check: str, contract: Contract, steps: Sequence[Step]) -> list[Contradiction]:
    """What a check itself finds in some pages, read as one walk."""
    return judged(named(check).of_visit, RecordedVisit(contract, [step.page for step in steps]))


def judged(function: VisitFunction | None, visit: RecordedVisit) -> list[Contradiction]:
    """What a relation finds in a recording; nothing where it cannot tell."""
    if function is None:
        return []
    try:
        return list(function(visit.contract, visit))
    except (Skip, NotAPage):
        return []
