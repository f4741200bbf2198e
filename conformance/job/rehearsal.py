"""What a run would send: rehearsed on the embedded mock, so that nothing leaves the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from attrs import evolve, frozen

from conformance.checks import named
from conformance.exchange import Exchange
from conformance.job.defaults import LIVE, MOCK
from conformance.job.destination import Destination
from conformance.job.job import Job
from conformance.run.engine import run_operation
from conformance.spec.contract import Contract
from conformance.target.limits import Limits
from conformance.target.target import Target

FIRST = "first"
"""What is sent before any check: one plain request."""

UNDOCUMENTED = "undocumented names"


@frozen(kw_only=True)
class Rehearsal:
    """What an operation's checks send to an honest server with a small collection."""

    contract: Contract
    url: str
    limits: Limits
    requests: Counter[str]
    """By family of checks."""
    parameters: dict[str, set[str]]
    """By family: the query parameters that its requests use."""
    checks: Counter[str]
    """By family, those that the contract gives something to test."""

    @property
    def total(self) -> int:
        """How many requests in all."""
        return sum(self.requests.values())


def rehearse(contract: Contract, job: Job) -> Rehearsal:
    """Run the job's plan for one operation on the embedded mock and count."""
    plan, destination = job.plan, job.destination
    requests: Counter[str] = Counter()
    parameters: dict[str, set[str]] = {}
    documented = {parameter.name for parameter in contract.parameters}
    running = [FIRST]

    def begin(_stem: str, check: str) -> None:
        running[0] = str(named(check).family)

    def count(exchange: Exchange) -> None:
        requests[running[0]] += 1
        names = {name if name in documented else UNDOCUMENTED for name, _ in exchange.query}
        parameters.setdefault(running[0], set()).update(names)

    limits = destination.costs(contract)
    stage = evolve(destination, name=MOCK, fault="", readings=(), limits=evolve(limits, rate=None))
    run_operation(contract, evolve(plan, progress=begin), partial(_observed, contract, stage, count))
    return Rehearsal(
        contract=contract,
        url=contract.server if destination.name in {MOCK, LIVE} else destination.name,
        limits=limits,
        requests=requests,
        parameters=parameters,
        checks=Counter(str(check.family) for check in plan.checks if not check.needs(contract)),
    )


@contextmanager
def _observed(
    contract: Contract, stage: Destination, count: Callable[[Exchange], None], observe: Callable[[Exchange], None]
) -> Iterator[Target]:
    def both(exchange: Exchange) -> None:
        count(exchange)
        observe(exchange)

    with stage.open(contract, both) as target:
        yield target


def lines(rehearsal: Rehearsal, *, target: str) -> Iterator[str]:
    """The plan of one operation, for people."""
    contract, limits = rehearsal.contract, rehearsal.limits
    where = "the embedded mock" if target == MOCK else rehearsal.url
    variables = " or ".join(
        " and ".join(f"${name}" for name in one.variables) for one in contract.security if one.variables
    )
    yield f"{contract.stem}  GET {contract.path} at {where}, credential {variables or 'none'}"
    for family, sent in rehearsal.requests.items():
        tested = f"{rehearsal.checks[family]} checks" if family != FIRST else "one plain request"
        used = ", ".join(sorted(rehearsal.parameters[family]))
        yield f"  {family:<10} {tested:<18} {sent:>4} requests" + (f"  {used}" if used else "")
    yield f"  {'together':<10} {rehearsal.checks.total():>3} checks         {rehearsal.total:>4} requests" + _pace(
        rehearsal.total, limits.rate
    )
    yield f"  {_ceiling(limits)}"


def _pace(requests: int, rate: float | None) -> str:
    return f", about {requests / rate:.0f} s at {rate:g} a second" if rate else ", as fast as it answers"


def _ceiling(limits: Limits) -> str:
    if limits.requests is None:
        return "no ceiling: a larger collection takes more pages; set one with --max-requests"
    slowest = f" ({limits.requests / limits.rate:.0f} s)" if limits.rate else ""
    return f"never more than {limits.requests} requests{slowest}; answers that ask to wait make it longer"
