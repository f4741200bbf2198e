"""Schemas as types that msgspec decodes: what fits the type fits the closed schema, but for what the form tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count
from typing import Annotated, Any, Literal, Union

import msgspec
from attrs import evolve, field, frozen

from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.spec.moments import MILLISECONDS_OF_2100, counts_milliseconds
from conformance.spec.schema import Schema

Keywords = Mapping[str, Any]

_SILENT = frozenset({"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"})
_BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
_NUMBERS = {**_BOUNDS, "multipleOf": "multiple_of"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_SIZES = {"minItems": "min_length", "maxItems": "max_length"}
_FORMATS = frozenset({"int32", "int64", "float", "double"})
"""Formats of numbers, of which no more is checked than that they are numbers."""
_KEYWORDS: dict[str, Collection[str]] = {
    "null": (),
    "boolean": (),
    "integer": {*_NUMBERS, "format"},
    "number": {*_NUMBERS, "format"},
    "string": {*_LENGTHS, "format", "pattern"},
    "array": {*_SIZES, "items"},
    "object": {"properties", "required", "additionalProperties"},
}
"""What a type of JSON Schema may say; any other keyword that is no annotation has no form."""


class Formless(ValueError):  # noqa: N818 - a schema that is none the worse for it
    """No type says all that a schema does."""


@frozen(eq=False)
class Member:
    """A documented member of an object."""

    attribute: str
    form: Form


@frozen(eq=False)
class Form:
    """The type of a value, and how its parts are reached."""

    type: Any
    nullable: bool = False
    members: Mapping[str, Member] = field(factory=dict)
    """Of an object with documented members: by their names in JSON."""
    element: Form | None = None
    """Of an array."""
    told: Keywords | None = None
    """What the type does not say of a text: its whole schema."""
    free: bool = False
    """Whether some part may be anything."""
    exact: bool = True
    """Whether nothing shorter says the same as what msgspec writes: not so of fractions, which may have exponents."""


_ANYTHING = Form(Any, nullable=True, free=True, exact=False)


def form_of(schema: Schema) -> Form:
    """The form of a schema, whose type can be decoded; raises Formless where it has none."""
    form = _form(schema, frozenset())
    try:
        msgspec.json.Decoder(form.type)
    except (TypeError, ValueError) as error:
        raise Formless(schema.place) from error
    return form


Within = frozenset[Pointer]
"""The places that were referred to on the way; a schema that refers to itself has no form."""


def _form(schema: Schema, within: Within) -> Form:
    if schema.place != schema.reference:
        if schema.place in within or _said(schema.given) != {"$ref"}:
            raise Formless(schema.reference)
        within |= {schema.place}
    said = _said(schema.keywords)
    if said == {"anyOf"}:
        return _either(schema, within)
    if "enum" in said and said <= {"enum", "type"}:
        return _one_of(schema, schema.keywords["enum"])
    if "const" in said and said <= {"const", "type"}:
        return _one_of(schema, [schema.keywords["const"]])
    return _typed(schema, said, within) if said else _ANYTHING


def _said(keywords: Mapping[str, Json]) -> set[str]:
    return {name for name in keywords if name not in _SILENT and not name.startswith("x-")}


def _either(schema: Schema, within: Within) -> Form:
    branches = schema.composed("anyOf")
    others = [branch for branch in branches if branch.types != ("null",)]
    if len(others) != 1 or len(branches) > 2:  # noqa: PLR2004 - something, or null
        raise Formless(schema.place)
    return _nullable(_form(others[0], within))


def _nullable(form: Form) -> Form:
    return evolve(form, type=Union[form.type, None], nullable=True)  # noqa: UP007


def _one_of(schema: Schema, allowed: list[Json]) -> Form:
    kinds = schema.types or ("string", "integer", "null")
    names = {str: "string", int: "integer", type(None): "null"}
    values = [value for value in allowed if names.get(type(value)) in kinds]
    if not values:
        raise Formless(schema.place)
    return Form(Literal[tuple(values)], nullable=None in values)


def _typed(schema: Schema, said: set[str], within: Within) -> Form:
    kinds = schema.types
    known = {"type"}.union(*(_KEYWORDS.get(kind, ()) for kind in kinds))
    if not kinds or not _KEYWORDS.keys() >= set(kinds) or said - known:
        raise Formless(schema.place)
    forms = [_MAKERS[kind](schema, within) for kind in kinds if kind != "null"]
    if not forms:
        return Form(None, nullable=True)
    if len(forms) > 1 and any(form.members or form.element or form.told or form.free for form in forms):
        raise Formless(schema.place)
    either: Any = Union[tuple(one.type for one in forms)]  # noqa: UP007 - of as many as there are
    form = evolve(forms[0], type=either, exact=all(one.exact for one in forms))
    return _nullable(form) if "null" in kinds else form


def _limited(kind: type, said: Keywords, words: Mapping[str, str]) -> object:
    """A type within the bounds that a schema sets."""
    bounds = {argument: said[word] for word, argument in words.items() if word in said}
    made: Any = kind
    try:
        return Annotated[made, msgspec.Meta(**bounds)] if bounds else kind
    except (TypeError, ValueError) as error:
        raise Formless(said) from error


def _integer(schema: Schema, _within: Within) -> Form:
    return Form(_limited(int, _of_this_century(schema.keywords), _NUMBERS))


def _number(schema: Schema, _within: Within) -> Form:
    said = _of_this_century(schema.keywords)
    return Form(Union[_limited(int, said, _NUMBERS), _limited(float, said, _NUMBERS)], exact=False)  # noqa: UP007


def _of_this_century(said: Keywords) -> Keywords:
    """What is said of Unix times with the upper bound of what `units-plausible` takes; of any other as it is."""
    # A multiple of a fraction is a matter of rounding, which two libraries need not do alike.
    if said.get("format", "int64") not in _FORMATS or said.get("multipleOf", 1) % 1:
        raise Formless(said)
    if not counts_milliseconds(said):
        return said
    return {**said, "maximum": min(said.get("maximum", MILLISECONDS_OF_2100), MILLISECONDS_OF_2100 - 1)}


def _text(schema: Schema, _within: Within) -> Form:
    told = schema.keywords if schema.keywords.keys() & {"format", "pattern"} else None
    return Form(_limited(str, schema.keywords, _LENGTHS), told=told)


def _array(schema: Schema, within: Within) -> Form:
    element = _ANYTHING if schema.element is None else _form(schema.element, within)
    kind = _limited(list[element.type], schema.keywords, _SIZES)  # type: ignore[name-defined]
    return Form(kind, element=element, free=element.free, exact=element.exact)


def _object(schema: Schema, within: Within) -> Form:
    said, others = schema.keywords, schema.others
    if schema.members and others is None and set(schema.required) <= schema.members.keys():
        return _struct(schema, within)
    if "properties" in said or schema.required or said.get("additionalProperties") is False:
        raise Formless(schema.place)
    value = _ANYTHING if others is None else _form(others, within)
    if _tells(value):
        raise Formless(schema.place)
    return Form(dict[str, value.type], free=value.free, exact=value.exact)  # type: ignore[name-defined]


def _tells(form: Form) -> bool:
    """Whether a text in a value has more to keep than its type says: within a map none is looked at."""
    parts = [member.form for member in form.members.values()] + ([] if form.element is None else [form.element])
    return form.told is not None or any(map(_tells, parts))


def _struct(schema: Schema, within: Within) -> Form:
    """An object's form: absent is None where null is not allowed, and UNSET where it is."""
    numbers, required = count(), schema.required
    members = {name: Member(f"f{next(numbers)}", _form(part, within)) for name, part in schema.members.items()}
    made = msgspec.defstruct(
        "Row",
        [_field(member, needed=name in required) for name, member in members.items()],
        rename={member.attribute: name for name, member in members.items()},
        forbid_unknown_fields=True,
        omit_defaults=True,
        kw_only=True,
        gc=False,
    )
    forms = [member.form for member in members.values()]
    return Form(made, members=members, free=any(one.free for one in forms), exact=all(one.exact for one in forms))


def _field(member: Member, *, needed: bool) -> tuple[Any, ...]:
    """The name, the type, and the default where there is one."""
    kind = member.form.type
    if needed:
        return member.attribute, kind
    if member.form.nullable:
        return member.attribute, Union[kind, msgspec.UnsetType], msgspec.UNSET  # noqa: UP007
    return member.attribute, kind, None


_MAKERS = {
    "boolean": lambda *_: Form(bool),
    "integer": _integer,
    "number": _number,
    "string": _text,
    "array": _array,
    "object": _object,
}
