"""Listings are sorted by what a parameter names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from attrs import evolve

from conformance.checks._walks import in_pages, items_of
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import ORDERING
from conformance.checks.ordering import COLLATIONS, has_key, in_order, order_of, out_of_order
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.values import key, kind_of


def _needs(contract: Contract) -> str:
    return "" if contract.order and contract.order.choices else "no parameter chooses what sorts"


@visit_check(
    "order-chosen",
    ORDERING,
    needs=_needs,
    recorded=True,
    costly=True,
    headline="{about} does not sort by {expected}: {actual}",
)
def order_chosen(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Each value of the parameter that chooses the order sorts by its fields, in either direction."""
    tried = False
    for word, query in _queries(contract, order_of(contract)):
        asked = order_of(contract).asked(query)
        walked = of_one_kind(asked, in_pages(visit, query))
        tried = tried or len(items_of(walked)) > 1
        told = query.get(asked.chosen_by)
        yield from unsorted(asked, walked, told if isinstance(told, str) else word)
    if not tried:
        raise Skip("fewer than 2 items have a field that may sort them", Cause.COLLECTION)


def unsorted(asked: Order, walked: list[Page], word: str) -> Iterator[Contradiction]:
    """Where pages that a value of the parameter sorts are out of order first."""
    if not is_sorted(asked, walked):
        for found in islice(out_of_order(asked, walked, asked.direction), 1):
            yield evolve(found, place=f"{word} {asked.direction}")


def _queries(contract: Contract, order: Order) -> Iterator[tuple[str, dict[str, Json]]]:
    """Each documented value, as it is and turned, as far as the schemas of the parameters allow it."""
    for word in order.choices:
        yield from ((word, query) for query in documented(contract, order.asking(word)))


def documented(contract: Contract, queries: Iterable[dict[str, Json]]) -> Iterator[dict[str, Json]]:
    """The queries whose values the schemas of their parameters allow."""
    for query in queries:
        if all(contract.parameter(name).validator.is_valid(value) for name, value in query.items()):
            yield query


def of_one_kind(order: Order, walked: list[Page]) -> list[Page]:
    """The pages without items that lack what sorts, or have it in a rarer form: where these stand, no page says."""
    kinds = Counter(kind_of(key(order, item)[0]) for item in items_of(walked) if has_key(order, item))
    usual = max(kinds, key=kinds.__getitem__, default=None)
    return [
        evolve(
            page, items=[item for item in page.items if has_key(order, item) and kind_of(key(order, item)[0]) is usual]
        )
        for page in walked
    ]


def is_sorted(order: Order, walked: list[Page]) -> bool:
    """Whether items are in order by what sorts first, however text is collated."""
    keys = [key(order, item)[:1] for item in items_of(walked)]
    return any(
        all(in_order(written(left), written(right), order.direction) for left, right in pairwise(keys))
        for written in COLLATIONS
    )


CHECKS: tuple[Check, ...] = (order_chosen,)
