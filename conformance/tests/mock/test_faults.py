"""Every fault shows on every contract to which it applies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from urllib.parse import urlencode

import httpx
import pytest

from conformance.errors import UsageError
from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.answers.responder import Responder
from conformance.mock.faults import FAULTS, fault_named
from conformance.mock.faults.fault import Answers
from conformance.mock.habit import accustomed
from conformance.mock.motion import Motion, Moving
from conformance.mock.server import app, running
from conformance.spec.contract import Contract
from conformance.tests.mock.conftest import SECRET, STEMS, contract_of, dataset_of
from conformance.tests.mock.leading import Query, next_query
from conformance.tests.runs import applicable


def queries(contract: Contract) -> Iterator[Query]:
    """What a curious client asks: nothing, every limit, values that exist, do not, or make no sense."""
    yield ()
    yield ()
    entries = [entry.value for entry in dataset_of(contract.stem).entries]
    limit = contract.limit.parameter if contract.limit is not None else ""
    if contract.limit is not None:
        yield from (((limit, text),) for text in ("1", "2", "5", "13", "0", "x", str(contract.limit.maximum or 40)))
        yield ((limit, str((contract.limit.maximum or 40) + 1)),)
    if contract.order is not None and contract.order.parameter:
        yield from (((contract.order.parameter, text), (limit, "7")) for text in ("asc", "desc"))
        yield from (((contract.order.chosen_by, text), (limit, "7")) for text in contract.order.choices)
    pairs: list[tuple[str, str]] = []
    for known in contract.filters:
        values = [known.field.get(item) for item in entries[3:60:7]]
        texts = (
            ["true", "false"]
            if known.relation == "null-unless-true"
            else [encoded(known.encoding, v) for v in values if v]
        )
        pairs += [(known.parameter, text) for text in texts[:2]]
        needed = str(entries[3].get(known.requires) if known.needed is None else known.needed)
        beside = ((known.requires, needed),) if known.requires else ()
        for text in [
            *texts,
            "nothing-has-this",
            texts[0].swapcase(),
            texts[0][:-1],
            texts[0][1:],
            '{"no":"such"}',
            "user_metadata['a']:'b'",
            *[encoded(known.encoding, shortened(value)) for value in values if shortened(value)][:3],
            *[f"{text.removesuffix('Z')}+02:00" for text in texts if text.endswith("Z")][:2],
        ]:
            yield ((known.parameter, text), *beside)
            if limit:
                yield ((known.parameter, text), (limit, "3"), *beside)
        yield tuple((known.parameter, text) for text in dict.fromkeys(texts[:4]))
    yield from ((one, other) for one in pairs for other in pairs if one[0] != other[0])
    yield from (((parameter.name, "?? bad ??"),) for parameter in contract.parameters)


def encoded(encoding: str, value: object) -> str:
    """A filter's value for what an item has."""
    if encoding == "json":
        return json.dumps(value)
    if "{key}" in encoding:
        flat = {key: text for key, text in dict(value or {}).items() if isinstance(text, str)}  # type: ignore[call-overload]
        return encoding.format(key=next(iter(flat), "k"), value=next(iter(flat.values()), "v"))
    return urlencode(dict(value)) if encoding.startswith("form") else str(value)  # type: ignore[call-overload]


def asked(contract: Contract, server: Answers) -> Iterator[Answer]:
    """The answers to all of that, along every walk for a few pages."""
    good = {name.lower(): text for name, text in contract.credentials[0].headers(SECRET).items()}
    bad = {name.lower(): text for name, text in contract.credentials[0].headers("wrong").items()}
    for headers in (good, bad, {}, {"x-api-key": SECRET}):
        yield server.answer(Request("GET", contract.path, (), headers))
    for query in queries(contract):
        pages = query
        for _ in range(8):
            answer = server.answer(Request("GET", contract.path, pages, good))
            yield answer
            following = next_query(contract, pages, answer)
            if following is None:
                break
            pages = following


def shortened(value: object) -> dict[str, str]:
    """A pair of an object, its value without the last character; none where no value is a text."""
    flat = {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}
    return {key: text[:-1] for key, text in list(flat.items())[:1]}


Seen = tuple[int, dict[str, str], bytes]


def seen(contract: Contract, server: Answers) -> Iterator[Seen]:
    """What a client sees of the answers, one after the other."""
    return ((answer.status, dict(answer.headers), answer.raw) for answer in asked(contract, server))


@cache
def honest(stem: str) -> list[Seen]:
    """What a client sees of the honest mock, asked once."""
    contract = contract_of(stem)
    return list(seen(contract, Responder(contract, dataset_of(stem), secret=SECRET)))


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_shows_where_it_applies(name: str) -> None:
    """A lying mock answers something otherwise than an honest one on every operation to which the fault applies."""
    hidden = []
    for stem in applicable(name):
        contract = contract_of(stem)
        server = accustomed(contract, dataset_of(stem), [FAULTS[name]], secret=SECRET)
        pairs = zip_longest(honest(stem), seen(contract, server))
        if not any(one != other for one, other in pairs):
            hidden.append(stem)

    assert hidden == []


def test_a_fault_is_silent_where_it_does_not_apply(contract: Contract) -> None:
    """What a contract does not document, no fault breaks: whatever it is, the mock stays honest."""
    request = Request("GET", contract.path, (), contract.credentials[0].headers(SECRET))
    plain = Responder(contract, dataset_of(contract.stem), secret=SECRET).answer(request)

    for fault in FAULTS.values():
        if not fault.applies(contract):
            assert accustomed(contract, dataset_of(contract.stem), [fault], secret=SECRET).answer(request) == plain


def test_faults_describe_themselves() -> None:
    """Names are kebab-case; every fault says what it does and which check must see it."""
    for name, fault in FAULTS.items():
        assert name == name.lower().replace("_", "-") == fault.name
        assert fault.says.endswith(".")
        assert fault.level in ("error", "warning", "note")


def test_an_unknown_fault_is_a_usage_error() -> None:
    """A name that nearly fits is suggested."""
    with pytest.raises(UsageError) as caught:
        fault_named("repeat-last-itme")

    assert "repeat-last-item" in caught.value.hint


def test_a_lying_mock_lies_over_http() -> None:
    """The application tells its lie to a real client."""
    contract = contract_of(STEMS[0])
    application = app(contract, dataset_of(STEMS[0]), secret=SECRET, fault=FAULTS["html-for-json"])

    with running(application) as url:
        response = httpx.get(url + contract.path, headers=contract.credentials[0].headers(SECRET))

    assert (200, "text/html") == (response.status_code, response.headers["content-type"])


def test_a_moving_mock_repeats_and_loses_nothing(contract: Contract) -> None:
    """A walk over a collection in motion shows each item that was there from the start, once."""
    if contract.paging is None:
        pytest.skip("the operation does not page")
    headers = {name.lower(): text for name, text in contract.credentials[0].headers(SECRET).items()}
    still = Responder(contract, dataset_of(contract.stem), secret=SECRET)
    moving = Moving(contract, dataset_of(contract.stem), Motion(every=1), secret=SECRET)

    def walk(server: Answers) -> list[str]:
        query: Query | None = ()
        found: list[str] = []
        while query is not None:
            answer = server.answer(Request("GET", contract.path, query, headers))
            assert answer.status == 200
            found += [str(contract.identity_of(entry.value)) for entry in answer.items or ()]
            query = next_query(contract, query, answer)
        return found

    before, during = walk(still), walk(moving)
    assert len(during) == len(set(during))
    assert set(before) <= set(during)
    assert set(before) < set(walk(moving))
