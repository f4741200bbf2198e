"""Which credential goes where: a documented one to whom it was given for, and to nobody else."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from attrs import evolve

from conformance.errors import TargetError
from conformance.pointer import TOP
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential

TEST_TOKEN = "test-token"  # noqa: S105 - the mock's well-known credential


def given(contract: Contract, environment: Mapping[str, str]) -> str:
    """The value of the first documented variable that is set; empty where none is."""
    values = (held(credential, environment) for credential in contract.credentials if credential.env)
    return next(filter(None, values), "")


def held(credential: Credential, environment: Mapping[str, str]) -> str:
    """What a variable holds, without the blanks and line breaks that mounted files and shells leave around it."""
    return environment.get(credential.env, "").strip()


def accepted(contract: Contract, environment: Mapping[str, str]) -> str:
    """The credential that the mock accepts: the one in the documented variable, or `test-token`."""
    return given(contract, environment) or TEST_TOKEN


def named(contract: Contract, variable: str) -> Contract:
    """The contract whose credential stands in the variable that a user names; itself where none is named."""
    if not variable:
        return contract
    first = next((one.env for one in contract.credentials if one.env), "")
    fed = tuple(evolve(one, env=variable if one.env == first else "") for one in contract.credentials)
    return evolve(contract, credentials=fed)


def sendable(contract: Contract, url: str, environment: Mapping[str, str], *, variable: str) -> Mapping[str, str]:
    """What of the environment may go to a URL: all to a host of the spec and to this machine, else what is named."""
    if is_local(url) or is_documented(contract, url):
        return environment
    return {name: value for name, value in environment.items() if name == variable}


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
    for credential in contract.credentials:
        if not credential.carries(held(credential, environment)):
            hint = "A header carries visible ASCII alone: was the value copied with something in it that is no part?"
            raise TargetError(f"the value of {credential.env} cannot be sent as a credential", hint=hint)


def ensure_alone(contract: Contract) -> None:
    """Raise TargetError where no credential is enough alone: a request of ours carries one."""
    part = contract.document["paths"][contract.path][contract.method.lower()]
    where = contract.pointer if "security" in part else TOP
    wanted = part.get("security", contract.document.get("security", ()))
    if wanted and all(len(one) > 1 for one in wanted):
        names = " and ".join(wanted[0])
        place = f"{contract.file}:{contract.line(where.below('security'))}"
        hint = "Let one of the alternatives under security name one scheme alone, or use --target mock."
        raise TargetError(f"{place}: {names} count only together, and a request carries one credential", hint=hint)


def withheld(contract: Contract, url: str, environment: Mapping[str, str]) -> str:
    """What is told where a documented credential is set and does not go to a URL; empty where nothing is."""
    name = next((one.env for one in contract.credentials if one.env and held(one, environment)), "")
    if not name or is_local(url) or is_documented(contract, url):
        return ""
    whose = f"{name} is for {_host(contract.server)} and is not sent to {_host(url)}"
    return f"{whose}: {TEST_TOKEN} is; --credential-env {name} sends it"
