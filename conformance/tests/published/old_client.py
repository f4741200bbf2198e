"""What a change of a document does to a client of the version before: it reads answers of the new one."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
from attrs import frozen

from conformance.draft.sample import Sampler
from conformance.mock.answers.request import Request
from conformance.mock.answers.responder import Responder
from conformance.tests.draft.kinds import Json
from conformance.tests.published.histories import PARAMETERS

CLASSES = ("additive", "ambiguous", "breaking")


@frozen
class Oracle:
    """What a client of the old version makes of the new one."""

    client: ModuleType
    old: Json
    """The item that is documented to the client."""

    def worst(self, sampler: Sampler, item: Json, server: Responder, parameters: list[Json]) -> str:
        """The worst that an answer or a refusal of the new version does."""
        seen = [self.reads(each, item) for each in variants(sampler, item)]
        sent = [self.asks(server, query, parameters) for query in queries()]
        return max(["additive", *seen, *sent], key=CLASSES.index)

    def reads(self, row: Json, item: Json) -> str:
        """What reading one item of the new version does to the client."""
        body = {"boxes": [row], "next_cursor": None}
        answered = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
        client = self.client.Client("k", base_url="http://acme.invalid", http_client=httpx.Client(transport=answered))
        try:
            client.list_boxes().first_page()
        except self.client.errors.DecodeError:
            # A whole number that became a number: whether fractions come, no document says.
            return "ambiguous" if _is_fraction(row, item, self.old) else "breaking"
        return max(["additive", *self._lost(row)], key=CLASSES.index)

    def _lost(self, row: Json) -> Iterator[str]:
        """What the client cannot see: fields it was shown that are gone, and values that its types leave out."""
        yield from ("breaking" for name in self.old.get("gone", ()) if name not in row)
        yield from _untyped(row, self.old)

    def asks(self, server: Responder, query: tuple[tuple[str, str], ...], parameters: list[Json]) -> str:
        """What a request of the old version is answered with."""
        if any(name not in {one["name"] for one in parameters} for name, _ in query):
            return "breaking"
        answer = server.answer(Request("GET", "/boxes", query, {"x-acme-key": "k"}))
        return "additive" if answer.status == 200 else "breaking"


def _untyped(row: Json, documented: Json) -> Iterator[str]:
    for name, schema in documented.get("properties", {}).items():
        value = row.get(name)
        if name in row and value is None and not _nullable(schema):
            yield "ambiguous"
        if isinstance(value, dict):
            yield from _untyped(value, schema)


def _nullable(schema: Json) -> bool:
    return "null" in schema.get("type", ()) or {"type": "null"} in schema.get("anyOf", ())


def _is_fraction(row: Json, new: Json, old: Json) -> bool:
    fractions = [name for name, value in row.items() if isinstance(value, float) and not value.is_integer()]
    return any(
        "number" in str(new["properties"].get(name, {}).get("type"))
        and "integer" in str(old["properties"].get(name, {}))
        for name in fractions
    )


def variants(sampler: Sampler, schema: Json) -> Iterator[Json]:
    """Items that show everything that a schema allows of one field, each in turn."""
    whole: Any = sampler.value(schema)
    yield whole
    yield {name: value for name, value in whole.items() if name in schema.get("required", ())}
    for name, part in schema["properties"].items():
        for value in _values(sampler, part):
            yield whole | {name: value}


def _values(sampler: Sampler, schema: Json) -> Iterator[object]:
    kinds = schema.get("type", [])
    yield from schema.get("enum", [sampler.value(schema)])
    if "null" in kinds:
        yield None
    if "number" in kinds:
        yield 1.5
    for name, part in schema.get("properties", {}).items():
        whole: Any = sampler.value({key: value for key, value in schema.items() if key != "enum"})
        for value in _values(sampler, part):
            yield {**(whole or {}), name: value}


def queries() -> Iterator[tuple[tuple[str, str], ...]]:
    """Requests that the old version allows: every parameter at its ends, and none."""
    yield ()
    for parameter in PARAMETERS:
        schema = parameter["schema"]
        for value in (*schema.get("enum", ()), *(schema[key] for key in ("minimum", "maximum") if key in schema)):
            yield ((parameter["name"], str(value)),)
    yield (("zone", "eu"),)
