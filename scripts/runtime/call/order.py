"""A request that is ready to be sent."""

from __future__ import annotations

from typing import NamedTuple

from listing_runtime.types import Request


class Order(NamedTuple):
    """A request that is ready to be sent."""

    method: str
    url: str
    """Without credentials: this is what errors and logs show."""
    secret_query: str
    """What a credential adds to the URL."""
    headers: dict[str, str]
    """Beside those that are sent with every request."""
    timeout: float
    """Seconds for one attempt."""
    most: int
    """Bytes of a body."""
    package: str
    """Of the client that sends it."""

    @property
    def shown(self) -> Request:
        """What may be shown of it."""
        return Request(self.method, self.url)

    @property
    def full_url(self) -> str:
        """Where it goes."""
        if not self.secret_query:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{self.secret_query}"
