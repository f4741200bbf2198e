"""Failures that may pass: of a gateway, of a server that restarts, of a connection. They are asked about once more."""

from __future__ import annotations

import httpx

from conformance.errors import TargetError
from conformance.exchange import Exchange
from conformance.spec.contract import Contract

STATUSES = frozenset({500, 502, 503, 504})
PAUSE = 0.2
"""Seconds before the second look."""
MOST_STUBBORN = 3
"""Failures in a row that a second look showed again; after these there is none any more."""
_HTML = "text/html"
_CUT = httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError
_SILENT = httpx.ConnectError | httpx.TimeoutException | TimeoutError


def may_pass(contract: Contract, exchange: Exchange) -> bool:
    """Whether an answer is one of a failing server, or a page of something before it that no operation documents."""
    return exchange.status in STATUSES or (
        exchange.media_type == _HTML
        and not any(_HTML in response.content for response in contract.responses_for(exchange.status))
    )


def may_answer(error: TargetError, *, answered: bool) -> bool:
    """Whether a server that gave no answer may give one now: it broke off, or it `answered` before."""
    return isinstance(error.__context__, _CUT) or (answered and isinstance(error.__context__, _SILENT))
