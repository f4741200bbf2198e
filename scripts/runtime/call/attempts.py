"""The attempts at one request: what becomes of each, and whether there is another."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from listing_runtime.call.body import RefusedError, TooSlowError
from listing_runtime.call.http import FAILURES, TIMEOUTS, UNSENDABLE
from listing_runtime.call.retries import RETRIED_STATUS, Retries
from listing_runtime.errors import APIConnectionError, APITimeoutError, ConfigurationError
from listing_runtime.retry_after import retry_after
from listing_runtime.types import Headers, Response

if TYPE_CHECKING:
    from listing_runtime.call.body import Head
    from listing_runtime.call.order import Order


class Attempts:
    """The attempts at one order: what became of each, and whether there is another."""

    def __init__(self, order: Order, retries: Retries) -> None:
        self._order = order
        self._retries = retries
        self._number = 0
        self._waited = 0.0
        self._started = 0.0
        self._final = False
        self.response: Response | None = None
        self.error: APIConnectionError | None = None

    @contextmanager
    def one(self) -> Generator[float, None, None]:
        """Surround one sending, which is given the time by which it must be done; translate what it raises."""
        self.response = self.error = None
        self._started = time.perf_counter()
        request = self._order.shown
        try:
            yield self._started + self._order.timeout
        except (*TIMEOUTS, TooSlowError, TimeoutError) as error:
            self._failed(APITimeoutError(f"no whole response within {self._order.timeout} s", request=request), error)
        except FAILURES as error:
            self._failed(APIConnectionError(f"{type(error).__name__}: {error}", request=request), error)
        except RefusedError as error:
            self._final = True
            self._failed(APIConnectionError(str(error), request=request), error)
        except UNSENDABLE as error:
            raise ConfigurationError(f"{self._order.url}: {error}") from None

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
        if self._final or (self.response is not None and self.response.status not in RETRIED_STATUS):
            return None
        asked = None if self.response is None else retry_after(self.response.headers)
        wait = self._retries.wait(self._number, self._waited, asked)
        self._number += 1
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
        logger.debug("%s %s %s %.0f ms, attempt %d", order.method, order.url, outcome, milliseconds, self._number + 1)
