"""Parameters compared: what a client sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from conformance.checks import published as rules
from conformance.pointer import Pointer
from conformance.published.contrast import Aspect, Change, contrasts
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.published.names import nearest, placeholders
from conformance.published.schemas import Schemas
from conformance.published.shape import Shape
from conformance.sentence import Sentence, Value, said
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind

DRIFT: Mapping[tuple[Aspect, Change], Drift] = {
    (Aspect.TYPE, Change.NARROWER): Drift.BREAKING,
    (Aspect.TYPE, Change.OTHER): Drift.BREAKING,
    (Aspect.NUMBER, Change.NARROWER): Drift.AMBIGUOUS,
    (Aspect.FORMAT, Change.OTHER): Drift.AMBIGUOUS,
    (Aspect.FORMAT, Change.NEW): Drift.AMBIGUOUS,
    (Aspect.FORMAT, Change.NARROWER): Drift.AMBIGUOUS,
    (Aspect.ENUM, Change.NEW): Drift.AMBIGUOUS,
    (Aspect.VALUE, Change.NARROWER): Drift.BREAKING,
    (Aspect.BOUND, Change.NARROWER): Drift.BREAKING,
    (Aspect.BOUND, Change.OTHER): Drift.AMBIGUOUS,
    (Aspect.BOUND, Change.NEW): Drift.AMBIGUOUS,
    (Aspect.DEFAULT, Change.OTHER): Drift.AMBIGUOUS,
}
"""What is not listed is additive: what a client sends is taken as before."""
UNTOLD = frozenset({(Aspect.DEFAULT, Change.SILENT)})
"""A default that is not mentioned is not gone."""
IGNORED_HEADERS = frozenset({"authorization", "accept", "content-type"})
"""Header parameters that OpenAPI says are ignored."""


@frozen
class Parameter:
    """A parameter as a document describes it."""

    name: str
    location: str
    """`query`, `header`, `path` or `cookie`."""
    required: bool
    deprecated: bool
    style: str
    explode: bool
    shape: Shape
    items: Shape | None
    """Of an array's elements."""
    place: Pointer


Parameters = Mapping[tuple[str, str], Parameter]


def parameters(document: Published, operation: Node, item: Node) -> dict[tuple[str, str], Parameter]:
    """Name and location to parameter; an operation's own replaces its path's."""
    found = (_parameter(document, node) for node in described(document, operation, item).values())
    return {_key(one.name, one.location): one for one in found if one is not None}


def described(document: Published, operation: Node, item: Node) -> dict[tuple[str, str], Node]:
    """Name and location to the description of a parameter; an operation's own replaces its path's."""
    found: dict[tuple[str, str], Node] = {}
    for around in (item, operation):
        listed = document.part(around, "parameters")
        listed = document.resolve(listed) if listed is not None else None
        for index in range(len(listed.value) if listed is not None and isinstance(listed.value, list) else 0):
            node = document.part(listed, index) if listed is not None else None
            node = document.resolve(node) if node is not None else None
            if node is not None and isinstance(node.value, Mapping) and "name" in node.value:
                found[_key(str(node.value["name"]), str(node.value.get("in", "query")))] = node
    return found


def _key(name: str, location: str) -> tuple[str, str]:
    """What tells parameters apart: the letters' case does, except in names of headers."""
    return (name.lower() if location == "header" else name), location


def named_as(contract: Contract, path: str, listed: Parameters) -> Parameters:
    """The parameters of `path` by the names that the contract's path has there, without the documented credentials."""
    names = dict(zip(placeholders(path), placeholders(contract.path), strict=False))
    ways = {(one.name.lower() if one.kind is Kind.HEADER else one.name, str(one.kind)) for one in contract.credentials}
    return {
        (names.get(name, name) if where == "path" else name, where): one
        for (name, where), one in listed.items()
        if (name, where) not in ways
    }


def _parameter(document: Published, node: Node) -> Parameter | None:
    given = node.value
    location = str(given.get("in", "query"))
    if location == "header" and str(given["name"]).lower() in IGNORED_HEADERS:
        return None
    style = str(given.get("style") or ("form" if location in {"query", "cookie"} else "simple"))
    shapes = Schemas(document)
    shape = shapes.of(document.part(node, "schema") or Node(_as_text(document, node), node.place))
    return Parameter(
        name=str(given["name"]),
        location=location,
        required=given.get("required") is True,
        deprecated=given.get("deprecated") is True or shape.deprecated,
        style=style,
        explode=bool(given.get("explode", style == "form")),
        shape=shape,
        items=shapes.of(shape.items) if shape.items is not None else None,
        place=node.place,
    )


def _as_text(document: Published, node: Node) -> dict[str, str]:
    """The schema of a parameter whose value is a whole text of some media type; of nothing where none is said."""
    media = next(iter(document.parts(node, "content")), "")
    return {"type": "string", "contentMediaType": media} if media else {}


