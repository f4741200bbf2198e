"""When a request is sent again, and after which wait."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from listing_runtime.retry_after import retry_after, should_retry

if TYPE_CHECKING:
    from listing_runtime.wire import Response

RETRIED_STATUS = frozenset({408, 429, 500, 502, 503, 504, *range(520, 525), 529})
"""Timeouts, too much at once, and failures; 520 to 524 are those of a proxy before the server, 529 is overload."""
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
LONGEST_TOTAL = 60.0
"""Of all waits of one request together, in seconds."""


def wants_another(response: Response) -> bool:
    """Say whether asking again may help: as the server says, or else by its status."""
    said = should_retry(response.headers)
    return response.status in RETRIED_STATUS if said is None else said


def next_wait(most: int, attempt: int, waited: float, response: Response | None) -> float | None:
    """Give the seconds to wait after failed attempt number `attempt` (from 0), None to give up.

    A server that asks for more than is left is not asked again.
    """
    if attempt >= most:
        return None
    asked = None if response is None else retry_after(response.headers)
    wait = _backoff(attempt) if asked is None else asked
    return wait if waited + wait <= LONGEST_TOTAL else None


def _backoff(attempt: int) -> float:
    # Full jitter: clients that failed together do not come back together. The exponent is bounded, floats are too.
    return random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt, 10)))  # noqa: S311 - not for secrets
