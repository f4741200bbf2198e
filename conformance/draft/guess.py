"""What names hint at: each guess is a question to the documentation, never a promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from conformance import pointer
from conformance.draft.source import TODO, Json, Source
from conformance.published.names import plain

LIMITS = frozenset({"limit", "pagesize", "perpage", "size", "maxresults", "maxitems", "pagelimit", "take", "first"})
CURSORS = (
    "cursor",
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "startingafter",
    "after",
    "marker",
    "token",
    "page",
    "offset",
)
NEXT = ("next", "nextcursor", "nextpage", "nextpagetoken", "nexttoken", "continuationtoken", "cursor", "nextoffset")
IDENTITIES = ("id", "uuid", "key", "name")
COUNTERS: Mapping[str, str] = {
    "count": "page",
    "total": "collection",
    "totalcount": "collection",
    "totalitems": "collection",
}
BOUNDS: Mapping[str, str] = {
    "gte": "at-least",
    "lte": "at-most",
    "gt": "after",
    "lt": "before",
    "after": "after",
    "before": "before",
}

WORDS: Mapping[str, str] = {
    "equals": "equals it",
    "in": "is one of its values",
    "at-least": "is at least it",
    "at-most": "is at most it",
    "after": "is after it",
    "before": "is before it",
}


@frozen
class Place:
    """A described part of a body or an item."""

    pointer: str
    schema: Json
    required: bool


class Guess:
    """Reads hints out of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.page = list(self._places(source.page, "", depth=3))
        self.items_at, self.item = self._items()
        self.fields = list(self._places(self.item, "", depth=1)) if self.item is not None else []

    def resolve(self, schema: Json, seen: tuple[str, ...] = ()) -> Json:
        """The schema that a reference leads to; branches and parts are laid over each other."""
        while "$ref" in schema:
            if schema["$ref"] in seen:
                return {}
            seen = (*seen, schema["$ref"])
            schema = self.source.schemas[schema["$ref"].rpartition("/")[2]]
        for key in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(key, ()):
                found = self.resolve(part, seen)
                merged = {**found.get("properties", {}), **schema.get("properties", {})}
                schema = {**found, **schema} | ({"properties": merged} if merged else {})
        return schema

    def _places(self, schema: Json, at: str, *, depth: int) -> Iterator[Place]:
        schema = self.resolve(schema)
        for name, part in schema.get("properties", {}).items() if depth else ():
            here = pointer.join(at, name)
            yield Place(here, self.resolve(part), name in schema.get("required", ()))
            yield from self._places(part, here, depth=depth - 1)

    def _items(self) -> tuple[str | None, Json | None]:
        """Where the array of items is in the body, and the schema of one."""
        page = self.resolve(self.source.page)
        if "items" in page:
            return "", page["items"]
        arrays = [place for place in self.page if isinstance(place.schema.get("items"), dict)]
        arrays.sort(
            key=lambda place: ("properties" not in self.resolve(place.schema["items"]), place.pointer.count("/"))
        )
        return (arrays[0].pointer, arrays[0].schema["items"]) if arrays else (None, None)

    def identity(self) -> str:
        """What may name an item."""
        names = {plain(place.pointer): place.pointer for place in self.fields}
        own = [f"{one}{what}" for what in IDENTITIES[:2] for one in self._singular()]
        ending = [name for name in names if name.endswith("id")]
        wanted = [*IDENTITIES[:3], *own, *ending, "name"]
        return next((names[name] for name in wanted if name in names), "")

    def _singular(self) -> list[str]:
        """What one item may be called, after the path: boxes are each a box or a boxe."""
        several = plain(self.source.path.rpartition("/")[2])
        return [re.sub(f"{ending}$", one, several) for ending, one in (("ies", "y"), ("es", ""), ("s", ""))]

    def limit(self) -> str:
        """The parameter that may be the size of a page."""
        return next((name for name in self._parameters() if plain(name) in LIMITS), "")

    def paging(self) -> tuple[str, str, list[str]]:
        """The parameter that may take a cursor, where the cursor may be, and what may stand there at the end."""
        names = {plain(name): name for name in self._parameters()}
        parameter = next((names[name] for name in CURSORS if name in names), "")
        found = [place for wanted in NEXT for place in self.page if plain(place.pointer.rpartition("/")[2]) == wanted]
        found = [place for place in found if {"string", "integer"} & set(_types(place.schema))]
        headers = [name for name in self.source.headers if plain(name).removeprefix("x") in NEXT]
        if found:
            ends = [
                *(["null"] if "null" in _types(found[0].schema) else []),
                *([] if found[0].required else ["absent"]),
            ]
            return parameter, f"$response.body#{found[0].pointer}", ends or ["empty"]
        return (parameter, f"$response.header.{headers[0]}", ["absent"]) if headers else (parameter, "", [])

    def filters(self) -> Iterator[Json]:
        """Parameters that are named like a field of an item."""
        taken = {self.limit(), self.paging()[0]}
        for parameter in self.source.parameters:
            field, relation = self._filtered(parameter["name"])
            if parameter["name"] in taken:
                continue
            if pairs := self._pairs(parameter["name"]):
                yield _contains(parameter, pairs)
            elif field:
                several = "array" in _types(self.resolve(parameter["schema"]))
                relation = "in" if several else relation
                says = f"{TODO}with {parameter['name']}, are only items listed whose {field} {WORDS[relation]}?"
                yield {"parameter": parameter["name"], "field": field, "relation": relation, "says": says}

    def _pairs(self, name: str) -> str:
        """The field of free pairs that a parameter is named like."""
        objects = (place.pointer for place in self.fields if "object" in _types(place.schema))
        return next((place for place in objects if plain(place) == plain(name)), "")

    def _filtered(self, name: str) -> tuple[str, str]:
        fields = {plain(place.pointer): place.pointer for place in self.fields if _comparable(place.schema)}
        ways = {plain(name): "equals", re.sub(r"(s|es|\[\])$", "", name): "equals"}
        bound = re.fullmatch(r"(.+?)[_\[.-]?(gte|lte|gt|lt|after|before)\]?", name, re.IGNORECASE)
        if bound:
            ways |= {plain(bound[1]) + end: BOUNDS[bound[2].lower()] for end in ("", "at")}
        found = [(fields[plain(way)], relation) for way, relation in ways.items() if plain(way) in fields]
        return found[0] if found else ("", "")

    def counters(self) -> Iterator[Json]:
        """Numbers of the page that may count; a total can be seen only where pages lead on."""
        parameter, cursor, _ = self.paging()
        for place in self.page:
            name = plain(place.pointer.rpartition("/")[2])
            inside = self.items_at and place.pointer.startswith(self.items_at)
            seen = COUNTERS.get(name) == "page" or (parameter and cursor)
            if name in COUNTERS and seen and "integer" in _types(place.schema) and not inside:
                says = f"{TODO}what does {place.pointer} count: page, collection or matching?"
                yield {"value": f"$response.body#{place.pointer}", "counts": COUNTERS[name], "says": says}

    def refusals(self) -> Iterator[Json]:
        """Statuses that may answer a missing credential and a bad value."""
        published = list(self.source.refusals)
        for given, codes in (
            ("missing-credentials", ("401", "403", "4XX")),
            ("wrong-credentials", ("401", "403", "4XX")),
            ("invalid-parameter", ("400", "422", "4XX")),
        ):
            status = [int(code) if code.isdecimal() else code for code in codes if code in published]
            status = status or (["4XX"] if "default" in published else [])
            if status:
                says = f"{TODO}is a request with {given} answered so?"
                yield {"given": given, "status": status, "says": says}

    def untold(self, told: Iterable[str]) -> list[str]:
        """Parameters that no guess explains."""
        known = {*told, self.limit(), self.paging()[0]}
        return [name for name in self._parameters() if name not in known]

    def _parameters(self) -> list[str]:
        return [parameter["name"] for parameter in self.source.parameters]


def _contains(parameter: Json, field: str) -> Json:
    encoding = "json" if "json" in str(parameter.get("description", "")).lower() else "form"
    says = f"{TODO}with {parameter['name']}, are only items listed whose {field} has the pairs? How are they written?"
    return {
        "parameter": parameter["name"],
        "field": field,
        "relation": "contains",
        "encoding": encoding,
        "says": says,
    }


def _types(schema: Json) -> list[str]:
    kinds: Any = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _comparable(schema: Json) -> bool:
    return not {"object", "array"} & set(_types(schema))
