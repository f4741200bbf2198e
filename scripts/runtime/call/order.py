"""A request that is ready to be sent."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from listing_runtime.secret import Secret, SecretHeaders
from listing_runtime.wire import Request


class Order(NamedTuple):
    """A request that is ready to be sent."""

    method: str
    url: str
    """Without credentials: this is what errors and logs show."""
    secret_query: Secret
    """What a credential adds to the URL."""
    headers: SecretHeaders
    """Beside those that are sent with every request."""
    timeout: float
    """Seconds for one attempt."""
    most: int
    """Bytes of a body."""
    package: str
    """Of the client that sends it."""
    max_retries: int
    """How often it may be sent again."""

    @property
    def shown(self) -> Request:
        """What may be shown of it."""
        return Request(self.method, self.url)

    @property
    def host(self) -> str:
        """Whom it is sent to, as people write it."""
        return urlsplit(self.url).netloc

    @property
    def full_url(self) -> Secret:
        """Where it goes."""
        added = self.secret_query.value
        return Secret(f"{self.url}{'&' if '?' in self.url else '?'}{added}" if added else self.url)
