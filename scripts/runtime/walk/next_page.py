"""What leads to the next page: a cursor, a number that is counted, or the target of a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs
from uuid import UUID

from listing_runtime.errors import PaginationError
from listing_runtime.walk.resume_point import resume_point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listing_runtime.model.pages import Page
    from listing_runtime.operation import Cursor, LinkRelation, Operation
    from listing_runtime.wire import Response, Resume


def next_request(operation: Operation, page: Page[Any], response: Response, skipped: int = 0) -> Resume | None:
    """Give the arguments that lead to the next page; None, null and the empty string end the walk."""
    found: dict[str, str | int | float] = {}
    for argument, cursor in operation.links.items():
        value = _next(cursor, page, response, skipped)
        if value is None:
            return None
        found[argument] = value
    return resume_point(found, operation.package) if found else None


def _next(cursor: Cursor, page: Page[Any], response: Response, skipped: int) -> str | float | None:
    if cursor.style in {"page-number", "offset", "link-header"}:
        return _following(cursor, len(page.items) + skipped, response)
    value = _at(page, cursor.attributes) if cursor.header is None else response.headers.get(cursor.header)
    if cursor.link is not None:
        value = _address(cursor.link, value)
    if cursor.style == "last-item":
        return _last(cursor, page, skipped) if value is True else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or value == "":
        return None
    return _in_url(str(value), cursor.parameter) if cursor.style == "next-url" else value


def _at(value: object, attributes: tuple[str, ...]) -> object:
    for name in attributes:
        value = getattr(value, name, None)
    return value


def _address(link: LinkRelation, links: object) -> object:
    """Give the address of the link with the relation; None where there is none."""
    known = cast("list[object]", links) if isinstance(links, list) else []
    return next((_at(one, link.address) for one in known if _at(one, link.relation) == link.rel), None)


def _last(cursor: Cursor, page: Page[Any], skipped: int) -> str | int | None:
    """Give what the last item is asked on by, where the page says that there is more."""
    if not page.items and skipped:
        raise PaginationError("no item of the page could be read, so nothing says what follows it")
    value = _at(page.items[-1], cursor.item) if page.items else None
    value = str(value) if isinstance(value, UUID) else value
    return value if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _following(cursor: Cursor, shown: int, response: Response) -> str | int | None:
    """Give what the next page is asked for by; `shown` is the number of items on this page.

    Where pages are counted only an empty one is the last: a short page may be one that the server capped.
    """
    if cursor.style == "link-header":
        return _linked(cursor.parameter, response)
    if not shown:
        return None
    asked = _given(response.request.url, cursor.parameter)
    here = int(asked) if asked is not None and asked.isdecimal() else cursor.start
    return here + (shown if cursor.style == "offset" else 1)


def _linked(parameter: str, response: Response) -> str | None:
    target = next(_targets(response.headers.get("link", "")), None)
    return None if target is None else _in_url(target, parameter)


def _in_url(target: str, parameter: str) -> str:
    """Give the parameter in the address of the next page; the rest of an address is not followed."""
    value = _given(target, parameter)
    if not value:
        raise PaginationError(f"the server links to a next page without {parameter!r}: {target[:200]!r}")
    return value


def _given(url: str, parameter: str) -> str | None:
    query = url.partition("#")[0].partition("?")[2]
    return parse_qs(query, keep_blank_values=True).get(parameter, [None])[-1]


_LINK = re.compile(r'<([^<>]*)>((?:"[^"]*"|[^,"])*)')
_ATTRIBUTE = re.compile(r';\s*([^\s=;,"]+)\s*=\s*("[^"]*"|[^\s;,"]*)')


def _targets(header: str) -> Iterator[str]:
    """Give the targets with the relation `next` (RFC 8288)."""
    for target, attributes in _LINK.findall(header):
        relations = [value for name, value in _ATTRIBUTE.findall(attributes) if name.lower() == "rel"]
        if relations and "next" in relations[0].strip('"').lower().split():
            yield target
