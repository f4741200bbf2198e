"""What is told of findings and failures: in the words of the checks, without a customer's values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from attrs import evolve, frozen

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.privacy.customer_values import Known, Privacy


@frozen(slots=False)
class Telling:
    """What may be told of one operation."""

    privacy: Privacy | None
    """What hides values; None where they are shown."""
    exchanges: Sequence[Exchange]
    """All that was seen: a finding may speak of a value that its witness does not hold."""

    def exchange(self, exchange: Exchange) -> Exchange:
        """The exchange as it may be shown."""
        return self.privacy.exchange(exchange) if self.privacy else exchange

    def finding(self, finding: Finding) -> Finding:
        """The finding with sentences that may be shown; its witness stays whole, because more is found out from it."""
        return evolve(finding, expected=self.text(finding.expected), actual=self.text(finding.actual))

    def text(self, text: str) -> str:
        """The sentence without hidden values."""
        return self.privacy.text(text, self._known) if self.privacy and text else text

    @cached_property
    def _known(self) -> list[Known]:
        return self.privacy.values_of(self.exchanges) if self.privacy else []


def crashed(error: Exception) -> str:
    """Where a check crashed, without the message: it may quote what a server sent."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None and _is_ours(trace.tb_next.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"the check crashed: {type(error).__name__}{where}"


def _is_ours(file: str) -> bool:
    return Path(file).is_relative_to(Path(__file__).parents[1])
