"""How often a request is sent until its answer counts, within what a target may cost."""

from __future__ import annotations

import time
from collections.abc import Callable

from attrs import evolve

from conformance.errors import BudgetSpent, TargetError
from conformance.exchange import Exchange
from conformance.spec.contract import Contract
from conformance.target.connection import Connection, Sent
from conformance.target.limits import Limits
from conformance.target.passing import MOST_STUBBORN, PAUSE, may_answer, may_pass
from conformance.target.patience import asks_to_wait, pause

MOST_SILENCE = 5
"""Requests in a row without an answer, after which none is sent any more."""
Keep = Callable[[Exchange], None]


class Attempts:
    """Sends requests of one operation: patiently, at a rate, up to a ceiling, once more where a failure may pass."""

    def __init__(self, contract: Contract, connection: Connection, limits: Limits, *, rest: float = PAUSE) -> None:
        self.made = 0
        self._contract, self._connection, self._limits = contract, connection, limits
        self._rest = rest
        self._waited = 0.0
        self._silence = self._stubborn = 0
        self._answered = False

    def settled(self, sent: Sent, keep: Keep) -> Exchange:
        """The answer; of a failure that may pass, which `keep` is given, the answer to the same a moment later."""
        first = self._patiently(sent)
        if not may_pass(self._contract, first) or self._stubborn >= MOST_STUBBORN:
            return first
        time.sleep(self._rest)
        try:
            second = self._patiently(sent)
        except (TargetError, BudgetSpent):
            return first
        stays = may_pass(self._contract, second)
        self._stubborn = self._stubborn + 1 if stays else 0
        keep(evolve(first, passing=not stays))
        return second

    def _patiently(self, sent: Sent) -> Exchange:
        for attempt in range(self._limits.patience.attempts):
            exchange = self._once(sent)
            if not asks_to_wait(exchange.status, exchange.headers):
                return exchange
            self._wait(pause(exchange.headers, attempt))
        raise TargetError(
            f"{self._connection.base_url} answered {exchange.status} {self._limits.patience.attempts} times in a row",
            hint="Run again later, or with a lower --rate.",
        )

    def _wait(self, seconds: float) -> None:
        patience = self._limits.patience
        self._waited += seconds
        if seconds > patience.pause or self._waited > patience.total:
            raise TargetError(
                f"{self._connection.base_url} asks to wait {seconds:.0f} s, {self._waited:.0f} s in all",
                hint="Run again later.",
            )
        time.sleep(seconds)

    def _once(self, sent: Sent) -> Exchange:
        """The answer, at the second attempt where the first broke off."""
        try:
            return self._attempt(sent)
        except TargetError as error:
            if not may_answer(error, answered=self._answered):
                raise
        time.sleep(self._rest)
        return self._attempt(sent)

    def _attempt(self, sent: Sent) -> Exchange:
        if self._silence >= MOST_SILENCE:
            hint = "Is the server still running, and --timeout long enough?"
            raise TargetError(f"{self._silence} requests in a row got no answer; no more are sent", hint=hint)
        self._take_slot()
        self._silence += 1
        exchange = self._connection.ask(sent)
        self._silence, self._answered = 0, True
        return exchange

    def _take_slot(self) -> None:
        if self._limits.requests is not None and self.made >= self._limits.requests:
            raise BudgetSpent(f"{self.made} requests are spent", hint="Raise --max-requests to check more.")
        self.made += 1
        if self._limits.rate is not None:
            self._limits.pace.wait(self._connection.base_url, self._limits.rate)
