"""Opaque cursors: a place in an order and the filters that led there, sealed so that no one else can make one."""

from __future__ import annotations

import binascii
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence

from attrs import frozen

from conformance.mock.answers.request import Request
from conformance.mock.collection.values import Json, encode

_SEAL = 9


@frozen
class Cursor:
    """The sort values of the last item shown, and the raw query of the listing."""

    position: Sequence[Json]
    query: Mapping[str, Sequence[str]]


def continued(request: Request, cursor: Cursor) -> Request:
    """What the request does not say, the cursor says."""
    said = {name for name, _ in request.query}
    kept = [(name, value) for name, values in cursor.query.items() if name not in said for value in values]
    return Request(request.method, request.path, (*request.query, *kept), request.headers)


class Mint:
    """Seals and opens cursors with one key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def seal(self, cursor: Cursor) -> str:
        """The token of a cursor: safe in a URL and in a header."""
        payload = encode([list(cursor.position), dict(cursor.query)])
        return urlsafe_b64encode(self._seal(payload) + payload).decode().rstrip("=")

    def open(self, token: str) -> Cursor | None:
        """The cursor of a token; None for what this mint did not seal, to the last bit."""
        try:
            sealed = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except (UnicodeEncodeError, binascii.Error):
            return None
        seal, payload = sealed[:_SEAL], sealed[_SEAL:]
        if (
            not hmac.compare_digest(seal, self._seal(payload))
            or urlsafe_b64encode(sealed).decode().rstrip("=") != token
        ):
            return None
        return Cursor(*json.loads(payload))

    def _seal(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, "sha256")[:_SEAL]
