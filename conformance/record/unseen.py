"""What is documented and was not met: a check that held on three items is no check that held on three thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from conformance.checks import named
from conformance.jsontext import Json, elements_of, members_of
from conformance.pointer import MISSING, Pointer
from conformance.record.types import Unseen
from conformance.result import Result
from conformance.spec.contract import Contract
from conformance.spec.schema import Schema

DEEPEST = 8
"""Steps into a page beyond which nothing is looked for: what refers to itself goes on for ever."""
_OK = 200
Kind = Literal["status", "parameter", "field", "word", "promise"]
Words = Mapping[str, set[str]]
"""The words of an enumeration that were seen at a place of a page, written with `*` for every index."""


def unseen(result: Result) -> list[Unseen]:
    """Statuses, parameters, optional fields, words and promises that are documented and that no exchange showed."""
    contract = result.contract
    seen = _seen(result)
    every = (_statuses, _parameters)
    return [
        *(one for look in every for one in look(contract, result)),
        *_fields(contract, contract.page, "", seen),
        *_promises(contract, result),
    ]


def _told(contract: Contract, kind: Kind, name: str, pointer: Pointer) -> Unseen:
    return Unseen(kind=kind, name=name, pointer=str(pointer), line=contract.line(pointer))


def _statuses(contract: Contract, result: Result) -> Iterator[Unseen]:
    came = {exchange.status for exchange in result.exchanges}
    for response in contract.responses:
        met = any(response in contract.responses_for(status)[:1] for status in came)
        if not met and response.status != "default":
            yield _told(contract, "status", response.status, response.pointer)


def _parameters(contract: Contract, result: Result) -> Iterator[Unseen]:
    asked = {name for exchange in result.exchanges for name, _ in exchange.query}
    for parameter in contract.parameters:
        if not any(name == parameter.name or name.startswith(f"{parameter.name}[") for name in asked):
            yield _told(contract, "parameter", parameter.name, parameter.pointer)


def _seen(result: Result) -> Words:
    seen: dict[str, set[str]] = defaultdict(set)
    words = frozenset(_words(result.contract.document))
    # One after the other: values take much more room than the text that they were read from.
    for exchange in {one.body: one for one in result.exchanges if one.status == _OK}.values():
        if exchange.json is not MISSING:
            _note(exchange.json, "", seen, words)
    return seen


def _words(part: Json) -> Iterator[str]:
    """The texts of every enumeration in a document."""
    members = members_of(part)
    yield from (word for word in elements_of(members.get("enum")) if isinstance(word, str))
    for one in (*members.values(), *elements_of(part)):
        yield from _words(one)


def _note(value: Json, place: str, seen: Words, words: AbstractSet[str]) -> None:
    held = seen[place]
    if isinstance(value, str):
        held.update({value} & words)
    elif isinstance(value, dict):
        for name, part in value.items():
            _note(part, f"{place}/{name.replace('~', '~0').replace('/', '~1')}", seen, words)
    elif isinstance(value, list):
        for part in value:
            _note(part, f"{place}/*", seen, words)


def _fields(contract: Contract, schema: Schema, place: str, seen: Words) -> Iterator[Unseen]:
    """Fields that no body has, and words of an enumeration that no field has; what is not there has no words."""
    if len(Pointer(place).tokens) > DEEPEST:
        return
    words = [word for branch in schema.branches for word in elements_of(branch.keywords.get("enum"))]
    for word in dict.fromkeys(one for one in words if isinstance(one, str) and one not in seen[place]):
        yield _told(contract, "word", f"{word} ({place})", schema.place)
    for branch in schema.branches:
        parts = dict(branch.members) | ({"*": branch.element} if branch.element else {})
        for name, part in parts.items():
            inner = str(Pointer(place).below(name))
            if inner in seen:
                yield from _fields(contract, part, inner, seen)
            elif name != "*":
                yield _told(contract, "field", inner, part.place)


def _promises(contract: Contract, result: Result) -> Iterator[Unseen]:
    """Promises that no check could test: each that has one was skipped."""
    ended = {one.check: one.outcome for one in result.outcomes}
    tests = {check: [one for one in named(check).tests(contract) if one is not None] for check in ended}
    tested = {one.pointer for check, outcome in ended.items() if outcome != "skipped" for one in tests[check]}
    left = {one.pointer: one for promises in tests.values() for one in promises if one.pointer not in tested}
    for pointer, promise in left.items():
        yield _told(contract, "promise", promise.says, pointer)


def together(runs: Sequence[Sequence[Unseen]]) -> list[Unseen]:
    """What none of several runs met."""
    rest = [{(one.kind, one.name) for one in run} for run in runs[1:]]
    return [one for one in runs[0] if all((one.kind, one.name) in run for run in rest)] if runs else []
