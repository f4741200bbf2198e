"""What leads from a page to the next: a value that the answer holds, a link, the last item, or a counted number."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.pointer import MISSING, Expression, Found
from conformance.spec.promises import Paging, Style

Read = Callable[[Expression], Found]
"""Reads the value of an expression in an exchange, or `MISSING`."""


def following(paging: Paging, exchange: Exchange, size: int, *, read: Read | None = None) -> tuple[Json, str]:
    """What the paging parameter takes on the page after one of `size` items; None, and what ends the walk, on the last.

    Where pages are counted only an empty one is the last: a short page may be one that the server capped. `read` is
    for those who have read the body already.
    """
    if paging.cursor is None:
        return (_counted(paging, exchange, size), "") if size else (None, "no items")
    if paging.style is Style.LINK_HEADER:
        return _linked(paging.parameter, exchange)
    found = read(paging.cursor) if read else paging.cursor.read(exchange.json, exchange.headers)
    value, ending = _given(paging.shown(found))
    if value is None or paging.style is Style.CURSOR:
        return value, ending
    return _in_url(paging.parameter, value) if paging.style is Style.NEXT_URL else _last(paging, exchange, more=value)


def _given(value: Found) -> tuple[Json, str]:
    if value is MISSING:
        return None, "absent"
    if value is None:
        return None, "null"
    return (None, "empty") if value == "" else (value, "")


def _counted(paging: Paging, exchange: Exchange, size: int) -> int:
    asked = [value for name, value in exchange.query if name == paging.parameter]
    try:
        here = int(asked[-1])
    except (IndexError, ValueError):
        here = paging.start
    return here + (size if paging.style is Style.OFFSET else 1)


def _linked(parameter: str, exchange: Exchange) -> tuple[Json, str]:
    """The parameter in the query of the target with the relation `next` (RFC 8288)."""
    import httpx  # noqa: PLC0415 - a shell's completion of checks does not wait for it

    links = httpx.Response(200, headers=exchange.headers).links.values()
    targets = [link.get("url", "") for link in links if "next" in link.get("rel", "").lower().split()]
    return _in_url(parameter, targets[0]) if targets else (None, "absent")


def _in_url(parameter: str, url: object) -> tuple[str | None, str]:
    """The parameter in the query of the next page's address; whatever else that says is left alone."""
    query = parse_qs(str(url).partition("#")[0].partition("?")[2])
    value = next(iter(query.get(parameter, ())), "")
    return (value, "") if value else (None, f"a next page without {parameter}")


def _last(paging: Paging, exchange: Exchange, *, more: Json) -> tuple[Json, str]:
    """What the last item shows, where the page says that there is more."""
    if more is not True:
        return None, "false" if more is False else "no true or false"
    items = paging.items.read(exchange.json, exchange.headers) if paging.items is not None else MISSING
    if not isinstance(items, list) or not items:
        return None, "no items"
    value = paging.field.get(items[-1])
    return (None, f"a last item without {paging.field}") if value in (MISSING, None) else (value, "")
