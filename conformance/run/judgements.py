"""What checks find in the exchanges of a run, one body after the other: reading a large one costs more than judging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from conformance.checks.base import Check
from conformance.checks.wire import no_server_error
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.spec.contract import Contract
from conformance.spec.projection import is_projected

Answer = tuple[int, str, bytes, bool]
"""Status, content type and body, and whether fields were chosen, so that an item may lack some."""


@frozen
class Judgements:
    """What each of some checks found in each exchange that it sees; a check that crashed keeps its error."""

    contract: Contract
    checks: Sequence[Check]
    _found: dict[Check, dict[Exchange, list[Finding]]] = field(factory=dict)
    _errors: dict[Check, Exception] = field(factory=dict)
    _clean: set[tuple[Check, Answer]] = field(factory=set)
    _judged: set[Exchange] = field(factory=set)

    def of(self, check: Check, exchanges: Sequence[Exchange]) -> list[list[Finding]]:
        """What a check found in each of the exchanges that it sees; raises what it raised."""
        for exchange in _side_by_side([one for one in exchanges if one not in self._judged]):
            self._judged.add(exchange)
            told = exchange.headers.get("content-type", "")
            answer = (exchange.status, told, exchange.body, is_projected(self.contract, exchange.query))
            for one in self.checks:
                self._note(one, exchange, answer)
        if check in self._errors:
            raise self._errors[check]
        seen = self._found.get(check, {})
        return [seen[exchange] for exchange in exchanges if exchange in seen]

    def _note(self, check: Check, exchange: Exchange, answer: Answer) -> None:
        try:
            if _is_for(check, self.contract, exchange):
                self._found.setdefault(check, {})[exchange] = list(self._judge(check, exchange, answer))
        except Exception as error:  # noqa: BLE001 - a crash of a check must not hide the other checks
            self._errors.setdefault(check, error)

    def _judge(self, check: Check, exchange: Exchange, answer: Answer) -> Iterator[Finding]:
        """What a check finds; a body that was as it should be is so again, whoever asked for it."""
        if (check, answer) in self._clean:
            return
        found = list(check.in_exchange(self.contract, exchange))
        if check.of_body and not found:
            self._clean.add((check, answer))
        yield from found


def _side_by_side(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The exchanges, those with one body beside each other."""
    first: dict[bytes, int] = {}
    for number, exchange in enumerate(exchanges):
        first.setdefault(exchange.body, number)
    return sorted(exchanges, key=lambda exchange: first[exchange.body])


def _is_for(check: Check, contract: Contract, exchange: Exchange) -> bool:
    """Whether a check judges an exchange; a failure that passed is nothing but that."""
    return (check is no_server_error) if exchange.passing else check.sees(contract, exchange)
