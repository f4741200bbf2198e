"""Which parameters may ask whether a field is there: `has_end`, `end__isnull`, `endExists`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from conformance.draft.filter import Filter
from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, types
from conformance.draft.source import TODO, Part
from conformance.jsontext import Json
from conformance.published.names import plain

_HAS = re.compile(r"has(?:[_.-]|(?=[A-Z]))(.+)")
_BEHIND = re.compile(
    r"(.+?)[_\[.-]*(is_?not_?null|not_?null|is_?null|exists|is_?set|present|missing)\]?", re.IGNORECASE
)
_ABSENT = frozenset({"isnull", "missing"})
_YES, _NO = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})
FLAG: Mapping[str, Json] = {"present": True, "absent": False}
"""What need not be said in a spec."""


def presence(name: str, schema: Part, fields: Sequence[Place]) -> Filter | None:
    """A flag that is called like a field which need not be there."""
    has, behind = _HAS.fullmatch(name), _BEHIND.fullmatch(name)
    called = has[1] if has else behind[1] if behind else ""
    field = next((one for one in fields if one.plain == plain(called) and _may_lack(one)), None)
    words = _words(schema, is_absence=behind is not None and not has and plain(behind[2]) in _ABSENT)
    if field is None or not words:
        return None
    says = f"{TODO}with {name}, are only items listed that have {field.pointer}, or that lack it?"
    told: Part = {} if words == FLAG else {"words": words}
    extension = {"parameter": name, "field": field.pointer, "relation": "present", **told, "says": says}
    return Filter(extension, Guessed("filter", name, f"a flag called like {field.pointer}, which may be absent"))


def _may_lack(field: Place) -> bool:
    return not field.required or "null" in field.types


def _words(schema: Part, *, is_absence: bool) -> dict[str, Json]:
    """What asks for presence, and for absence; nothing where the parameter takes other values than yes and no."""
    taken: Iterable[Json] = schema.get("enum", (True, False) if types(schema) - {"null"} == {"boolean"} else ())
    texts = {str(value).lower(): value for value in taken if value is not None}
    yes, no = ("absent", "present") if is_absence else ("present", "absent")
    words: dict[str, Json] = {yes if text in _YES else no: value for text, value in texts.items()}
    return words if len(words) == len(texts) and set(texts) <= _YES | _NO else {}
