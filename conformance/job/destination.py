"""From what the user named as the target to an open target: the embedded mock, the live API, any URL."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from attrs import evolve, frozen
from starlette.applications import Starlette

from conformance.errors import TargetError, UsageError
from conformance.exchange import Exchange
from conformance.job.defaults import LIVE, MOCK
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.faults import fault_named
from conformance.mock.faults.fault import Fault
from conformance.mock.readings import reading_named
from conformance.mock.readings.reading import Reading
from conformance.mock.server import app
from conformance.privacy.customer_values import Privacy
from conformance.privacy.secrets import without_userinfo
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential
from conformance.target.limits import Limits
from conformance.target.target import Target, answered_by
from conformance.target.tls import trusted as trusted_authorities

EMBEDDED = "http://127.0.0.1:8931"
"""The address of the embedded mock in reports: no socket is there, but `conformance mock STEM --port 8931` opens it."""
GENTLE_REQUESTS, GENTLE_RATE = 120, 2.0
"""For each operation of a server that is not on this machine; per second."""
TEST_TOKEN = "test-token"  # noqa: S105 - the mock's well-known credential


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

    def check(self) -> None:
        """Raise UsageError where the target is neither mock, live nor an http(s) URL, or the fault is unknown."""
        for option, name, named in (
            *(("--fault", name, fault_named) for name in filter(None, [self.fault])),
            *(("--reading", name, reading_named) for name in self.readings),
        ):
            named(name)
            if self.name != MOCK:
                hint = f"Start `conformance mock STEM {option} NAME`."
                raise UsageError(f"{option} is for --target mock alone", hint=hint)
        if self.name not in {MOCK, LIVE}:
            _check_url(self.name)

    def costs(self, contract: Contract) -> Limits:
        """What an operation may cost: whatever is not on this machine is treated gently unless the user says more."""
        if self.name == MOCK or _is_loopback(self.url(contract)):
            return self.limits
        requests, rate = self.limits.requests or GENTLE_REQUESTS, self.limits.rate or GENTLE_RATE
        return evolve(self.limits, requests=requests, rate=rate)

    def url(self, contract: Contract) -> str:
        """The base URL of an operation; of the mock, which has none yet, the name."""
        return contract.server if self.name == LIVE else self.name

    @contextmanager
    def open(self, contract: Contract, observe: Callable[[Exchange], None]) -> Iterator[Target]:
        """The target of one operation; raises TargetError without a credential, or a value for what its path asks."""
        if "{" in contract.path:
            hint = "A spec that can be checked has the path of one collection."
            raise TargetError(f"{contract.path} has parameters in the path, and nothing says their values", hint=hint)
        if contract.unsaid:
            message = f"every request must carry {', '.join(contract.unsaid)}, and nothing says a value"
            raise TargetError(message, hint="Say one that the API knows in the spec, under x-conformance: given.")
        embedded = self.name == MOCK
        if not embedded:
            self._ensure_fit(contract)
        with Target(
            contract,
            EMBEDDED if embedded else self.url(contract),
            secret=TEST_TOKEN if embedded else self._secret(contract),
            others=self._others(contract),
            limits=self.costs(contract),
            trusted=embedded,
            authorities=True if embedded else trusted_authorities(self.environment),
            transport=answered_by(self._mock(contract)) if embedded else None,
            observe=observe,
        ) as target:
            yield target

    def privacy(self, contract: Contract) -> Privacy | None:
        """What hides a customer's values of an operation in whatever is written down; None where they are shown."""
        if self.show_values or self.name == MOCK:
            return None
        return Privacy(contract, accepted(contract, self.environment))

    def _ensure_fit(self, contract: Contract) -> None:
        """Raise TargetError for a credential that no request can carry; no letter of it is told."""
        for credential in contract.credentials:
            if not credential.carries(_held(credential, self.environment)):
                hint = (
                    "A header carries visible ASCII alone: was the value copied with something in it that is no part?"
                )
                raise TargetError(f"the value of {credential.env} cannot be sent as a credential", hint=hint)

    def _mock(self, contract: Contract) -> Starlette:
        dataset = load_dataset(contract, items=None, seed=self.seed, fixtures=self.fixtures)
        told = lie(self.fault, contract)
        return app(contract, dataset, secret=TEST_TOKEN, fault=told, readings=taken(self.readings, contract))

    def _others(self, contract: Contract) -> dict[str, str]:
        """The secrets of the documented schemes beside the first that is fed, by scheme."""
        if self.name == MOCK:
            return {known.scheme: TEST_TOKEN for known in contract.credentials[1:]}
        local = self.name != LIVE and _is_loopback(self.name)
        unset = TEST_TOKEN if local and not given(contract, self.environment) else ""
        held = {known.scheme: _held(known, self.environment) or unset for known in contract.credentials}
        fed = [scheme for scheme, secret in held.items() if secret]
        return {scheme: held[scheme] for scheme in fed[1:]}

    def _secret(self, contract: Contract) -> str:
        names = list(dict.fromkeys(credential.env for credential in contract.credentials if credential.env))
        secret = given(contract, self.environment)
        if secret:
            return secret
        if not names or (self.name != LIVE and _is_loopback(self.name)):
            return TEST_TOKEN
        raise TargetError(f"no credential for {contract.stem}", hint=f"Set {' or '.join(names)}, or use --target mock.")


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


def given(contract: Contract, environment: Mapping[str, str]) -> str:
    """The value of the first documented variable that is set; empty where none is."""
    values = (_held(credential, environment) for credential in contract.credentials if credential.env)
    return next(filter(None, values), "")


def _held(credential: Credential, environment: Mapping[str, str]) -> str:
    """What a variable holds, without the blanks and line breaks that mounted files and shells leave around it."""
    return environment.get(credential.env, "").strip()


def accepted(contract: Contract, environment: Mapping[str, str]) -> str:
    """The credential that the mock accepts: the one in the documented variable, or `test-token`."""
    return given(contract, environment) or TEST_TOKEN


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


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
