"""A run as one value: what is checked, how, where, and what of it is known already."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from attrs import evolve, frozen
from msgspec import structs

from conformance import checks
from conformance.checks.base import Check
from conformance.errors import ConformanceError, UsageError
from conformance.exchange import Exchange
from conformance.job.credential_env import check_entries
from conformance.job.destination import Destination, lie, taken
from conformance.job.options import Options
from conformance.learned import previous
from conformance.privacy.customer_values import Privacy
from conformance.privacy.disclosure import crashed
from conformance.record import known
from conformance.record.from_results import record
from conformance.record.known import Ledger
from conformance.record.types import Record
from conformance.result import INTERRUPTED, Result, errored, now
from conformance.run import queries
from conformance.run.engine import Plan, run_operation
from conformance.spec.carried import carrying
from conformance.spec.contract import Contract
from conformance.spec.load import load_contracts, own_specs, stems_in
from conformance.target.limits import Limits

Keep = Callable[[Exchange], None]


@frozen(kw_only=True)
class Job:
    """Everything that a run depends on."""

    contracts: Sequence[Contract]
    plan: Plan
    destination: Destination
    ledger: Ledger
    implementation: str = ""
    version: str = ""

    def with_credentials(self) -> Job:
        """The same without the operations that lack one."""
        return evolve(self, contracts=[one for one in self.contracts if not self.destination.lacks(one)])

    def of(self, contract: Contract, wanted: Sequence[Check]) -> Job:
        """The same with one operation and some checks."""
        return evolve(self, contracts=[contract], plan=evolve(self.plan, checks=wanted))


def prepare(options: Options, *, progress: Callable[[str, str], None] = lambda _stem, _check: None) -> Job:
    """The job that is asked for; raises ConformanceError for what does not exist, before anything is sent.

    `progress` is told which check of which operation begins.
    """
    where = options.specs or own_specs()
    contracts = carrying(load_contracts(options.stems, where), options.params, options.environment)
    earlier = previous.load(options.since) if options.since else previous.Previous()
    selected = checks.select(options.checks, options.skip)
    return Job(
        contracts=contracts,
        plan=Plan(
            checks=selected,
            seed=options.seed,
            store=queries.store_in(options.environment),
            previous=earlier,
            progress=progress,
        ),
        destination=_destination(options, contracts),
        implementation=options.implementation,
        version=options.version,
        ledger=known.load(options.ledger, stems_in(where), [check.id for check in checks.EVERY]),
    )


def _limits(options: Options) -> Limits:
    given = {"requests": options.max_requests, "rate": options.rate, "timeout": options.timeout}
    given |= {"bytes": options.max_bytes, "values": options.max_values}
    for name, limit in given.items():
        if limit is not None and not 0 < limit < math.inf:
            raise UsageError(f"the limit of {name} is {limit}", hint="Give a number above 0 that has an end.")
    limits = Limits(requests=options.max_requests, rate=options.rate, timeout=options.timeout)
    return limits.allowing(bytes_=options.max_bytes, values=options.max_values)


def _destination(options: Options, contracts: Sequence[Contract]) -> Destination:
    made = Destination(
        name=options.target,
        limits=_limits(options),
        environment=options.environment,
        seed=options.seed,
        fixtures=options.specs / "fixtures" if options.specs else None,
        show_values=options.show_values,
        fault=options.fault,
        readings=tuple(options.readings),
        credential_env=tuple(options.credential_env),
    )
    made.check()
    check_entries(made.credential_env, contracts)
    for contract in contracts:
        lie(made.fault, contract)
        taken(made.readings, contract)
    return made


def perform(job: Job, *, keep: Keep | None = None) -> Record:
    """Run it and give the record; `keep` is given each exchange, as it may be shown, once it is answered.

    Who interrupts it is given the record of what was found by then.
    """
    started = now()
    privacies = {contract.stem: job.destination.privacy(contract) for contract in job.contracts}
    results: list[Result] = []
    for contract in job.contracts:
        stopped = bool(results) and results[-1].is_interrupted
        kept = _shown(keep, privacies[contract.stem])
        results.append(_unasked(job, contract, INTERRUPTED) if stopped else _result(job, contract, kept))
    made = record(
        results,
        seed=job.plan.seed,
        target=job.destination.name,
        started=started,
        ledger=job.ledger,
        privacies=privacies,
    )
    starts = [job.destination.start(contract) for contract in job.contracts]
    operations = [structs.replace(one, start=start) for one, start in zip(made.operations, starts, strict=True)]
    return structs.replace(made, operations=operations, implementation=job.implementation, version=job.version)


def is_interrupted(made: Record) -> bool:
    """Whether someone interrupted the run that a record tells of."""
    return any(outcome.reason == INTERRUPTED for one in made.operations for outcome in one.outcomes)


def _result(job: Job, contract: Contract, keep: Keep) -> Result:
    try:
        return run_operation(contract, job.plan, lambda observe: job.destination.open(contract, _both(keep, observe)))
    except ConformanceError as error:
        return _unasked(job, contract, f"{error}. {error.hint}")
    except KeyboardInterrupt:
        return _unasked(job, contract, INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - what one operation shows must not cost what others showed
        return _unasked(job, contract, crashed(error, what="the run"))


def _unasked(job: Job, contract: Contract, why: str) -> Result:
    return errored(contract, (check.id for check in job.plan.checks), why)


def _both(keep: Keep, observe: Keep) -> Keep:
    def observed(exchange: Exchange) -> None:
        keep(exchange)
        observe(exchange)

    return observed


def _shown(keep: Keep | None, privacy: Privacy | None) -> Keep:
    """What keeps an exchange without a customer's values; of a failure that passed, what came a moment later."""

    def shown(exchange: Exchange) -> None:
        if keep is not None and not exchange.passing:
            keep(exchange if privacy is None else privacy.exchange(exchange))

    return shown
