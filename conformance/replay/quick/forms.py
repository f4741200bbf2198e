"""Schemas as types that msgspec decodes: what fits the type fits the closed schema, but for what the form tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count
from typing import Annotated, Any, Literal, Union

import msgspec
from attrs import evolve, field, frozen

from conformance import pointer
from conformance.checks.items_within import MILLISECONDS_OF_2001, MILLISECONDS_OF_2100
from conformance.spec.contract import Contract

Schema = Mapping[str, Any]

_SILENT = frozenset({"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"})
_BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_SIZES = {"minItems": "min_length", "maxItems": "max_length"}
_FORMATS = frozenset({"int32", "int64", "float", "double"})
"""Formats of numbers, of which no more is checked than that they are numbers."""
_KEYWORDS: dict[str, Collection[str]] = {
    "null": (),
    "boolean": (),
    "integer": {*_BOUNDS, "format"},
    "number": {*_BOUNDS, "format"},
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
    told: Schema | None = None
    """What the type does not say of a text: its whole schema."""
    free: bool = False
    """Whether some part may be anything."""
    exact: bool = True
    """Whether nothing shorter says the same as what msgspec writes: not so of fractions, which may have exponents."""


_ANYTHING = Form(Any, nullable=True, free=True, exact=False)


def form_of(contract: Contract, schema: Schema) -> Form:
    """The form of a schema, whose type can be decoded; raises Formless where it has none."""
    form = _form(contract, schema, ())
    try:
        msgspec.json.Decoder(form.type)
    except (TypeError, ValueError) as error:
        raise Formless(schema) from error
    return form


def _form(contract: Contract, schema: Any, within: tuple[str, ...]) -> Form:  # noqa: ANN401 - a schema, or true
    if schema is True:
        return _ANYTHING
    if not isinstance(schema, Mapping):
        raise Formless(schema)
    said = {name for name in schema if name not in _SILENT and not name.startswith("x-")}
    if said == {"$ref"}:
        return _referred(contract, schema["$ref"], within)
    if said == {"anyOf"}:
        return _either(contract, schema["anyOf"], within)
    if "enum" in said and said <= {"enum", "type"}:
        return _one_of(schema, schema["enum"])
    if "const" in said and said <= {"const", "type"}:
        return _one_of(schema, [schema["const"]])
    return _typed(contract, schema, said, within) if said else _ANYTHING


def _referred(contract: Contract, reference: str, within: tuple[str, ...]) -> Form:
    if reference in within:
        raise Formless(reference)
    return _form(contract, pointer.get(contract.document, reference.removeprefix("#")), (*within, reference))


def _either(contract: Contract, branches: list[Schema], within: tuple[str, ...]) -> Form:
    others = [branch for branch in branches if not (isinstance(branch, Mapping) and _types(branch) == ["null"])]
    if len(others) != 1 or len(branches) > 2:  # noqa: PLR2004 - something, or null
        raise Formless(branches)
    return _nullable(_form(contract, others[0], within))


def _nullable(form: Form) -> Form:
    return evolve(form, type=Union[form.type, None], nullable=True)  # noqa: UP007


def _types(schema: Schema) -> list[str]:
    kinds = schema.get("type")
    return kinds if isinstance(kinds, list) else [kinds] if kinds else []


def _one_of(schema: Schema, allowed: list[Any]) -> Form:
    kinds = _types(schema) or ["string", "integer", "null"]
    names = {str: "string", int: "integer", type(None): "null"}
    values = [value for value in allowed if names.get(type(value)) in kinds]
    if not values:
        raise Formless(schema)
    return Form(Literal[tuple(values)], nullable=None in values)


def _typed(contract: Contract, schema: Schema, said: set[str], within: tuple[str, ...]) -> Form:
    kinds = _types(schema)
    known = {"type"}.union(*(_KEYWORDS.get(kind, ()) for kind in kinds))
    if not kinds or not _KEYWORDS.keys() >= set(kinds) or said - known:
        raise Formless(schema)
    forms = [_MAKERS[kind](contract, schema, within) for kind in kinds if kind != "null"]
    if not forms:
        return Form(None, nullable=True)
    if len(forms) > 1 and any(form.members or form.element or form.told or form.free for form in forms):
        raise Formless(schema)
    either: Any = Union[tuple(one.type for one in forms)]  # noqa: UP007 - of as many as there are
    form = evolve(forms[0], type=either, exact=all(one.exact for one in forms))
    return _nullable(form) if "null" in kinds else form


def _limited(kind: Any, schema: Schema, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - a type
    """A type within the bounds that a schema sets."""
    bounds = {argument: schema[word] for word, argument in words.items() if word in schema}
    try:
        return Annotated[kind, msgspec.Meta(**bounds)] if bounds else kind
    except (TypeError, ValueError) as error:
        raise Formless(schema) from error


def _integer(_contract: Contract, schema: Schema, _within: tuple[str, ...]) -> Form:
    return Form(_limited(int, _of_this_century(schema), _BOUNDS))


def _number(_contract: Contract, schema: Schema, _within: tuple[str, ...]) -> Form:
    schema = _of_this_century(schema)
    return Form(Union[_limited(int, schema, _BOUNDS), _limited(float, schema, _BOUNDS)], exact=False)  # noqa: UP007


def _of_this_century(schema: Schema) -> Schema:
    """A schema of Unix times with the upper bound of what `units-plausible` takes; any other as it is."""
    if schema.get("format", "int64") not in _FORMATS:
        raise Formless(schema)
    if schema.get("minimum", 0) < MILLISECONDS_OF_2001:
        return schema
    return {**schema, "maximum": min(schema.get("maximum", MILLISECONDS_OF_2100), MILLISECONDS_OF_2100 - 1)}


def _text(_contract: Contract, schema: Schema, _within: tuple[str, ...]) -> Form:
    told = schema if schema.keys() & {"format", "pattern"} else None
    return Form(_limited(str, schema, _LENGTHS), told=told)


def _array(contract: Contract, schema: Schema, within: tuple[str, ...]) -> Form:
    element = _form(contract, schema.get("items", True), within)
    kind = _limited(list[element.type], schema, _SIZES)  # type: ignore[name-defined]
    return Form(kind, element=element, free=element.free, exact=element.exact)


def _object(contract: Contract, schema: Schema, within: tuple[str, ...]) -> Form:
    properties, required = schema.get("properties"), schema.get("required", [])
    others = schema.get("additionalProperties", properties is None)
    if properties and others is False and set(required) <= properties.keys():
        return _struct(contract, properties, frozenset(required), within)
    if properties is not None or required or others is False:
        raise Formless(schema)
    value = _form(contract, others, within)
    if value.told or value.members:
        raise Formless(schema)
    return Form(dict[str, value.type], free=value.free, exact=value.exact)  # type: ignore[name-defined]


def _struct(
    contract: Contract, properties: Mapping[str, Schema], required: frozenset[str], within: tuple[str, ...]
) -> Form:
    """An object's form: absent is None where null is not allowed, and UNSET where it is."""
    numbers = count()
    members = {name: Member(f"f{next(numbers)}", _form(contract, part, within)) for name, part in properties.items()}
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


def _field(member: Member, *, needed: bool) -> Any:  # noqa: ANN401 - a name, a type, and a default
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
