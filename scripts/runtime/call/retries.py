"""When a request is sent again, and after which wait."""

from __future__ import annotations

import random
from typing import NamedTuple

RETRIED_STATUS = frozenset({408, 429, 500, 502, 503, 504})
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
LONGEST_TOTAL = 60.0


class Retries(NamedTuple):
    """How often a request is sent again; all waits of one request together stay under `LONGEST_TOTAL` seconds."""

    most: int

    def wait(self, attempt: int, waited: float, asked: float | None) -> float | None:
        """Give the seconds to wait after failed attempt number `attempt` (from 0), None to give up.

        `asked` is what the server asked for; a server that asks for more than is left is not asked again.
        """
        if attempt >= self.most:
            return None
        wait = _backoff(attempt) if asked is None else asked
        return wait if waited + wait <= LONGEST_TOTAL else None


def _backoff(attempt: int) -> float:
    # Full jitter: clients that failed together do not come back together.
    return random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**attempt))  # noqa: S311 - not for secrets
