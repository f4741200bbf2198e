"""What leads on from an answer of the mock, as the suite reads it, whatever the style of paging."""

from __future__ import annotations

import httpx

from conformance.exchange import Exchange
from conformance.exchange import Request as Shown
from conformance.jsontext import Json
from conformance.listing.next_page import following
from conformance.mock.answers.answer import Answer
from conformance.spec.contract import Contract

Query = tuple[tuple[str, str], ...]


def next_query(contract: Contract, query: Query, answer: Answer) -> Query | None:
    """The query of the page after the one that a query was answered with; None after the last."""
    paging = contract.paging
    if paging is None or answer.items is None or answer.sent is not None:
        return None
    shown = httpx.Response(answer.status, headers=dict(answer.headers), content=answer.raw)
    value = leads_to(contract, shown, len(answer.items), query)
    others = tuple((name, text) for name, text in query if name != paging.parameter)
    return None if value is None else (*others, (paging.parameter, str(value)))


def leads_to(contract: Contract, response: httpx.Response, size: int, query: Query = ()) -> Json:
    """What the page after one of so many items is asked for by; None after the last."""
    if contract.paging is None:
        return None
    shown = Shown("GET", contract.path, ())
    exchange = Exchange(shown, response.status_code, response.headers, response.content, 0.0, query)
    return following(contract.paging, exchange, size)[0]
