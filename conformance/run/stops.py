"""What a server kept checks from observing: a finding tells of it, or the run cannot tell."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from conformance.checks.base import Cause, Check, Skip
from conformance.checks.family import PAGING
from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.listing.pages import NotAPage
from conformance.result import Outcome
from conformance.spec.contract import Contract


@frozen
class Stops:
    """The checks of an operation that its server stopped."""

    contract: Contract
    _made: dict[str, tuple[Check, Exchange | None]] = field(factory=dict)
    """By the check's id: the answer that stopped it, where it was one."""

    def note(self, check: Check, reason: ConformanceError) -> None:
        """Note why a check ended without an outcome, if the server is why."""
        if isinstance(reason, NotAPage):
            self._made[check.id] = check, reason.exchange
        elif isinstance(reason, Skip) and reason.cause is Cause.SERVER:
            self._made[check.id] = check, reason.stopped_by

    def told(self, outcome: Outcome, findings: Iterable[Finding]) -> Outcome:
        """The outcome; a skip that the server caused, and no finding tells, is none."""
        if outcome.check not in self._made or self._is_explained(*self._made[outcome.check], findings):
            return outcome
        return Outcome(outcome.check, "errored", f"it could not be told: {outcome.reason}")

    def _is_explained(self, check: Check, stop: Exchange | None, findings: Iterable[Finding]) -> bool:
        """Whether a finding tells of the answer that stopped a check, or of one that is as little a page.

        Nothing shows what lies behind a page that leads nowhere, so that of a walk a warning does not tell enough.
        """
        told = [finding for finding in findings if finding.is_error or check.family is not PAGING]
        if stop is None or self.contract.succeeds(stop.status):
            return bool(told)
        return any(shown.status == stop.status for finding in told for shown in finding.witness)
