"""How far apart requests to one server are sent, whichever operation asks."""

from __future__ import annotations

import time
from urllib.parse import urlsplit


class Pace:
    """Keeps a rate for each server: the next request waits until its turn has come."""

    def __init__(self) -> None:
        self._turns: dict[str, float] = {}

    def wait(self, base_url: str, rate: float) -> None:
        """Sleep until a request may be sent to the server of a URL, at so many a second."""
        server, now = urlsplit(base_url).netloc, time.monotonic()
        turn = max(now, self._turns.get(server, now))
        self._turns[server] = turn + 1 / rate
        time.sleep(turn - now)
