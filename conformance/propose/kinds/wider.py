"""What a schema must also allow for values that it refuses: the smallest widening of each place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import jsonschema_rs
from attrs import evolve, frozen

from conformance.jsontext import Json
from conformance.pointer import TOP, Pointer
from conformance.propose.edits.edit import Edit
from conformance.propose.kinds import scalars
from conformance.propose.kinds.inference import inferred
from conformance.propose.kinds.scalars import Widening
from conformance.propose.seen import Seen
from conformance.spec.schema import Schema, type_of

BRANCHES = ("anyOf", "oneOf")


@frozen(kw_only=True)
class _Site:
    """A place in bodies, and the schema that describes it."""

    seen: Seen
    place: Pointer
    schema: Schema

    def below(self, schema: Schema, *steps: str) -> _Site:
        return _Site(seen=self.seen, place=self.place.below(*steps), schema=schema)

    def made(self, keyword: str, edits: list[Edit], instead: str, *, name: str = "") -> Widening:
        return Widening(self.place, keyword, tuple(edits), self.schema.place, instead, name)


def widenings(seen: Seen, schema: Schema, values: list[Json]) -> Iterator[Widening]:
    """Every widening that makes all values what the schema says."""
    return _widened(_Site(seen=seen, place=TOP, schema=schema), values)


def _widened(site: _Site, values: list[Json]) -> Iterator[Widening]:
    keyword = next((each for each in BRANCHES if each in site.schema.keywords), "")
    if not values or "allOf" in site.schema.keywords:
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
    if site.schema.element is not None:
        yield from _widened(site.below(site.schema.element, "*"), parts)
    plain = [value for value in fit if not isinstance(value, dict | list)]
    yield from scalars.widened(site.seen, site.place, site.schema, plain)


def _has_type(schema: Schema, value: Json) -> bool:
    named = schema.types
    return not named or type_of(value) in named or (type_of(value) == "integer" and "number" in named)


def _retyped(site: _Site, wrong: list[Json]) -> Widening:
    more = list(dict.fromkeys(type_of(value) for value in wrong))
    instead = f"it may be {' or '.join('null' if kind == 'null' else f'of type {kind}' for kind in more)} too"
    behind_reference = site.schema.place != site.schema.reference
    structured = {"array", "object"} & set(more)
    if behind_reference or structured or "enum" in site.schema.keywords:
        return site.made("type", [_alternative(site, wrong)], instead)
    named = [kind for kind in site.schema.types if not (kind == "integer" and "number" in more)]
    kinds = [*named, *(kind for kind in more if kind not in named)]
    return site.made(
        "type", [Edit("set", site.schema.place.below("type"), kinds[0] if len(kinds) == 1 else kinds)], instead
    )


def _alternative(site: _Site, wrong: list[Json]) -> Edit:
    """The site as one of several: what it was, or what the values are."""
    before = dict(site.schema.given)
    kept = {key: before.pop(key) for key in ("description",) if key in before}
    kinds: dict[str, list[Json]] = {}
    for value in wrong:
        kinds.setdefault(type_of(value), []).append(value)
    return Edit(
        "set", site.schema.reference, {**kept, "anyOf": [before, *(inferred(values) for values in kinds.values())]}
    )


def _objects(site: _Site, rows: list[dict[str, Json]]) -> Iterator[Widening]:
    schema = site.schema
    for name in schema.required:
        if any(name not in row for row in rows):
            edits = [Edit("discard", schema.place.below("required"), name)]
            yield site.made("required", edits, f"{name} may be absent", name=name)
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [row[name] for row in rows if name in row]
        described = schema.members.get(name) or schema.others
        if described is not None:
            yield from _widened(site.below(described, name), values)
        elif "properties" in schema.keywords:
            yield _undocumented(site, name, values)


def _undocumented(site: _Site, name: str, values: list[Json]) -> Widening:
    described = {**inferred(values), "description": f"Not documented; seen on {site.seen.day}."}
    edits = (Edit("set", site.schema.place.below("properties", name), described),)
    place = site.place.below(name)
    return Widening(place, "undocumented", edits, site.schema.place, f"there is a field {name} too", name)


def _branched(site: _Site, keyword: str, values: list[Json]) -> Iterator[Widening]:
    """Each value goes to the branch of its type, where it may be widened; a type without a branch gets one."""
    # Made where it is wanted: most values are objects, which go to their branch without it.
    whole = cache(lambda: _checker(site, keyword))
    sites = [site.below(branch) for branch in site.schema.composed(keyword)]
    routed: dict[int, list[Json]] = {}
    homeless = []
    for value in values:
        found = [index for index, branch in enumerate(sites) if type_of(value) in branch.schema.types]
        if found and (isinstance(value, dict | list) or not whole().is_valid(value)):
            routed.setdefault(found[0], []).append(value)
        elif not whole().is_valid(value):
            homeless.append(value)
    for index, own in routed.items():
        yield from _widened(sites[index], own)
    for kind in dict.fromkeys(type_of(value) for value in homeless):
        own = [value for value in homeless if type_of(value) == kind]
        yield site.made(
            keyword, [Edit("include", site.schema.place.below(keyword), inferred(own))], f"it may be of type {kind} too"
        )


def _checker(site: _Site, keyword: str) -> jsonschema_rs.Validator:
    return evolve(site.schema, keywords={keyword: site.schema.keywords[keyword]}).validator
