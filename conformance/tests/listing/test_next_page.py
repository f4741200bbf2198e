"""What leads from a page to the next is read out of the exchange, and nothing is guessed."""

from __future__ import annotations

import httpx
import pytest

from conformance.exchange import Exchange, Request
from conformance.listing.next_page import following
from conformance.pointer import TOP, Expression
from conformance.spec.promises import Paging, Style


def paging(style: Style, parameter: str, start: int = 0) -> Paging:
    """A promise of this style."""
    cursor = Expression(header="Link") if style is Style.LINK_HEADER else None
    return Paging(says="", pointer=TOP, parameter=parameter, cursor=cursor, ends=(), style=style, start=start)


def answered(query: tuple[tuple[str, str], ...] = (), link: str = "") -> Exchange:
    """An exchange with that query and that Link header."""
    request = Request("GET", "http://127.0.0.1/", ())
    headers = httpx.Headers({"Link": link} if link else {})
    return Exchange(request=request, status=200, headers=headers, body=b"[]", seconds=0, query=query)


@pytest.mark.parametrize(
    ("style", "start", "query", "size", "found"),
    [
        (Style.PAGE_NUMBER, 1, (), 3, (2, "")),
        (Style.PAGE_NUMBER, 0, (), 3, (1, "")),
        (Style.PAGE_NUMBER, 1, (("n", "4"),), 1, (5, "")),
        (Style.PAGE_NUMBER, 1, (("n", "4"),), 0, (None, "no items")),
        (Style.PAGE_NUMBER, 1, (("n", "four"),), 1, (2, "")),
        (Style.OFFSET, 0, (), 3, (3, "")),
        (Style.OFFSET, 0, (("n", "20"), ("m", "7")), 3, (23, "")),
        (Style.OFFSET, 0, (("n", "20"),), 0, (None, "no items")),
    ],
)
def test_pages_are_counted_from_what_was_asked(
    style: Style, start: int, query: tuple[tuple[str, str], ...], size: int, found: object
) -> None:
    """A page number grows by one, an offset by the items that came; an empty page ends the walk."""
    assert following(paging(style, "n", start), answered(query), size) == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<https://six.invalid/boxes?after=x%2Fy&state=on>; rel="next"', ("x/y", "")),
        ("</boxes?after=t>; rel=next", ("t", "")),
        ('<?after=1>; rel="first", <?after=3>; rel="next", <?after=9>; rel="last"', ("3", "")),
        ('<?after=3>; title="on"; rel="last NEXT"', ("3", "")),
        ('<?cursor=3>; rel="next"', (None, "a next page without after")),
        ('<?after=1>; rel="first"', (None, "absent")),
        ("nonsense, <<>;;rel", (None, "absent")),
        ("", (None, "absent")),
    ],
)
def test_the_link_header_leads_on(link: str, found: object) -> None:
    """The target of rel=next holds the parameter; one that lacks it is no end that is documented."""
    assert following(paging(Style.LINK_HEADER, "after"), answered(link=link), 1) == found
