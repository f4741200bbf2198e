"""Which parameter may be a text that is searched for: `q`, `search`, `_search`."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.draft.filter import Filter
from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, types
from conformance.draft.source import TODO, Part
from conformance.published.names import plain

CALLED = frozenset({"q", "search", "searchtext", "searchterm", "searchquery", "keyword", "keywords", "fulltext"})
NAMES = frozenset(
    {"name", "title", "label", "subject", "displayname", "description", "summary", "note", "notes", "body", "content"}
)
"""Fields of items that hold a text for people, without case and punctuation."""
_NARROW = frozenset({"enum", "const", "format", "pattern", "contentMediaType"})


def search(name: str, schema: Part, fields: Sequence[Place]) -> Filter | None:
    """A free text, where items have fields that hold a text for people."""
    free = types(schema) - {"null"} == {"string"} and not _NARROW & schema.keys()
    found = [str(one.pointer) for one in fields if one.plain in NAMES and _is_free(one)]
    if plain(name) not in CALLED or not free or not found:
        return None
    told = found[0] if len(found) == 1 else f"one of {', '.join(found)}"
    says = f"{TODO}with {name}, are only items listed that have the text in {told}? In which fields is it looked for?"
    field: str | list[str] = found[0] if len(found) == 1 else found
    extension = {"parameter": name, "field": field, "relation": "has-text", "says": says}
    return Filter(extension, Guessed("filter", name, f"called so, and a text may be in {told}"))


def _is_free(field: Place) -> bool:
    return "string" in field.types and not _NARROW & field.schema.keys()
