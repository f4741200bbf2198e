"""The attempts at one request: what becomes of each, and whether there is another."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from listing_runtime.call.body import RefusedError
from listing_runtime.call.failures import is_foreign, is_timeout, is_unsendable, may_pass, told
from listing_runtime.call.retries import next_wait, wants_another
from listing_runtime.errors import APIConnectionError, APITimeoutError, ConfigurationError
from listing_runtime.wire import Headers, Response

if TYPE_CHECKING:
    from listing_runtime.call.body import Head
    from listing_runtime.call.order import Order


class Attempts:
    """The attempts at one order: what became of each, and whether there is another."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self.number: int = 0
        self._waited = 0.0
        self._started = 0.0
        self._final = False
        self.response: Response | None = None
        self.error: APIConnectionError | None = None

    @contextmanager
    def one(self) -> Generator[float, None, None]:
        """Surround one sending, which is given the time by which it must be done; translate whatever it raises."""
        self.response, self.error = None, None
        self.number += 1
        self._started = time.perf_counter()
        try:
            yield self._started + self._order.timeout
        except ConfigurationError:
            raise
        except Exception as error:
            # No list of what HTTP clients raise is complete.
            if is_foreign(error):
                raise
            self._failed(self._translated(error), error)

    def _translated(self, error: Exception) -> APIConnectionError:
        host, request = self._order.host, self._order.shown
        if is_timeout(error):
            waited = f"no whole response from {host} within {self._order.timeout:g} s"
            return APITimeoutError(waited, request=request)
        if is_unsendable(error):
            raise ConfigurationError(f"{self._order.url[:200]}: {error}") from None
        self._final = not may_pass(error)
        text = str(error) if isinstance(error, RefusedError) else told(error)
        return APIConnectionError(f"{host}: {text}", request=request)

    def _failed(self, error: APIConnectionError, cause: Exception) -> None:
        error.__cause__ = cause
        self.error = error
        self._log(type(error).__name__)

    def answered(self, raw: Head, content: bytes) -> Response:
        """Keep what came back."""
        elapsed = time.perf_counter() - self._started
        headers = Headers(raw.headers.multi_items())
        self.response = Response(raw.status_code, headers, content, elapsed, self._order.shown)
        self._log(str(self.response.status))
        return self.response

    def wait(self) -> float | None:
        """Give the seconds until the next attempt; None when this one was the last."""
        if self._final or (self.response is not None and not wants_another(self.response)):
            return None
        wait = next_wait(self._order.max_retries, self.number - 1, self._waited, self.response)
        self._waited += wait or 0.0
        return wait

    def outcome(self) -> Response:
        """Give the last response, or raise the last error."""
        if self.response is None:
            raise self.error or APIConnectionError("nothing was sent", request=self._order.shown)
        return self.response

    def _log(self, outcome: str) -> None:
        milliseconds = (time.perf_counter() - self._started) * 1000
        order, logger = self._order, logging.getLogger(self._order.package)
        logger.debug("%s %s %s %.0f ms, attempt %d", order.method, order.url, outcome, milliseconds, self.number)
