"""Which credential goes where: a documented one to whom it was given for, and to nobody else."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from conformance.errors import TargetError
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential, Requirement, Secrets

TEST_TOKEN = "test-token"  # noqa: S105 - the mock's well-known credential
OTHER_TOKEN = "other-token"  # noqa: S105 - and of somebody else


def held(credential: Credential, environment: Mapping[str, str]) -> str:
    """What a variable holds, without the blanks and line breaks that mounted files and shells leave around it."""
    return environment.get(credential.env, "").strip()


def fed(contract: Contract, environment: Mapping[str, str]) -> dict[str, str]:
    """The value of each scheme whose variable is set, in their order."""
    values = {credential.scheme: held(credential, environment) for credential in contract.credentials if credential.env}
    return {scheme: value for scheme, value in values.items() if value}


def others(contract: Contract, environment: Mapping[str, str]) -> dict[str, str]:
    """The second credential of each scheme that has one, in their order; none where no cursor is private."""
    if contract.paging is None or not contract.paging.private:
        return {}
    known = {one.scheme: environment.get(one.other_env, "").strip() for one in contract.credentials if one.env}
    return {scheme: value for scheme, value in known.items() if value}


def accepted(contract: Contract, environment: Mapping[str, str]) -> Secrets:
    """What the mock accepts: the value of the documented variable, or `test-token`; each its own where pairs count."""
    own = fed(contract, environment)
    if all(len(one.credentials) == 1 for one in contract.security):
        return next(iter(own.values()), TEST_TOKEN)
    return {one.scheme: own.get(one.scheme, TEST_TOKEN) for one in contract.credentials}


def sendable(
    contract: Contract, url: str, environment: Mapping[str, str], *, named: Collection[str]
) -> Mapping[str, str]:
    """What of the environment may go to a URL: all to a host of the spec and to this machine, else what is named."""
    if is_local(url) or is_documented(contract, url):
        return environment
    return {name: value for name, value in environment.items() if name in named}


def is_documented(contract: Contract, url: str) -> bool:
    """Whether a URL is on a host of the spec."""
    servers = [contract.server, *(one.get("url", "") for one in contract.document.get("servers", ()))]
    return _host(url) in {_host(server) for server in servers} - {""}


def is_local(url: str) -> bool:
    """Whether a URL is on this machine."""
    try:
        return _host(url) == "localhost" or ipaddress.ip_address(_host(url)).is_loopback
    except ValueError:
        return False


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def ensure_fit(contract: Contract, environment: Mapping[str, str]) -> None:
    """Raise TargetError for a credential that no request can carry; no letter of it is told."""
    second = others(contract, environment)
    for credential in contract.credentials:
        told = {credential.env: held(credential, environment), credential.other_env: second.get(credential.scheme, "")}
        for name in (name for name, value in told.items() if not credential.carries(value)):
            hint = "A header carries visible ASCII alone: was the value copied with something in it that is no part?"
            raise TargetError(f"the value of {name} cannot be sent as a credential", hint=hint)


def missing(contract: Contract, sent: Collection[str], environment: Mapping[str, str]) -> TargetError:
    """That no alternative has all that it takes, with what each lacks; `sent` are the schemes that are fed."""
    lacking = [[one for one in each.credentials if one.scheme not in sent] for each in contract.security]
    ways = dict.fromkeys(" and ".join(dict.fromkeys(map(_asked_for, each))) for each in lacking)
    message, hint = f"no credential for {contract.stem}", f"Set {' or '.join(ways)}, or use --target mock."
    unsent = [one for each in lacking for one in each if one.env and held(one, environment)]
    if sent:
        known = [one.env for one in contract.credentials if one.scheme in sent]
        message += f": {' and '.join(known)} is not enough alone"
    if unsent:
        hint += f" To this host it goes with --credential-env {unsent[0].scheme}={unsent[0].env}."
    return TargetError(message, hint=hint)


def _asked_for(credential: Credential) -> str:
    """What a user sets to feed a credential."""
    return credential.env or f"--credential-env {credential.scheme}=NAME"


def withheld(contract: Contract, url: str, environment: Mapping[str, str]) -> str:
    """What is told where documented credentials are set and do not go to a URL; empty where nothing is."""
    names = next(filter(None, (_all_held(one, environment) for one in contract.security)), [])
    if not names or is_local(url) or is_documented(contract, url):
        return ""
    first, *others = names
    options = " ".join(
        [f"--credential-env {first.env}", *(f"--credential-env {one.scheme}={one.env}" for one in others)]
    )
    variables = " and ".join(one.env for one in names)
    be, send = ("are", "send") if others else ("is", "sends")
    whose = f"{variables} {be} for {_host(contract.server)} and {be} not sent to {_host(url)}"
    return f"{whose}: {TEST_TOKEN} is; {options} {send} {'them' if others else 'it'}"


def _all_held(requirement: Requirement, environment: Mapping[str, str]) -> list[Credential]:
    """Its credentials, where something feeds each of them; else none."""
    full = all(one.env and held(one, environment) for one in requirement.credentials)
    return list(requirement.credentials) if full else []
