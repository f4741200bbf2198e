"""From what the user named as the target to an open target: the embedded mock, the live API, any URL."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from attrs import evolve, frozen
from starlette.applications import Starlette

from conformance.errors import TargetError, UsageError
from conformance.exchange import Exchange
from conformance.job import credentials
from conformance.job.credential_env import named, variables_in
from conformance.job.credentials import OTHER_TOKEN, TEST_TOKEN
from conformance.job.defaults import LIVE, MOCK, SEED
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.faults import fault_named
from conformance.mock.faults.fault import Fault
from conformance.mock.readings import reading_named
from conformance.mock.readings.reading import Reading
from conformance.mock.server import app
from conformance.privacy.customer_values import Privacy
from conformance.privacy.secrets import without_userinfo
from conformance.spec.contract import Contract
from conformance.spec.credential import OTHER, Secrets
from conformance.target.clock import Clock, ToldClock
from conformance.target.limits import Limits
from conformance.target.target import Target, answered_by
from conformance.target.tls import trusted as trusted_authorities

EMBEDDED = "http://127.0.0.1:8931"
"""The address of the embedded mock in reports: no socket is there, but `conformance mock STEM --port 8931` opens it."""
GENTLE_REQUESTS, GENTLE_RATE = 120, 2.0
"""For each operation of a server that is not on this machine; per second."""


@frozen(kw_only=True)
class Destination:
    """What `--target` says, with what reaching it takes."""

    name: str
    limits: Limits
    environment: Mapping[str, str]
    seed: int
    fixtures: Path | None
    show_values: bool = False
    """Whether reports show the values of item fields that may be a customer's."""
    fault: str = ""
    """A named lie for the embedded mock to tell; empty for an honest one."""
    readings: tuple[str, ...] = ()
    """Named lawful ways for the embedded mock to serve; none for the plainest."""
    credential_env: tuple[str, ...] = ()
    """`NAME` or `SCHEME=NAME`: the variables whose values are sent, whatever the spec calls them; the documented ones
    where empty."""

    def check(self) -> None:
        """Raise UsageError where the target is neither mock, live nor an http(s) URL, or the fault is unknown."""
        for option, name, found in (
            *(("--fault", name, fault_named) for name in filter(None, [self.fault])),
            *(("--reading", name, reading_named) for name in self.readings),
        ):
            found(name)
            if self.name != MOCK:
                hint = f"Start `conformance mock STEM {option} NAME`."
                raise UsageError(f"{option} is for --target mock alone", hint=hint)
        if self.name == MOCK and self.credential_env:
            raise UsageError("--credential-env is for live and for URLs", hint="The embedded mock needs no credential.")
        if self.name not in {MOCK, LIVE}:
            _check_url(self.name)

    def costs(self, contract: Contract) -> Limits:
        """What an operation may cost: whatever is not on this machine is treated gently unless the user says more."""
        if self.name == MOCK or credentials.is_local(self.url(contract)):
            return self.limits
        requests, rate = self.limits.requests or GENTLE_REQUESTS, self.limits.rate or GENTLE_RATE
        return evolve(self.limits, requests=requests, rate=rate)

    def url(self, contract: Contract) -> str:
        """The base URL of an operation; of the mock, which has none yet, the name."""
        return contract.server if self.name == LIVE else self.name

    @contextmanager
    def open(self, contract: Contract, observe: Callable[[Exchange], None]) -> Iterator[Target]:
        """The target of one operation; raises TargetError without a credential, or a value for what its path asks."""
        if contract.unsaid:
            message = f"every request must carry {', '.join(contract.unsaid)}, and nothing says a value"
            hint = "Say one that the API knows: --param NAME=VALUE, or in the spec under x-conformance: given."
            raise TargetError(message, hint=hint)
        embedded = self.name == MOCK
        clock = ToldClock()
        limits = evolve(self.costs(contract), clock=clock) if embedded else self.costs(contract)
        contract = named(contract, self.credential_env)
        if not embedded:
            credentials.ensure_fit(contract, self._sendable(contract))
        with Target(
            contract,
            EMBEDDED if embedded else self.url(contract),
            secret=dict.fromkeys(_schemes(contract), TEST_TOKEN) if embedded else self._secrets(contract),
            others=dict.fromkeys(_schemes(contract), OTHER_TOKEN) if embedded else self._others(contract),
            limits=limits,
            trusted=embedded,
            authorities=True if embedded else trusted_authorities(self.environment),
            transport=answered_by(self._mock(contract, clock)) if embedded else None,
            observe=observe,
        ) as target:
            yield target

    def privacy(self, contract: Contract) -> Privacy | None:
        """What hides a customer's values of an operation in whatever is written down; None where they are shown."""
        if self.show_values or self.name == MOCK:
            return None
        held = credentials.fed(contract, self.environment).values()
        return Privacy(contract, next(iter(held), TEST_TOKEN))

    def _mock(self, contract: Contract, clock: Clock) -> Starlette:
        dataset = load_dataset(contract, items=None, seed=self.seed, fixtures=self.fixtures)
        told = lie(self.fault, contract)
        readings = taken(self.readings, contract)
        return app(
            contract, dataset, secret=TEST_TOKEN, fault=told, readings=readings, now=clock.now, other=OTHER_TOKEN
        )

    def _secrets(self, contract: Contract) -> Secrets:
        """What is sent for each scheme; raises TargetError where no alternative has all that it takes."""
        held = credentials.fed(contract, self._sendable(contract))
        if any(one.schemes <= held.keys() for one in contract.security):
            return held
        foreign = self.name != LIVE and not credentials.is_documented(contract, self.name)
        unnamed = not any(one.env for one in contract.credentials) or (foreign and not self.credential_env)
        if held or not unnamed:
            raise credentials.missing(contract, held, self.environment)
        local = self.name != LIVE and credentials.is_local(self.name)
        return dict.fromkeys(_schemes(contract), TEST_TOKEN) if local else TEST_TOKEN

    def _others(self, contract: Contract) -> Mapping[str, str]:
        return credentials.others(contract, self._sendable(contract))

    def _sendable(self, contract: Contract) -> Mapping[str, str]:
        variables = variables_in(self.credential_env)
        return credentials.sendable(contract, self.url(contract), self.environment, named=variables)

    def lacks(self, contract: Contract) -> str:
        """Why an operation cannot be asked for want of a credential; empty where it can."""
        if self.name == MOCK:
            return ""
        try:
            self._secrets(named(contract, self.credential_env))
        except TargetError as error:
            return f"{error}. {error.hint}"
        return ""

    def notice(self, contract: Contract) -> str:
        """What is told before a run of a credential that stays here; empty where nothing is."""
        if self.name in {MOCK, LIVE} or self.credential_env:
            return ""
        return credentials.withheld(contract, self.name, self.environment)

    def start(self, contract: Contract) -> str:
        """What a shell needs before the `curl` lines of a report: a mock, and a variable; empty where nothing."""
        names = next(filter(None, (one.variables for one in contract.security)), ())
        foreign = self.name not in {MOCK, LIVE} and not credentials.is_documented(contract, self.name)
        unset = self.name == MOCK or (foreign and not credentials.fed(contract, self._sendable(contract)))
        fed = dict.fromkeys(names, TEST_TOKEN)
        if contract.paging is not None and contract.paging.private and self.name == MOCK:
            fed |= {f"{name}{OTHER}": OTHER_TOKEN for name in names}
        tokens = " ".join(f"{name}=${{{name}:-{token}}}" for name, token in fed.items())
        export = f"export {tokens}" if tokens and unset and not self.credential_env else ""
        return "; ".join(filter(None, [export, self._served(contract) if self.name == MOCK else ""]))

    def _served(self, contract: Contract) -> str:
        asked = [("--fault", self.fault), *(("--reading", one) for one in self.readings)]
        asked += [("--seed", str(self.seed) if self.seed != SEED else "")]
        asked += [("--specs", str(self.fixtures.parent) if self.fixtures else "")]
        options = [part for name, value in asked if value for part in (name, value)]
        port = str(urlsplit(EMBEDDED).port)
        return f"{shlex.join(['conformance', 'mock', contract.stem, '--port', port, *options])} &"


