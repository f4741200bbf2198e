"""What a finding is about: the parameter, the field or the answer that other findings may be about as well."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks import named
from conformance.finding import Finding
from conformance.pointer import Expression, Pointer
from conformance.sentence import Query, Status, Value
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter
from conformance.spec.promises import Filter, Invariant, Promise

ANSWER, BODY, FIELD, ITEMS, PARAMETER, TOGETHER = "status", "body", "field", "items", "parameter", "together"
RANKS = (ANSWER, BODY, FIELD, ITEMS, PARAMETER, TOGETHER)
"""The kinds of subjects: what is wrong with an earlier one explains what is seen of a later one."""
Subject = tuple[str, str]
"""A kind, and which one of it."""
_KINDS = {
    "status-documented": ANSWER,
    "no-server-error": ANSWER,
    "content-type-documented": BODY,
    "json-strict": BODY,
    "units-plausible": FIELD,
    "stable-answer": ITEMS,
    "identity-unique": ITEMS,
    "identity-stable": ITEMS,
    "credentials-required": TOGETHER,
    "filter-conjunction": TOGETHER,
    "cursor-keeps-filters": TOGETHER,
}
"""Checks whose findings are about one thing, whatever they point at; the last two about several promises together."""


def subject(contract: Contract, finding: Finding) -> Subject:
    """The one thing that a finding is about."""
    promise, status = promise_of(contract, finding), status_of(finding)
    kind = _KINDS.get(finding.check)
    if kind:
        return kind, str(status) if kind == ANSWER else finding.check
    if place_of(contract, finding):
        return FIELD, place_of(contract, finding)
    if named(finding.check).family.name == "counting" or isinstance(promise, Invariant):
        return TOGETHER, str(finding.pointer)
    names = parameters_of(contract, finding)
    return (PARAMETER, names[0]) if len(names) == 1 else (TOGETHER, str(finding.pointer))


def promise_of(contract: Contract, finding: Finding) -> Promise | None:
    """The promise that a finding points at; None where it points at another part of the spec."""
    single = (
        contract.order,
        contract.limit,
        contract.paging,
        contract.projection,
        contract.finished,
        contract.retention,
    )
    every = (*filter(None, single), *contract.filters, *contract.counters, *contract.invariants, *contract.refusals)
    return next((one for one in every if one.pointer == finding.pointer), None)


def parameters_of(contract: Contract, finding: Finding) -> list[str]:
    """The documented parameters that a finding names: by its place in the spec, or as what was asked for."""
    promise = promise_of(contract, finding)
    direct = getattr(promise, "parameter", "") or getattr(promise, "given", "").partition("unknown-")[2]
    held = [one.name for one in contract.parameters if _holds(one.pointer, finding.pointer)]
    asked = [name for part in _parts(finding) if isinstance(part, Query) for name, _ in part.pairs]
    return list(dict.fromkeys(filter(None, [direct, *held] if direct or held else asked)))


def _holds(outer: Pointer, inner: Pointer) -> bool:
    return inner == outer or inner.startswith(f"{outer}/")


def place_of(contract: Contract, finding: Finding) -> str:
    """Where in a page the field lies that a finding is about; empty where it is about none."""
    if finding.check == "error-body-documented":
        return ""
    if finding.member:
        return str(Pointer(finding.where).below(finding.member))
    if finding.where or finding.check in {"body-matches-schema", "client-decodes"}:
        return finding.where or "/"
    if finding.check == "units-plausible":
        return next(_of_items(contract, part) for part in _parts(finding) if isinstance(part, Pointer))
    return ""


def fields_of(contract: Contract, finding: Finding) -> list[str]:
    """The fields that a finding mentions, as places in a body with `*` for every index."""
    promise = promise_of(contract, finding)
    if isinstance(promise, Counter):
        return [str(promise.value.place)]
    parts = list(_parts(finding))
    shown = [part.place for part in parts if isinstance(part, Expression) and not part.header]
    inner = [Pointer(part.field) for part in parts if isinstance(part, Value) and part.field]
    inner += [part for part in parts if isinstance(part, Pointer)]
    return list(dict.fromkeys([*map(str, shown), *(_of_items(contract, one) for one in [*_promised(promise), *inner])]))


def _promised(promise: Promise | None) -> Iterator[Pointer]:
    if isinstance(promise, Filter):
        yield from promise.fields
    elif isinstance(promise, Invariant):
        yield from filter(None, (promise.left, *promise.right, promise.field))
    else:
        yield from getattr(promise, "by", ())


def _of_items(contract: Contract, field: Pointer) -> str:
    return f"{contract.items.place}/*{field}"


def status_of(finding: Finding) -> int:
    """The status that a finding tells; 0 where it tells none."""
    return next((part.code for part in _parts(finding) if isinstance(part, Status)), 0)


def _parts(finding: Finding) -> Iterator[object]:
    yield from finding.actual.parts()
    yield from finding.expected.parts()
