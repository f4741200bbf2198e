"""Which parameter may choose what sorts, and how it says in which direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, places, resolved, types
from conformance.draft.source import TODO, Part, Source
from conformance.published.names import plain

SORTS = ("sort", "sortby", "orderby", "ordering", "sortfield", "sortkey", "sortcolumn", "order")
DIRECTIONS = frozenset({"asc", "desc"})
_TEXT = re.compile(r"([-+]?)(.+?)(?:([ :.,_-]+)(asc|desc|ascending|descending))?", re.IGNORECASE)
SAYS = f"{TODO}which order has a listing that nobody sorts, and what else sorts it?"


@frozen(kw_only=True)
class Order:
    """What a draft says of the order; nothing where that has to be asked."""

    extension: Part = field(factory=dict)
    parameters: tuple[str, ...] = ()
    guesses: tuple[Guessed, ...] = ()


@frozen
class _Word:
    """A value of the parameter: what sorts, its sign, and what stands behind."""

    name: str
    sign: str
    separator: str
    behind: str


def order(source: Source, item: Part) -> Order:
    """The parameter that is named so, each of whose words is called like a field of an item."""
    fields = {one.plain: one for one in places(source.schemas, item, depth=1) if not {"object", "array"} & one.types}
    for parameter in sorted(source.parameters, key=lambda one: _rank(str(one["name"]))):
        words = _words(_values(source, parameter))
        by = {word.name: fields.get(plain(word.name)) for word in words}
        if plain(str(parameter["name"])) in SORTS and words and None not in by.values():
            ways = _ways(source, parameter, words)
            return _order(source, parameter, {name: place for name, place in by.items() if place}, ways)
    return Order()


def _rank(name: str) -> int:
    return SORTS.index(plain(name)) if plain(name) in SORTS else len(SORTS)


def _order(source: Source, parameter: Part, by: Mapping[str, Place], ways: tuple[Part, Part]) -> Order:
    """The order that a default names, or that of the first word."""
    around, within = ways
    name, schema = str(parameter["name"]), resolved(source.schemas, parameter["schema"])
    usual = _words([schema.get("default")] if isinstance(schema.get("default"), str) else [])
    first = by[usual[0].name] if usual and usual[0].name in by else next(iter(by.values()))
    falls = bool(usual) and (usual[0].sign == "-" or usual[0].behind.lower().startswith("desc"))
    turned: Part = next((one for one in source.parameters if one["name"] == around.get("parameter")), {"schema": {}})
    direction = resolved(source.schemas, turned["schema"]).get("default", "desc" if falls else "asc")
    extension: Part = {
        "by": [first.pointer],
        "direction": direction if direction in DIRECTIONS else "asc",
        **around,
        "fields": {"parameter": name, "by": {word: [place.pointer] for word, place in by.items()}, **within},
        "meaning": "unstated",
        "says": SAYS,
    }
    named = (name, *filter(None, (around.get("parameter"), within.get("descending"))))
    return Order(
        extension=extension,
        parameters=named,
        guesses=(Guessed("order", " with ".join(named), "called so, and its words like fields"),),
    )


def _values(source: Source, parameter: Part) -> Sequence[object]:
    schema = resolved(source.schemas, parameter["schema"])
    inside = resolved(source.schemas, schema.get("items", {})) if "array" in types(schema) else schema
    found = inside.get("enum", ())
    return found if isinstance(found, list) else ()


def _words(values: Iterable[object]) -> list[_Word]:
    """The values as words; none where one is no text."""
    found = [_TEXT.fullmatch(value) if isinstance(value, str) else None for value in values]
    read = [_Word(one[2], one[1], one[3] or "", one[4] or "") for one in found if one]
    return read if len(read) == len(found) else []


def _ways(source: Source, parameter: Part, words: Sequence[_Word]) -> tuple[Part, Part]:
    """How a direction is said: by another parameter, or in the word."""
    if any(word.sign == "-" for word in words):
        return {}, {"signed": True}
    behind = {(word.separator, word.behind) for word in words if word.behind}
    if behind:
        texts = {text.lower()[:3]: text for _, text in behind}
        way = {"desc": texts.get("des", ""), "asc": texts.get("asc", "")}
        told = {key: text for key, text in way.items() if text}
        plainly = "desc" in told and len({separator for separator, _ in behind}) == 1 and len(behind) == len(told)
        return {}, {"suffix": {"separator": next(iter(behind))[0], **told}} if plainly else {}
    several = "array" in types(resolved(source.schemas, parameter["schema"]))
    for other in source.parameters:
        if plain(str(other["name"])) == f"{plain(str(parameter['name']))}desc" and _values(source, other):
            return {}, {"descending": str(other["name"])}
        is_array = "array" in types(resolved(source.schemas, other["schema"]))
        if {*map(str, _values(source, other))} == DIRECTIONS and (several or not is_array):
            return {"parameter": str(other["name"])}, {}
    return {}, {}
