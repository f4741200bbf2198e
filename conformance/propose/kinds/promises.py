"""Proposals for what OpenAPI cannot say: the promises of x-conformance that are kept otherwise, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from conformance.checks.items_within import holds
from conformance.jsontext import Json, members_of
from conformance.listing.pages import Page
from conformance.pointer import MISSING, Pointer
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.edits.places import parameter_schema
from conformance.propose.kinds import fields
from conformance.propose.kinds.envelope import paging_gone
from conformance.spec.counters import Counts
from conformance.spec.order import Order
from conformance.spec.promises import Bond, Invariant, Relation
from conformance.spec.values import key

OTHER_BOUND = {
    Relation.AFTER: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.AFTER,
    Relation.BEFORE: Relation.AT_MOST,
    Relation.AT_MOST: Relation.BEFORE,
}


def change(case: Case) -> Change | None:
    """What is promised instead, or the promise that is withdrawn."""
    kind = BY_CHECK.get(case.finding.check)
    return kind(case) if kind else None


def _bound(case: Case) -> Change | None:
    (known,) = [one for one in case.contract.filters if one.pointer == case.finding.pointer]
    doubted = {("filter-sound", known.pointer), ("filter-complete", known.pointer)}
    if doubted & case.seen.broken or "identity-unique" in {check for check, _ in case.seen.broken}:
        return None
    other = str(OTHER_BOUND[known.relation])
    edits = (Edit("set", f"{known.pointer}/relation", other),)
    says = f"{known.parameter} is a bound that is read as {known.relation}"
    return Change(edits=edits, pointer=known.pointer, says=says, instead=f"it is {other}")


def _direction(case: Case) -> Change | None:
    """The other direction, where every listing that asks for none runs that way."""
    order = case.contract.order
    pages = list(case.seen.plain(order.parameter if order else ""))
    if order is None or not pages or not all(_runs(order, page, _other(order)) for page in pages):
        return None
    edits = [Edit("set", f"{order.pointer}/direction", _other(order))]
    if order.parameter:
        schema = parameter_schema(case.contract, case.contract.parameter(order.parameter))
        if schema.keywords.get("default") == order.direction:
            edits.append(Edit("set", schema.place.below("default"), _other(order)))
    says = f"the order is {order.direction} where none is asked for"
    return Change(edits=tuple(edits), pointer=order.pointer, says=says, instead=f"it is {_other(order)}")


def _other(order: Order) -> str:
    return {"asc": "desc", "desc": "asc"}[order.direction]


def _runs(order: Order, page: Page, direction: str) -> bool:
    firsts = [key(order, item)[0] for item in page.items]
    try:
        return all(left <= right if direction == "asc" else left >= right for left, right in pairwise(firsts))
    except TypeError:
        return False


def _full(case: Case) -> Change | None:
    limit = case.contract.limit
    if limit is None or {"pages-complete", "pages-disjoint", "walk-ends"} & {check for check, _ in case.seen.broken}:
        return None
    edits = (Edit("drop", f"{limit.pointer}/full"),)
    return Change(
        edits=edits, pointer=limit.pointer, says="a page that is not the last is full", instead="it need not be"
    )


def _paging(case: Case) -> Change | None:
    """No paging, where no page ever led on although there was more; otherwise the end that was shown."""
    paging, seen = case.contract.paging, case.seen
    if paging is None:
        return None
    smallest = min((len(page.items) for page in seen.pages if page.items), default=0)
    if not seen.has_cursors and len(seen.listed) > smallest and not _more_is_counted(case):
        operation = case.contract.pointer
        edits = tuple(paging_gone(case))
        return Change(edits=edits, pointer=operation, says="a page leads to the next", instead="no page leads on")
    ending = case.finding.actual.values.get("ending")
    if ending not in {"absent", "null", "empty"}:
        return None
    edits = (Edit("include", case.extension.below("paging", "ends"), ending),)
    return Change(
        edits=edits,
        pointer=case.extension.below("paging"),
        says=f"the last page shows {' or '.join(paging.ends)} in the cursor's place",
        instead=f"it may be {ending} too",
    )


def _more_is_counted(case: Case) -> bool:
    """Whether an answer says that there is more than any one page ever held."""
    wholes = [counter for counter in case.contract.counters if counter.counts is not Counts.PAGE]
    counted = [one.read(page.exchange.json, page.exchange.headers) for page in case.seen.pages for one in wholes]
    longest = max((len(page.items) for page in case.seen.pages), default=0)
    return any(isinstance(number, int) and number > longest for number in counted)


def _invariant(case: Case) -> Change:
    (known,) = [one for one in case.contract.invariants if one.pointer == case.finding.pointer]
    broken = [item for page in case.seen.pages for item in page.items if not holds(known, item)]
    more = _more_values(case, known, broken)
    if more:
        edits = tuple(Edit("include", f"{known.pointer}/in", value) for value in more)
        return Change(
            edits=edits,
            pointer=known.pointer,
            says=f"{known.left} is there only when {known.field} has one of the listed values",
            instead=f"it is there with {', '.join(map(str, more))} too",
        )
    return Change(
        edits=(Edit("drop", known.pointer),),
        pointer=case.extension,
        says=known.says,
        instead="items were seen that contradict it",
    )


def _more_values(case: Case, known: Invariant, broken: list[Json]) -> list[Json]:
    """Documented values of the deciding field with which `left` was seen too; none where that is all of them."""
    documented = case.contract.item.part(known.field).keywords.get("enum", []) if known.field else []
    held = [known.field.get(item) for item in broken]
    more = [value for value in documented if value in held]
    complete = {*known.values, *more} >= set(documented)
    return [] if known.relation is not Bond.PRESENT_ONLY_WHEN or complete or set(held) - set(documented) else more


def _counter(case: Case) -> Change | None:
    """A counter that is gone is withdrawn or found again; one of the collection may turn out to count the page."""
    (known,) = [one for one in case.contract.counters if one.pointer == case.finding.pointer]
    rows = [(page, known.read(page.exchange.json, page.exchange.headers)) for page in case.seen.pages]
    if all(value is MISSING for _, value in rows):
        moved = _moved(case, known.counts)
        edit = Edit("set", f"{known.pointer}/value", moved) if moved else Edit("drop", known.pointer)
        described = fields.described(case, moved.partition("#")[2]) if moved else ()
        instead = f"it stands at {moved}" if moved else "it is not there"
        says = f"a counter stands at {known.value}"
        return Change(edits=(*described, edit), pointer=case.extension, says=says, instead=instead)
    if known.counts is not Counts.PAGE and all(value == len(page.items) for page, value in rows):
        edits = (Edit("set", f"{known.pointer}/counts", "page"),)
        says = f"it counts the {known.counts}"
        return Change(edits=edits, pointer=known.pointer, says=says, instead="it counts the page")
    return None


def _moved(case: Case, counts: Counts) -> str:
    """The one member beside the items that counts them on every page."""
    bodies = case.seen.listings
    if counts is not Counts.PAGE or not bodies:
        return ""
    rows = list(zip(bodies, (len(page.items) for page in case.seen.pages), strict=True))
    places = map(Pointer.of, members_of(bodies[0]))
    found = [place for place in places if all(place.get(body) == length for body, length in rows)]
    return f"$response.body#{found[0]}" if len(found) == 1 else ""


BY_CHECK: Mapping[str, Callable[[Case], Change | None]] = {
    "filter-bounds": _bound,
    "order-default": _direction,
    "order-holds": _direction,
    "page-full": _full,
    "pages-complete": _paging,
    "last-page-ends": _paging,
    "invariants-hold": _invariant,
    "count-is-page": _counter,
    "total-is-collection": _counter,
    "total-constant": _counter,
}
