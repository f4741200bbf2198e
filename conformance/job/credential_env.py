"""What `--credential-env` says: which variables feed the credentials, whatever the spec calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from conformance.errors import UsageError
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential, Requirement


def check_entries(entries: Iterable[str], contracts: Sequence[Contract]) -> None:
    """Raise UsageError for a scheme that no operation has."""
    known = dict.fromkeys(one.scheme for contract in contracts for one in contract.credentials)
    for entry in entries:
        scheme, names_scheme, _ = entry.rpartition("=")
        if names_scheme and scheme not in known:
            hint = f"Say NAME, or SCHEME=NAME of {', '.join(known) or 'an operation that has one'}."
            raise UsageError(f"--credential-env {entry}: no operation has a scheme {scheme!r}", hint=hint)


def variables_in(entries: Iterable[str]) -> frozenset[str]:
    """The variables that are named."""
    return frozenset(entry.rpartition("=")[2] for entry in entries)


def named(contract: Contract, entries: Iterable[str]) -> Contract:
    """The contract whose credentials stand in the variables that are named; itself where none of its own is.

    Nothing else is sent but what counts together with one of them, which keeps its own variable.
    """
    said = {scheme: variable for entry in entries for scheme, variable in _fed(contract, entry).items()}
    if not said:
        return contract
    kept = {scheme for one in contract.security if one.schemes & said.keys() for scheme in one.schemes}

    def renamed(one: Credential) -> Credential:
        return evolve(one, env=said.get(one.scheme, one.env if one.scheme in kept else ""))

    return evolve(
        contract, security=tuple(Requirement(tuple(map(renamed, one.credentials))) for one in contract.security)
    )


def _fed(contract: Contract, entry: str) -> Mapping[str, str]:
    """The variable of each scheme that an entry feeds: the one that it names, else the first and its like."""
    scheme, _, variable = entry.rpartition("=")
    first = next((one.env for one in contract.credentials if one.env), "")
    fed = (one for one in contract.credentials if (one.scheme == scheme if scheme else one.env == first))
    return {one.scheme: variable for one in fed}
