"""What leads to the next page where no field says it: a number that is counted, or the target of a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from .errors import PaginationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._operation import Cursor
    from .types import Response


def following(cursor: Cursor, shown: int, response: Response) -> str | int | None:
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
    if target is None:
        return None
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
