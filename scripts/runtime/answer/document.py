"""The JSON document in a body, strictly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from listing_runtime.errors import DecodeError
from listing_runtime.model.mismatch import describe

if TYPE_CHECKING:
    from listing_runtime.wire import Response


def parse(response: Response) -> object:
    """Parse a body as strict JSON."""
    try:
        return _parse(response.content)
    except (ValueError, RecursionError):
        media_type = response.headers.get("content-type", "no content type")
        actual = f"{media_type}: {describe(response.content.decode('utf-8', 'replace'))}"
        raise DecodeError("", expected="a JSON document", actual=actual, response=response) from None


def _parse(content: bytes) -> object:
    try:
        return _STRICT.decode(content.decode())
    except ValueError:
        # A byte order mark, or UTF-16: json.loads finds out.
        return json.loads(content, parse_constant=_refuse)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# Made once: json.loads makes a decoder for each call that is not for its defaults.
_STRICT = json.JSONDecoder(parse_constant=_refuse)
