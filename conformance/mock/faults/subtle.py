"""Faults that no single answer shows, and hardly any pair: one value of many, one size of page, a word too much."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import each_item, filters_of, is_page, number_at, properties, with_number
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts
from conformance.spec.credential import Kind
from conformance.spec.moments import counts_milliseconds
from conformance.spec.promises import Filter, Relation

_SHORT = "5"


def _listed(contract: Contract) -> tuple[Filter, str] | None:
    """A filter by a documented list of values, and the middle one of them."""
    for known in filters_of(contract, Relation.EQUALS, Relation.IN):
        schema = contract.parameter(known.parameter).schema
        values = schema.get("items", schema).get("enum", [])
        if values and known.stands_alone:
            return known, values[len(values) // 2]
    return None


def _has_listed(contract: Contract) -> bool:
    return _listed(contract) is not None


def _forgets_one(scene: Scene) -> Answer:
    found = _listed(scene.contract)
    if found is None or not is_page(scene.answer) or scene.request.values(found[0].parameter) != [found[1]]:
        return scene.answer
    return evolve(scene.answer, items=())


def _ordered_pages(contract: Contract) -> bool:
    return contract.limit is not None and contract.order is not None


def _short_begins_later(scene: Scene) -> Answer:
    limit, paging = scene.contract.limit, scene.contract.paging
    given = scene.request.values(limit.parameter) if limit is not None else []
    later = paging is not None and scene.request.values(paging.parameter)
    if not is_page(scene.answer) or later or given != [_SHORT]:
        return scene.answer
    longer = scene.server.answer(_with(scene.request, limit.parameter if limit else "", str(int(_SHORT) + 1)))
    return evolve(scene.answer, items=(longer.items or ())[1:])


def _with(request: Request, name: str, text: str) -> Request:
    return evolve(without(request, name), query=(*without(request, name).query, (name, text)))


def _flags(contract: Contract) -> list[str]:
    hiding = [known.parameter for known in contract.filters if known.relation is Relation.NULL_UNLESS_TRUE]
    return [name for name in hiding if "default" in contract.parameter(name).schema]


def _given_is_true(contract: Contract, request: Request) -> Request:
    for name in _flags(contract):
        request = _with(request, name, "true") if request.values(name) == ["false"] else request
    return request


def _unix(contract: Contract) -> list[str]:
    return [
        name
        for name, schema in properties(contract).items()
        if schema.get("type") in ("integer", "number") and counts_milliseconds(schema)
    ]


def _has_unix(contract: Contract) -> bool:
    return bool(_unix(contract))


def _microseconds(contract: Contract, item: dict[str, Json]) -> None:
    for name in _unix(contract):
        if name in item:
            item[name] *= 1000


def _dates(contract: Contract) -> list[str]:
    used = contract.order.by if contract.order is not None else ()
    return [
        name
        for name, schema in properties(contract).items()
        if schema.get("format") == "date-time" and f"/{name}" not in used
    ]


def _has_dates(contract: Contract) -> bool:
    return bool(_dates(contract))


def _zero_time(contract: Contract, item: dict[str, Json]) -> None:
    for name in [name for name in _dates(contract) if item.get(name)][-1:]:
        item[name] = "0001-01-01T00:00:00Z"


def _announced(scene: Scene) -> Answer:
    return evolve(scene.answer, headers={**scene.answer.headers, "sunset": "Thu, 31 Dec 2026 23:59:59 GMT"})


def _guarded(contract: Contract) -> bool:
    return any(known.kind is Kind.BEARER for known in contract.credentials) and not any(
        known.name.lower() == "x-api-key" for known in contract.credentials
    )


def _key_is_bearer(contract: Contract, request: Request) -> Request:  # noqa: ARG001 - as every mishearing
    key = request.headers.get("x-api-key", "")
    return evolve(request, headers={**request.headers, "authorization": f"Bearer {key}"}) if key else request


def _matching(contract: Contract) -> list[Counter]:
    return [one for one in contract.counters if one.counts is Counts.MATCHING and one.filtered]


def _has_matching(contract: Contract) -> bool:
    return bool(_matching(contract)) and bool(contract.filters)


def _of_everything(scene: Scene) -> Answer:
    answer = scene.answer
    names = [known.parameter for known in scene.contract.filters]
    plain = evolve(scene, answer=scene.server.answer(without(scene.request, *names)))
    for counter in _matching(scene.contract) if is_page(answer) else ():
        number = number_at(plain, counter)
        answer = answer if number is None else with_number(evolve(scene, answer=answer), counter, number)
    return answer


FAULTS = (
    Fault(
        name="one-value-forgotten",
        says="A filter by one of the documented values, neither the commonest nor the rarest, lists nothing.",
        check="filter-values-partition",
        applies=_has_listed,
        garble=_forgets_one,
    ),
    Fault(
        name="short-page-begins-later",
        says="A page of five begins with the second item.",
        check="limit-prefix",
        applies=_ordered_pages,
        garble=_short_begins_later,
    ),
    Fault(
        name="false-means-true",
        says="A flag that is given counts as set, even where it is given as false.",
        check="defaults-neutral",
        applies=lambda contract: bool(_flags(contract)),
        mishear=_given_is_true,
    ),
    Fault(
        name="microseconds-for-milliseconds",
        says="Unix times are a thousandfold of what they were.",
        check="units-plausible",
        applies=_has_unix,
        spoil=each_item(_microseconds),
    ),
    Fault(
        name="zero-time",
        says="A time is the zero of its type, in the first year, rather than absent.",
        check="units-plausible",
        applies=_has_dates,
        spoil=each_item(_zero_time),
    ),
    Fault(
        name="end-announced",
        says="Answers carry a Sunset header (RFC 8594).",
        check="lifecycle-current",
        level="note",
        garble=_announced,
    ),
    Fault(
        name="another-scheme-accepted",
        says="The credential is accepted in X-Api-Key as well, which nothing documents.",
        check="credentials-required",
        level="warning",
        applies=lambda contract: _guarded(contract) and contract.refusal("wrong-credentials") is not None,
        mishear=_key_is_bearer,
    ),
    Fault(
        name="matching-total-of-everything",
        says="The total of what matches counts what does not match, too.",
        check="total-is-matching",
        applies=_has_matching,
        garble=_of_everything,
    ),
)
