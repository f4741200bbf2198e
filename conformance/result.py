"""What one operation showed, whoever looked: a run, a replay, or a comparison with what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from attrs import field, frozen

from conformance.exchange import Exchange
from conformance.finding import Finding
from conformance.learned.profile import Profile
from conformance.spec.contract import Contract

INTERRUPTED = "interrupted"
"""Why the checks were not made that someone did not want to wait for."""

Ended = Literal["held", "drifted", "known", "skipped", "errored"]


@frozen
class Outcome:
    """How one check ended: `held`, `drifted`, `known`, `skipped` or `errored`; why, or what of it held."""

    check: str
    outcome: Ended
    reason: str = ""


@frozen(kw_only=True)
class Result:
    """Everything that one operation showed, with a customer's values: a record is made without them."""

    contract: Contract
    requests: int
    seconds: float
    outcomes: tuple[Outcome, ...]
    findings: tuple[tuple[Finding, int], ...]
    """Each finding once, with how often it was seen."""
    unchecked: tuple[str, ...] = ()
    """Checks that were not made because the budget of requests ran out."""
    profile: Profile | None = None
    """What the run remembers of the items; None where it never read the whole listing."""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    """Everything that was asked and answered; of a recording, which may be larger than memory, nothing."""
    drifts: Mapping[str, str] | None = None
    """Where two documents were compared and no client could be asked: the drift in one word, by a finding's id."""

    @property
    def is_interrupted(self) -> bool:
        """Whether someone interrupted it, so that nothing else is wanted either."""
        return any(outcome.reason == INTERRUPTED for outcome in self.outcomes)


def errored(contract: Contract, checks: Iterable[str], why: str) -> Result:
    """The result of an operation that could not even be asked; `checks` are the ids of those that were to be made."""
    outcomes = tuple(Outcome(check, "errored", why) for check in checks)
    return Result(contract=contract, requests=0, seconds=0.0, outcomes=outcomes, findings=())


def once(stem: str, findings: Sequence[Finding]) -> Iterator[tuple[Finding, int]]:
    """Each finding once, with how often it was made."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.id(stem), []).append(finding)
    for same in groups.values():
        shortest = min(same, key=lambda finding: [len(finding.witness), sum(len(one.body) for one in finding.witness)])
        yield shortest, len(same)


def now() -> str:
    """The time, RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
