"""A run: every selected check on every selected operation, as plain data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path

from attrs import field, frozen

from conformance.checks._walks import look_around
from conformance.checks.access import REFUSED, credentials_accepted, hint
from conformance.checks.access_existence import GONE, elsewhere, operation_exists
from conformance.checks.base import Cause, Check, Skip
from conformance.checks.family import FUZZ, SPENDING
from conformance.checks.learned import remembered
from conformance.errors import BudgetSpent, ConformanceError, TargetError
from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.learned.previous import Previous
from conformance.listing.pages import NotAPage, is_page
from conformance.listing.visit import Visit
from conformance.privacy.disclosure import crashed
from conformance.result import INTERRUPTED, Outcome, Result, errored, once
from conformance.run.admission import admit
from conformance.run.confirm import confirmed, seen_again
from conformance.run.judgements import Judgements
from conformance.run.stops import Stops
from conformance.spec.contract import Contract
from conformance.target.target import Target


@frozen(kw_only=True)
class Plan:
    """What a run does; nothing in it depends on the operation."""

    checks: Sequence[Check]
    seed: int
    store: Path | None = None
    """Where generated queries are kept for later runs."""
    previous: Previous = field(factory=Previous)
    progress: Callable[[str, str], None] = field(default=lambda _stem, _check: None)


OpenTarget = Callable[[Callable[[Exchange], None]], AbstractContextManager[Target]]


def run_operation(contract: Contract, plan: Plan, open_target: OpenTarget) -> Result:
    """Run the plan's checks on one operation; what a server does wrong never raises."""
    started = time.monotonic()
    exchanges: list[Exchange] = []
    with open_target(exchanges.append) as target:
        visit = Visit(contract, target, previous=plan.previous)
        operation = _Operation(contract, plan, visit, exchanges)
        outcomes, findings = operation.run()
        return Result(
            contract=contract,
            requests=target.sent,
            seconds=time.monotonic() - started,
            outcomes=tuple(outcomes),
            findings=tuple(once(contract.stem, findings)),
            unchecked=tuple(operation.unchecked),
            profile=remembered(contract, visit),
            exchanges=tuple(exchanges),
        )


