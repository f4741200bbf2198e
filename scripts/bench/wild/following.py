"""How a page of a server leads to the next: from an answer and its query to the next query."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import httpx
from wild.server import Following

Query = Mapping[str, str]


def nothing(response: httpx.Response, query: Query) -> None:
    """Everything stands on one page."""


def cursor(key: str, parameter: str) -> Following:
    """The body holds what the parameter takes."""

    def following(response: httpx.Response, query: Query) -> Query | None:
        shown = response.json().get(key)
        return {**query, parameter: shown} if shown else None

    return following


def header_url(name: str) -> Following:
    """A header holds the address of the next page."""

    def following(response: httpx.Response, _query: Query) -> Query | None:
        url = response.headers.get(name)
        return dict(parse_qsl(urlsplit(url).query)) if url else None

    return following


def number(parameter: str, first: int) -> Following:
    """Pages are numbered, and empty after the last."""

    def following(response: httpx.Response, query: Query) -> Query | None:
        return {**query, parameter: str(int(query.get(parameter, first)) + 1)} if response.json() else None

    return following


def offset(parameter: str, key: str) -> Following:
    """What was listed is counted; the page after the last is empty."""

    def following(response: httpx.Response, query: Query) -> Query | None:
        listed = len(response.json()[key])
        return {**query, parameter: str(int(query.get(parameter, 0)) + listed)} if listed else None

    return following


def last_item(key: str, identity: str, more: str, parameter: str) -> Following:
    """The last item leads on as long as a flag is true."""

    def following(response: httpx.Response, query: Query) -> Query | None:
        body = response.json()
        return {**query, parameter: body[key][-1][identity]} if body[more] else None

    return following