def parameter_differences(
    document: Published, ours: Parameters, theirs: Parameters, operation: Pointer
) -> Iterator[Difference]:
    """Every difference between the parameters of two descriptions of one operation; `operation` is ours' pointer."""
    new = [one for key, one in theirs.items() if key not in ours]
    for key, one in ours.items():
        if key in theirs:
            yield from _values(document, one, theirs[key])
        else:
            yield _removed(document, one, new)
    for one in new:
        yield _added(document, one, operation)


def _at(document: Published, place: str) -> Sentence:
    return said("({document}#{place})", document=document.name, place=place)


def _described(template: str, one: Parameter) -> Sentence:
    return said(template, name=Value(one.name, most=None), location=one.location)


def _removed(document: Published, one: Parameter, new: list[Parameter]) -> Difference:
    moved = next((other for other in new if other.name == one.name), None)
    renamed = nearest(one.name, [other.name for other in new])
    elsewhere = said("; it is in the {location} now", location=moved.location) if moved else ""
    hint = elsewhere or (said("; renamed to {name}?", name=Value(renamed, most=None)) if renamed else "")
    return Difference(
        check=rules.PARAMETERS,
        drift=Drift.BREAKING,
        pointer=one.place,
        expected=_described("parameter {name} in the {location}", one),
        actual=said("not published{hint} ({document})", hint=hint, document=document.name),
        place=one.name,
    )


def _added(document: Published, one: Parameter, operation: Pointer) -> Difference:
    kind = "required" if one.required else "optional"
    return Difference(
        check=rules.NEW_PARAMETERS,
        drift=Drift.BREAKING if one.required else Drift.ADDITIVE,
        pointer=operation,
        expected=_described("no parameter {name} in the {location}", one),
        actual=said(
            "{kind} {parameter} {at}",
            kind=kind,
            parameter=_described("parameter {name} in the {location}", one),
            at=_at(document, one.place),
        ),
        place=f"{one.name} in {one.location}",
    )


def _values(document: Published, ours: Parameter, theirs: Parameter) -> Iterator[Difference]:
    yield from _manner(document, ours, theirs)
    yield from _shapes(document, ours, theirs, ours.shape, theirs.shape, "")
    if ours.items is not None and theirs.items is not None:
        yield from _shapes(document, ours, theirs, ours.items, theirs.items, "item ")


def _shapes(  # noqa: PLR0913, PLR0917 - two of everything
    document: Published, ours: Parameter, theirs: Parameter, left: Shape, right: Shape, what: str
) -> Iterator[Difference]:
    for contrast in contrasts(left, right):
        key = (contrast.aspect, contrast.change)
        if key not in UNTOLD:
            drift = Drift.ADDITIVE if _any_text(left, right, contrast.aspect) else DRIFT.get(key, Drift.ADDITIVE)
            place = " ".join(filter(None, (f"{what}{contrast.aspect}", contrast.what)))
            yield _changed(document, ours, theirs, (drift, contrast.expected, contrast.actual), place)


def _any_text(left: Shape, right: Shape, aspect: Aspect) -> bool:
    """Whether a query that was right is right still, because any text is: a query holds text alone."""
    return (
        aspect is Aspect.TYPE and "string" in right.types and not right.format and not left.types & {"array", "object"}
    )


def _manner(document: Published, ours: Parameter, theirs: Parameter) -> Iterator[Difference]:
    """Whether it must be given, and how several values are written."""
    words = said("optional"), said("required")
    if ours.required is not theirs.required:
        drift = Drift.BREAKING if theirs.required else Drift.ADDITIVE
        yield _changed(document, ours, theirs, (drift, words[ours.required], words[theirs.required]), "required")
    if theirs.deprecated and not ours.deprecated:
        yield _changed(
            document, ours, theirs, (Drift.AMBIGUOUS, said("not deprecated"), said("deprecated")), "deprecated"
        )
    several = {"array", "object"} & ours.shape.types & theirs.shape.types
    left, right = _written(ours), _written(theirs)
    if several and left != right:
        yield _changed(document, ours, theirs, (Drift.BREAKING, left, right), "style")


def _written(one: Parameter) -> Sentence:
    return said("style {style}, explode {explode}", style=one.style, explode=str(one.explode).lower())


def _changed(
    document: Published, ours: Parameter, theirs: Parameter, change: tuple[Drift, Sentence, Sentence], place: str
) -> Difference:
    drift, expected, actual = change
    return Difference(
        check=rules.VALUES,
        drift=drift,
        pointer=ours.place,
        expected=said("{name}: {expected}", name=Value(ours.name, most=None), expected=expected),
        actual=said("{actual} {at}", actual=actual, at=_at(document, theirs.place)),
        place=place,
    )
