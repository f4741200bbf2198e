"""What every request carries, where the spec leaves it to whoever runs: options, and variables of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from conformance.errors import UsageError
from conformance.spec.contract import Contract
from conformance.spec.document import did_you_mean
from conformance.spec.openapi_parts import Parameter


def carrying(contracts: Sequence[Contract], params: Iterable[str], environment: Mapping[str, str]) -> list[Contract]:
    """The contracts with these values in their requests: `NAME=VALUE`, before what a variable holds, before the spec's.

    Raises UsageError for what is no such pair, and for a name that no operation here can carry.
    """
    said = dict(_pair(one) for one in params)
    known = {one.name for contract in contracts for one in _carried(contract)}
    for name in said.keys() - known:
        hint = did_you_mean(name, known, kind="parameters of paths and headers, required ones and scopes")
        raise UsageError(f"--param {name}: nothing here carries it in every request", hint=hint)
    return [_with(contract, said, environment) for contract in contracts]


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not name or not mark or not value:
        raise UsageError(f"--param {text}: is no NAME=VALUE", hint="Such as --param project=p_1.")
    return name, value


def _carried(contract: Contract) -> list[Parameter]:
    """The parameters that may stand in every request: those of path and headers, required ones, and scopes."""
    fixed = (one for one in contract.parameters if one.required or one.name in contract.scopes)
    return [*contract.path_parameters, *contract.header_parameters, *fixed]


def _with(contract: Contract, said: Mapping[str, str], environment: Mapping[str, str]) -> Contract:
    carried = _carried(contract)
    held = {one.name: environment[one.env] for one in carried if one.env and environment.get(one.env)}
    more = held | {one.name: said[one.name] for one in carried if one.name in said}
    kept = tuple((name, value) for name, value in contract.given if name not in more)
    return evolve(contract, given=(*kept, *more.items())) if more else contract
