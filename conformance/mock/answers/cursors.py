"""Opaque cursors: a place in an order and the filters that led there, sealed so that no one else can make one."""

from __future__ import annotations

import binascii
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from conformance.mock.answers.request import Refused, Request
from conformance.mock.collection.values import Json, encode
from conformance.spec.contract import Contract
from conformance.spec.promises import Paging

_SEAL = 9
_KEY, _OTHER_KEY = "test-token", "other-token"
"""What cursors are signed with, whoever may list: those of a report work on every mock of its operation."""


@frozen
class Cursor:
    """The sort values of the last item shown, and the raw query of the listing."""

    position: Sequence[Json]
    query: Mapping[str, Sequence[str]]
    made: int = 0
    """When it was sealed, in seconds, where that matters."""


def mint_of(contract: Contract, now: Callable[[], float], *, foreign: Mint | None = None) -> Mint:
    """The mint of an operation, for the owner of the collection; beside a `foreign` one, for another."""
    grows_old = contract.paging is not None and contract.paging.lifetime is not None
    name = contract.paging.parameter if contract.paging is not None else ""
    return Mint(
        f"{contract.stem} {_KEY if foreign is None else _OTHER_KEY}",
        now if grows_old else None,
        foreign=foreign,
        strict=contract.refusal(f"foreign-{name}") is not None,
    )


def continued(request: Request, cursor: Cursor) -> Request:
    """What the request does not say, the cursor says."""
    said = {name for name, _ in request.query}
    kept = [(name, value) for name, values in cursor.query.items() if name not in said for value in values]
    return Request(request.method, request.path, (*request.query, *kept), request.headers)


class Mint:
    """Seals and opens cursors with one key."""

    def __init__(
        self, key: str, now: Callable[[], float] | None = None, *, foreign: Mint | None = None, strict: bool = False
    ) -> None:
        self._key = key.encode()
        self._now = now
        """Of cursors that grow old; None where they do not."""
        self._foreign, self._strict = foreign, strict
        """Who seals the cursors of another credential, and whether these are refused, or lead to what may be seen."""

    def seal(self, cursor: Cursor) -> str:
        """The token of a cursor: safe in a URL and in a header."""
        made = [] if self._now is None else [int(self._now())]
        payload = encode([list(cursor.position), dict(cursor.query), *made])
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

    def accepted(self, paging: Paging, token: str) -> Cursor:
        """The cursor of a token that was given, and is not too old."""
        cursor = self.open(token)
        if cursor is None and self._foreign is not None:
            cursor = self._foreign.open(token)
            if cursor is not None and self._strict:
                raise Refused(f"foreign-{paging.parameter}", "the cursor is not yours", parameter=paging.parameter)
        if cursor is None:
            raise Refused(f"unknown-{paging.parameter}", "the cursor is not valid", parameter=paging.parameter)
        if self._now is not None and paging.lifetime is not None and self._now() - cursor.made > paging.lifetime:
            raise Refused(f"expired-{paging.parameter}", "the cursor has expired", parameter=paging.parameter)
        return cursor

    def _seal(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, "sha256")[:_SEAL]
