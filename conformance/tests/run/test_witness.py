"""A finding shows itself in the fewest and smallest exchanges, with what is missing by name."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import Request

from conformance.finding import Finding
from conformance.jsontext import elements_of
from conformance.tests.conftest import Answer, lying
from conformance.tests.propose.loops import found as findings_of
from conformance.tests.runs import CONTRACTS, ran


def finding(stem: str, fault: str, check: str) -> Finding:
    """The finding of one check about one fault."""
    return next(found for found, _ in ran(CONTRACTS[stem], fault).findings if found.check == check)


def shown(stem: str, found: Finding) -> list[list[Any]]:
    """The identities on each page of a witness."""
    contract = CONTRACTS[stem]
    pages = [elements_of(contract.items.read(exchange.json, exchange.headers)) for exchange in found.witness]
    return [[contract.identity_of(item) for item in page] for page in pages]


@pytest.mark.parametrize("stem", ["vercel_sessions", "vercel_sandboxes", "sandbase_sessions"])
def test_two_pages_show_a_repeated_item(stem: str) -> None:
    """Two pages of one or two items rather than a walk of ten pages."""
    first, second = shown(stem, finding(stem, "repeat-last-item", "pages-disjoint"))

    assert set(first) & set(second)
    assert len(first) <= 2
    assert len(second) <= 2


@pytest.mark.parametrize("stem", ["vercel_sessions", "sandbase_sessions"])
def test_a_lost_item_stands_beside_where_it_is_listed(stem: str) -> None:
    """Neighbouring short pages lack what a long page from the same place has."""
    found = finding(stem, "drop-boundary-item", "pages-complete")
    *short, long = shown(stem, found)

    assert 1 <= len(short) <= 2
    assert set(long) - {name for page in short for name in page}
    assert found.missing


@pytest.mark.parametrize("stem", ["browserbase_sessions", "instavm_sandboxes", "sandbase_sessions", "vercel_sessions"])
def test_a_lost_match_is_shown_by_two_requests(stem: str) -> None:
    """One listing that has the item, and the filtered one that lacks it."""
    listed, filtered = shown(stem, finding(stem, "filter-loses-one", "filter-complete"))

    assert set(listed) - set(filtered)


def test_every_exchange_has_a_curl() -> None:
    """A finding can be repeated by hand, request by request."""
    found = finding("sandbase_sessions", "cursor-drops-filters", "cursor-keeps-filters")

    assert [exchange.request.curl().startswith("curl -s ") for exchange in found.witness] == [True, True]
    assert "page=" in found.witness[1].request.url
    assert found.unexpected


def joined(stem: str, fault: str) -> Finding:
    """The finding about two filters together."""
    return finding(stem, fault, "filter-conjunction")


@pytest.mark.parametrize("stem", ["vercel_sessions", "sandbase_sessions", "browserbase_sessions"])
def test_two_filters_that_are_joined_by_or_show_in_one_page(stem: str) -> None:
    """One request with both filters, and one or two items where there is a limit."""
    found = joined(stem, "filters-joined-by-or")
    (page,) = shown(stem, found)

    assert {f'"{name}"' for name in page} & set(found.unexpected)
    assert CONTRACTS[stem].limit is None or len(page) <= 2


@pytest.mark.parametrize("stem", ["vercel_sessions", "sandbase_sessions"])
def test_what_two_filters_lose_together_stands_beside_where_it_is_listed(stem: str) -> None:
    """One page that lists the item, and the one with both filters that does not."""
    contract = CONTRACTS[stem]
    filters = {one.parameter for one in contract.filters}

    def losing(request: Request, answer: Answer) -> Answer:
        if answer.status != 200 or len(filters & set(request.query_params)) < 2:
            return answer
        return answer.with_json(lambda body: without_first(body, contract.items.place.tokens[0]))

    findings, _ = findings_of(contract, lying(contract, losing))

    found = next(one for one in findings if one.check == "filter-conjunction")
    listed, filtered = shown(stem, found)
    assert {f'"{name}"' for name in set(listed) - set(filtered)} & set(found.missing)
    assert len(listed) <= 10


def without_first(body: dict[str, Any], name: str) -> dict[str, Any]:
    """A page without its first item."""
    return {**body, name: body[name][1:]}
