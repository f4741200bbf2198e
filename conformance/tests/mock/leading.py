"""What leads on from an answer of the mock, as the suite reads it, whatever the style of paging."""

from __future__ import annotations

import httpx

from conformance.exchange import Exchange
from conformance.exchange import Request as Shown
from conformance.listing.next_page import following
from conformance.mock.answers.answer import Answer
from conformance.spec.contract import Contract

Query = tuple[tuple[str, str], ...]


def next_query(contract: Contract, query: Query, answer: Answer) -> Query | None:
    """The query of the page after the one that a query was answered with; None after the last."""
    paging = contract.paging
    if paging is None or answer.items is None or answer.sent is not None:
        return None
    shown = Shown("GET", contract.path, ())
    exchange = Exchange(shown, answer.status, httpx.Headers(dict(answer.headers)), answer.raw, 0.0, query)
    value, _ = following(paging, exchange, len(answer.items))
    others = tuple((name, text) for name, text in query if name != paging.parameter)
    return None if value is None else (*others, (paging.parameter, str(value)))
