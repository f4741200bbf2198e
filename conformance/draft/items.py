"""Which array of a body holds the items, and which of their fields names one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, places, resolved
from conformance.draft.source import TODO, Part
from conformance.published.names import plain

USUAL = ("data", "items", "results", "list", "records", "entries", "values", "objects", "elements", "rows", "content")
OWN = frozenset({"metadata", "meta", "attributes", "properties", "spec", "info", "data"})
"""Objects in which an item says of itself what others say at its top."""
ASIDE = re.compile(r"(error|warning|message|link|included|facet|meta|note|notification|aggregation)s?$")
"""What lists something else than the items, in the names of arrays."""
IDENTITIES = ("id", "uuid", "uid", "sid", "guid", "key", "identifier", "arn")
DEPTH = 3


@frozen
class Items:
    """Where the items are; nothing where that has to be asked."""

    at: str | None
    schema: Part
    question: str
    guesses: tuple[Guessed, ...] = ()


def items(schemas: Mapping[str, Part], page: Part, path: str) -> Items:
    """The array of items in a body."""
    body = resolved(schemas, page)
    if "items" in body:
        return Items("", body["items"], "", (Guessed("items", "the body", "it is an array"),))
    arrays = [place for place in places(schemas, page, depth=DEPTH) if isinstance(place.schema.get("items"), dict)]
    ranked = sorted(arrays, key=lambda place: _rank(schemas, place, path))
    best = [place for place in ranked if _rank(schemas, place, path) == _rank(schemas, ranked[0], path)]
    if len(best) != 1 or ASIDE.search(best[0].plain):
        among = f": {' or '.join(place.pointer for place in ranked)}" if ranked else ""
        return Items(None, {}, f"{TODO}where is the array of items{among}?")
    (found,) = best
    guess = Guessed("items", found.pointer, _why_items(found, arrays, path))
    return Items(found.pointer, found.schema["items"], "", (guess,))


def _rank(schemas: Mapping[str, Part], place: Place, path: str) -> tuple[bool, int, bool, int]:
    """What comes first: what lists objects and nothing else, is named after the path or as usual, stands far out."""
    element = resolved(schemas, place.schema["items"])
    named = 0 if _is_named_like(place, path) else 1 if place.plain in USUAL else 2
    aside = ASIDE.search(place.plain) is not None
    return aside, named, "properties" not in element, place.pointer.count("/")


def _is_named_like(place: Place, path: str) -> bool:
    return place.plain in {plain(step) for step in path.split("/") if step}


def _why_items(found: Place, arrays: Sequence[Place], path: str) -> str:
    if len(arrays) == 1:
        return "the only array"
    if _is_named_like(found, path):
        return "named like the path"
    return "a usual name" if found.plain in USUAL else "the only array of objects"


@frozen
class Identity:
    """What names an item; a question where that has to be asked."""

    at: str
    guesses: tuple[Guessed, ...] = ()


def identity(schemas: Mapping[str, Part], item: Part, path: str) -> Identity:
    """The field that names an item: at its top, or else in an object of it."""
    every = [place for place in places(schemas, item, depth=2) if _may_name(place)]
    top, inside = ([place for place in every if (place.pointer.count("/") == 1) is outer] for outer in (True, False))
    inside = [place for place in inside if plain(place.pointer.split("/")[1]) in {*OWN, *_singulars(path)}]
    for candidates in (top, inside):
        for name, why in _names(path):
            found = next((place for place in candidates if place.plain == name), None)
            if found is not None:
                return Identity(found.pointer, (Guessed("identity", found.pointer, why),))
    ending = [place for place in top if place.plain.endswith("id")]
    if len(ending) == 1 and ending[0].required:
        why = "the only required field that ends in id"
        return Identity(ending[0].pointer, (Guessed("identity", ending[0].pointer, why),))
    named = next((place for place in (*top, *inside) if place.plain == "name"), None)
    if named is not None and not ending:
        return Identity(named.pointer, (Guessed("identity", named.pointer, "nothing else may name it"),))
    among = f": {' or '.join(place.pointer for place in ending[:5])}" if ending else ""
    return Identity(f"{TODO}which field names an item{among}?")


def _may_name(place: Place) -> bool:
    kinds = place.types - {"null"}
    return not kinds or (bool(kinds & {"string", "integer"}) and not kinds & {"object", "array"})


def _singulars(path: str) -> list[str]:
    """What one item may be called: boxes are each a box or a boxe."""
    several = plain(path.rstrip("/").rpartition("/")[2])
    return [re.sub(f"{ending}$", single, several) for ending, single in (("ies", "y"), ("es", ""), ("s", ""))]


def _names(path: str) -> list[tuple[str, str]]:
    """What an identity may be called, and why that tells."""
    own = [(f"{one}{what}", f"the {what} of a {one}") for what in ("id", "uuid", "uid") for one in _singulars(path)]
    usual = [(name, f"called {name}") for name in IDENTITIES]
    return [*usual[:2], *own, *usual[2:]]
