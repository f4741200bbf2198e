"""The described parts of a body or an item, and what a draft's schemas say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from conformance.draft.source import Part
from conformance.pointer import TOP, Pointer
from conformance.published.names import plain

URLS = frozenset({"uri", "url", "uri-reference", "iri"})


@frozen
class Place:
    """A described part of a body or an item."""

    pointer: Pointer
    schema: Part
    """What is said of it, references followed."""
    required: bool
    """Whether it is always there, and everything around it."""

    @property
    def name(self) -> str:
        """Its last step."""
        return self.pointer.tokens[-1]

    @property
    def plain(self) -> str:
        """Its last step without case and punctuation."""
        return plain(self.name)

    @property
    def types(self) -> frozenset[str]:
        """Its types, with `null`; empty where nothing is said."""
        return types(self.schema)

    @property
    def is_url(self) -> bool:
        """Whether it is said to be an address."""
        return self.schema.get("format") in URLS


def types(schema: Part) -> frozenset[str]:
    """The types that a schema names."""
    kinds = schema.get("type", ())
    return frozenset([kinds] if isinstance(kinds, str) else kinds)


def resolved(schemas: Mapping[str, Part], schema: Part, seen: tuple[str, ...] = ()) -> Part:
    """The schema that a reference leads to; branches and parts are laid over each other."""
    while "$ref" in schema:
        if schema["$ref"] in seen:
            return {}
        seen = (*seen, schema["$ref"])
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            found = resolved(schemas, part, seen)
            both = types(schema) | types(found)
            merged = {**found.get("properties", {}), **schema.get("properties", {})}
            schema = {**found, **schema} | ({"properties": merged} if merged else {})
            schema |= {"type": sorted(both)} if len(both) > 1 and key != "allOf" else {}
    return schema


def places(schemas: Mapping[str, Part], schema: Part, *, depth: int) -> Iterator[Place]:
    """The parts of an object, and theirs, so many steps down; each before what is in it."""
    return _places(schemas, schema, TOP, depth=depth, around=True)


def _places(schemas: Mapping[str, Part], schema: Part, at: Pointer, *, depth: int, around: bool) -> Iterator[Place]:
    found = resolved(schemas, schema)
    for name, part in found.get("properties", {}).items() if depth else ():
        here, inside = at.below(name), resolved(schemas, part)
        required = around and name in found.get("required", ()) and "null" not in types(inside)
        present = around and name in found.get("required", ())
        yield Place(here, inside, present)
        yield from _places(schemas, part, here, depth=depth - 1, around=required)
