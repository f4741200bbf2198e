"""What a schema must also allow for values that it refuses: the smallest widening of each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs
from attrs import frozen

from conformance import pointer
from conformance.propose.edits.edit import Edit
from conformance.propose.edits.places import follow, type_of, types_in
from conformance.propose.kinds import scalars
from conformance.propose.kinds.inference import inferred
from conformance.propose.kinds.scalars import Widening
from conformance.propose.seen import Seen
from conformance.spec import schema as schemas

Json = Any
BRANCHES = ("anyOf", "oneOf")


@frozen(kw_only=True, slots=False)
class _Site:
    """A place in bodies, and the place in the spec that describes it, not yet behind its reference."""

    seen: Seen
    place: str
    spec: str

    @cached_property
    def target(self) -> str:
        return follow(self.seen.contract, self.spec)

    @cached_property
    def schema(self) -> Mapping[str, Json]:
        found = pointer.get(self.seen.contract.document, self.target)
        return found if isinstance(found, Mapping) else {}

    def below(self, spec: str, *steps: str) -> _Site:
        return _Site(seen=self.seen, place=pointer.join(self.place, *steps), spec=spec)

    def made(self, keyword: str, edits: list[Edit], instead: str, *, name: str = "") -> Widening:
        return Widening(self.place, keyword, tuple(edits), self.target, instead, name)


def widenings(seen: Seen, spec: str, values: list[Json], place: str = "") -> Iterator[Widening]:
    """Every widening that makes all values what the schema at `spec` says."""
    return _widened(_Site(seen=seen, place=place, spec=spec), values)


def _widened(site: _Site, values: list[Json]) -> Iterator[Widening]:
    keyword = next((each for each in BRANCHES if each in site.schema), "")
    if not values or "allOf" in site.schema:
        return
    if keyword:
        yield from _branched(site, keyword, values)
        return
    wrong = [value for value in values if not _has_type(site.schema, value)]
    if wrong:
        yield _retyped(site, wrong)
    fit = [value for value in values if _has_type(site.schema, value)]
    yield from _objects(site, [value for value in fit if isinstance(value, dict)])
    parts = [part for value in fit if isinstance(value, list) for part in value]
    if "items" in site.schema:
        yield from _widened(site.below(f"{site.target}/items", "*"), parts)
    plain = [value for value in fit if not isinstance(value, dict | list)]
    yield from scalars.widened(site.seen, site.place, site.spec, plain)


def _has_type(schema: Mapping[str, Json], value: Json) -> bool:
    named = types_in(schema)
    return not named or type_of(value) in named or (type_of(value) == "integer" and "number" in named)


def _retyped(site: _Site, wrong: list[Json]) -> Widening:
    more = list(dict.fromkeys(type_of(value) for value in wrong))
    instead = f"it may be {' or '.join('null' if kind == 'null' else f'of type {kind}' for kind in more)} too"
    behind_reference = site.target != site.spec
    structured = {"array", "object"} & set(more)
    if behind_reference or structured or "enum" in site.schema:
        return site.made("type", [_alternative(site, wrong)], instead)
    named = [kind for kind in types_in(site.schema) if not (kind == "integer" and "number" in more)]
    kinds = [*named, *(kind for kind in more if kind not in named)]
    return site.made("type", [Edit("set", f"{site.target}/type", kinds[0] if len(kinds) == 1 else kinds)], instead)


def _alternative(site: _Site, wrong: list[Json]) -> Edit:
    """The site as one of several: what it was, or what the values are."""
    before = dict(pointer.get(site.seen.contract.document, site.spec))
    kept = {key: before.pop(key) for key in ("description",) if key in before}
    kinds: dict[str, list[Json]] = {}
    for value in wrong:
        kinds.setdefault(type_of(value), []).append(value)
    return Edit("set", site.spec, {**kept, "anyOf": [before, *(inferred(values) for values in kinds.values())]})


def _objects(site: _Site, rows: list[dict[str, Json]]) -> Iterator[Widening]:
    schema = site.schema
    for name in schema.get("required", ()):
        if any(name not in row for row in rows):
            edits = [Edit("discard", f"{site.target}/required", name)]
            yield site.made("required", edits, f"{name} may be absent", name=name)
    others = schema.get("additionalProperties", False)
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [row[name] for row in rows if name in row]
        if name in schema.get("properties", {}):
            yield from _widened(site.below(pointer.join(site.target, "properties", name), name), values)
        elif isinstance(others, Mapping):
            yield from _widened(site.below(f"{site.target}/additionalProperties", name), values)
        elif "properties" in schema and not others:
            yield _undocumented(site, name, values)


def _undocumented(site: _Site, name: str, values: list[Json]) -> Widening:
    described = {**inferred(values), "description": f"Not documented; seen on {site.seen.day}."}
    edits = [Edit("set", pointer.join(site.target, "properties", name), described)]
    inner = site.below("", name)
    return Widening(inner.place, "undocumented", tuple(edits), site.target, f"there is a field {name} too", name)


def _branched(site: _Site, keyword: str, values: list[Json]) -> Iterator[Widening]:
    """Each value goes to the branch of its type, where it may be widened; a type without a branch gets one."""
    whole = _checker(site, keyword)
    spec = f"{site.target}/{keyword}"
    sites = [site.below(f"{spec}/{index}") for index in range(len(site.schema[keyword]))]
    routed: dict[int, list[Json]] = {}
    homeless = []
    for value in values:
        found = [index for index, branch in enumerate(sites) if type_of(value) in types_in(branch.schema)]
        if found and (isinstance(value, dict | list) or not whole.is_valid(value)):
            routed.setdefault(found[0], []).append(value)
        elif not whole.is_valid(value):
            homeless.append(value)
    for index, own in routed.items():
        yield from _widened(sites[index], own)
    for kind in dict.fromkeys(type_of(value) for value in homeless):
        own = [value for value in homeless if type_of(value) == kind]
        yield site.made(keyword, [Edit("include", spec, inferred(own))], f"it may be of type {kind} too")


def _checker(site: _Site, keyword: str) -> jsonschema_rs.Validator:
    return schemas.validator(site.seen.contract, {keyword: site.schema[keyword]})
