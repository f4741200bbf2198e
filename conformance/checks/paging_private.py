"""A cursor that one credential was given shows nothing to another that this may not see."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import SMALL, broken, cut, everything, items_of, pages, sized
from conformance.checks.access import matches, not_as_refused
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import ACCESS
from conformance.checks.paging import paging_of
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import NotAPage, Page, encode, items_in
from conformance.listing.visit import Visit
from conformance.sentence import Sentence, Status, said
from conformance.spec.contract import Contract
from conformance.spec.cursors import foreign_refusal
from conformance.spec.values import identities

AFTERWARDS = 4
"""Asked by no other check, so that a second look asks again."""


def _needs(contract: Contract) -> str:
    private = contract.paging is not None and contract.paging.private
    if private and not contract.credentials:
        return "no credential is documented"
    return "" if private else "nothing documents what a cursor is to another credential"


@visit_check(
    "cursor-private",
    ACCESS,
    needs=_needs,
    costly=True,
    tests=lambda contract: (contract.paging, foreign_refusal(contract)),
    no_proposal="A spec must not document that one customer's cursor opens the listing to another.",
    headline="a cursor of another credential gives something away: {actual} instead of {expected}",
)
def cursor_private(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A cursor of another credential is refused, or shows only what the asking one may see."""
    another, refusal = visit.by_another(), foreign_refusal(contract)
    seen = _seen_by(another)
    first, following = _following(visit)
    secret = set(identities(contract, following.items)) - set(identities(contract, seen))
    if not secret:
        raise Skip("the second credential may see what the cursor leads to", Cause.RUN)
    query = {**sized(contract, SMALL), paging_of(contract).parameter: first.cursor}
    answer = another.send(encode(contract, query), time=AFTERWARDS)
    shown = set(identities(contract, items_in(contract, answer))) - set(identities(contract, seen))
    if shown:
        # What has been listed for the second credential meanwhile is its own.
        shown -= set(identities(contract, _seen_by(visit.by_another())))
    wanted = refusal.status if refusal else ("4XX",)
    if shown or (not matches(answer.status, wanted) and (refusal or not contract.succeeds(answer.status))):
        yield broken(
            refusal or paging_of(contract),
            (first.exchange, answer),
            expected=_expected(wanted, lenient=refusal is None),
            actual=said("{count} items that it may not see", count=len(shown))
            if shown
            else said("{status}", status=Status(answer.status)),
            unexpected=tuple(sorted(shown)),
            also=(
                contract.pointer.below("x-conformance", "paging", "private"),
                *(not_as_refused(contract, refusal, answer) if refusal else ()),
            ),
        )


def _expected(wanted: tuple[str, ...], *, lenient: bool) -> Sentence:
    if lenient:
        return said("a refusal, or only what the asking credential may see")
    return said("{wanted} for a cursor that another credential was given", wanted=" or ".join(wanted))


def _seen_by(another: Visit) -> list[Json]:
    """All that the second credential may see; skips where there is none, or it is not let in."""
    if not another.target.carried_by_another:
        names = " and ".join(one.other_env for one in another.contract.credentials[:1] if one.env)
        raise Skip(f"no second credential is known: {names or 'no variable'} holds none", Cause.RUN)
    try:
        walked = pages(another, everything(another.contract))
    except NotAPage as stop:
        raise Skip("the second credential is not accepted", Cause.RUN, stopped_by=stop.exchange) from None
    if cut(walked):
        raise Skip("what the second credential may see is too much to read", Cause.COLLECTION)
    return items_of(walked)


def _following(visit: Visit) -> tuple[Page, Page]:
    """A page that leads on, and the one that follows."""
    walked = list(visit.walk(sized(visit.contract, SMALL), most=2))
    if len(walked) == 1:
        raise Skip("one page holds everything, so no cursor was given", Cause.COLLECTION)
    return walked[0], walked[1]


CHECKS: tuple[Check, ...] = (cursor_private,)