class _Operation:
    """One operation's way through the plan."""

    def __init__(self, contract: Contract, plan: Plan, visit: Visit, exchanges: list[Exchange]) -> None:
        self.contract, self.plan, self.visit, self.exchanges = contract, plan, visit, exchanges
        self.findings: list[Finding] = []
        self.outcomes: list[Outcome] = []
        self.unchecked: list[str] = []
        self.stops = Stops(contract)
        alone = [check for check in plan.checks if check.of_exchange is not None and not check.needs(contract)]
        self._judgements = Judgements(contract, alone)

    def run(self) -> tuple[list[Outcome], list[Finding]]:
        why = self._why_nothing_can_be_checked()
        if why:
            return self._all_errored(why), []
        refused = self._why_nobody_is_let_in()
        if refused:
            return self._all_errored(refused), []
        try:
            self._check(self._why_the_rest_is_idle(), self._why_all_else_is_elsewhere())
        except KeyboardInterrupt:
            made = {outcome.check for outcome in self.outcomes}
            unmade = (check.id for check in self.plan.checks if check.id not in made)
            self.outcomes += errored(self.contract, unmade, INTERRUPTED).outcomes
        order = {check.id: index for index, check in enumerate(self.plan.checks)}
        told = [self.stops.told(outcome, self.findings) for outcome in self.outcomes]
        return sorted(told, key=lambda outcome: order[outcome.check]), self.findings

    def _check(self, gone: str, moved: str) -> None:
        for check in self._in_order():
            self.plan.progress(self.contract.stem, check.id)
            if moved and check is not operation_exists:
                self.outcomes.append(Outcome(check.id, "errored", moved))
            elif gone and not check.unconditional:
                self.outcomes.append(Outcome(check.id, "skipped", gone))
            else:
                self.outcomes.append(self._outcome(check))

    def _all_errored(self, why: str) -> list[Outcome]:
        return list(errored(self.contract, (check.id for check in self.plan.checks), why).outcomes)

    def _in_order(self) -> list[Check]:
        """What finds most for a request first, then what spends all that is left; checks of what others sent last."""
        return sorted(
            self.plan.checks,
            key=lambda check: (
                check.of_exchange is not None,
                check.family is FUZZ,
                check.costly,
                SPENDING.index(check.family),
            ),
        )

    def _why_nothing_can_be_checked(self) -> str:
        try:
            admit(self.visit)
        except (TargetError, BudgetSpent) as error:
            return f"{error}. {error.hint}"
        return ""

    def _why_nobody_is_let_in(self) -> str:
        """Why no check can tell anything, where the one that tells it of credentials is not among them."""
        status = self.visit.get().status
        chosen = any(check.id == "credentials-accepted" for check in self.plan.checks)
        if chosen or self.visit.target.trusted or not self.visit.target.carried or status not in REFUSED:
            return ""
        return f"the credential is not accepted ({status}). {hint(self.contract)}"

    def _why_the_rest_is_idle(self) -> str:
        status = self.visit.get().status
        if status in GONE:
            return f"the operation is gone ({status})"
        if status in REFUSED:
            return f"the credential is not accepted ({status})"
        return ""

    def _why_all_else_is_elsewhere(self) -> str:
        """Why no other check can tell anything, where the one that tells of it is among them."""
        address = elsewhere(self.contract, self.visit.get())
        return f"every answer leads to {address}" if address and operation_exists in self.plan.checks else ""

    def _outcome(self, check: Check) -> Outcome:
        why = check.needs(self.contract)
        if why:
            return Outcome(check.id, "skipped", why)
        before = len(self.findings)
        try:
            self.findings.extend(self._findings(check))
        except (Skip, NotAPage, BudgetSpent) as reason:
            if isinstance(reason, BudgetSpent):
                self.unchecked.append(check.id)
            if len(self.findings) == before:
                self.stops.note(check, reason)
                return Outcome(check.id, "skipped", str(reason))
        except ConformanceError as error:
            return Outcome(check.id, "errored", f"{error}. {error.hint}")
        except Exception as error:  # noqa: BLE001 - a crash of a check must not hide the other checks
            return Outcome(check.id, "errored", crashed(error))
        if len(self.findings) > before:
            return Outcome(check.id, "drifted")
        return Outcome(check.id, "held", self._which() if check is credentials_accepted else "")

    def _which(self) -> str:
        """Which of several documented credentials was accepted."""
        requirement = self.visit.target.requirement
        return f"as {requirement}" if requirement and len(self.contract.security) > 1 else ""

    def _findings(self, check: Check) -> Iterator[Finding]:
        if check.of_exchange is not None:
            if check.family.compares:
                with suppress(BudgetSpent, NotAPage):
                    look_around(self.visit)
            found = self._judgements.of(check, self.exchanges)
            if not found:
                listed = any(is_page(self.contract, exchange) for exchange in self.exchanges)
                cause = Cause.COLLECTION if listed else Cause.SERVER
                raise Skip(f"none of {len(self.exchanges)} answers showed what it tests", cause)
            yield from seen_again(check, self.visit, list(chain.from_iterable(found)))
        elif check.of_visit is not None:
            yield from self._visited(check)
        else:
            for finding in self._fuzzed:
                if finding.check == check.id:
                    yield finding

    def _visited(self, check: Check) -> list[Finding]:
        """What a check finds; a relation between responses only where a second look shows it again."""
        found = list(check.in_visit(self.contract, self.visit))
        look = confirmed if check.family.compares else seen_again
        return look(check, self.visit, found) if found else found

    @cached_property
    def _fuzzed(self) -> list[Finding]:
        from conformance.run.fuzz import fuzz  # noqa: PLC0415 - Schemathesis is loaded when it is asked

        return list(fuzz(self.contract, self.visit, self.plan.seed, self.plan.store))
