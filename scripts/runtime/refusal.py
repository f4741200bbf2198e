"""What a response that refuses says about why, wherever providers say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listing_runtime.wire import Response

_LONGEST = 200
_MESSAGES = ("message", "detail", "title", "error", "error_description")
_CODES = ("code", "type", "error")
_IDS = ("request_id", "requestId")


def excerpt(response: Response) -> str:
    """Give the beginning of a refusal for its error's text, and where a redirection leads."""
    text = response.content[:_LONGEST].decode("utf-8", "replace").strip()
    target = response.headers.get("location", "")
    return (f"; it leads to {target[:_LONGEST]}, which is not followed" if target else "") + (
        f": {text}" if text else ""
    )


def message(response: Response) -> str | None:
    """Give the text for people."""
    return next(_texts(response, _MESSAGES), None)


def code(response: Response) -> str | None:
    """Give the word for programs."""
    return next(_texts(response, _CODES), None)


def request_id(response: Response) -> str | None:
    """Give the request's name, from a header or else from the body."""
    named = (value for name, value in response.headers.items() if name.endswith("request-id"))
    return next(named, None) or next(_texts(response, _IDS), None)


def _texts(response: Response, names: tuple[str, ...]) -> Iterator[str]:
    for part in _parts(response):
        for name in names:
            value = part.get(name)
            if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
                yield str(value)


def _parts(response: Response) -> Iterator[dict[str, Any]]:
    """Give the objects that tell of an error: the inner one first, as it is the one about it."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return
    if isinstance(body, dict):
        inner = cast("dict[str, Any]", body).get("error")
        yield from ([inner] if isinstance(inner, dict) else [])
        yield body