def _schemes(contract: Contract) -> list[str]:
    return [one.scheme for one in contract.credentials]


def lie(name: str, contract: Contract) -> Fault | None:
    """The fault of a name; raises UsageError where the contract documents nothing that it breaks."""
    if not name:
        return None
    fault = fault_named(name)
    if not fault.applies(contract):
        hint = "What a contract does not document cannot be broken; choose another STEM."
        raise UsageError(f"fault {name!r} does not apply to {contract.stem}", hint=hint)
    return fault


def taken(names: Sequence[str], contract: Contract) -> list[Reading]:
    """The readings of some names; raises UsageError where the page of the contract leaves no such choice."""
    found = [reading_named(name) for name in names]
    for reading in found:
        if not reading.applies(contract):
            hint = (
                f"Its page leaves no such choice; `conformance list --readings` says what {contract.stem} leaves open."
            )
            raise UsageError(f"reading {reading.name!r} does not apply to {contract.stem}", hint=hint)
    return found


def _check_url(url: str) -> None:
    shown = without_userinfo(url)
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"unknown target {shown!r}", hint="Say mock, live, or an http:// or https:// URL.")
    if parts.username is not None or parts.query or parts.fragment:
        hint = "Credentials come from the environment variables that `conformance list` names."
        raise UsageError("--target is a plain URL: no user information, no query", hint=hint)
