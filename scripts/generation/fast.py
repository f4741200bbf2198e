"""Code fragments for the fast reader: one msgspec Struct for each model, copied into the attrs object."""

from __future__ import annotations

from generation.fields import FieldView

_TYPES = {
    "STRING": "str",
    "INTEGER": "int",
    "NUMBER": "int | float",
    "BOOLEAN": "bool",
    "TIMESTAMP": "Annotated[datetime, Meta(tz=True)]",
    "DATE": "date",
    "IDENTIFIER": "UUID",
    "ANYTHING": "Any",
}


_NOTHING = "Annotated[str, Meta(pattern='(?!)')]"
"""What no JSON is: msgspec knows no type without values."""


def struct_type(kind: str) -> str:
    """Write the msgspec type that accepts a kind and nothing else; a union of kinds is left to the tolerant path."""
    word, inner = _split(kind)
    match word:
        case "OpenEnum":
            return "str"
        case "ModelOf":
            return f"{inner}Row"
        case "ListOf":
            return f"list[{struct_type(inner)}]"
        case "MapOf":
            return f"dict[str, {struct_type(inner)}]"
        case "Nullable":
            return f"{struct_type(inner)} | None"
        case _:
            return _TYPES.get(word, _NOTHING)


def struct_field(field: FieldView) -> str:
    """Declare the field of the Struct; where it is optional, null is not absence, and goes the tolerant way.

    msgspec does not check defaults: an absent field is None at once, whatever its type.
    """
    default = "" if field.required else ", default=ABSENT"
    return f"{field.name}: {struct_type(field.shape.kind)} = member(name={field.wire!r}{default})"


def copied(field: FieldView, inexact: frozenset[str]) -> str:
    """Write the expression that takes a field's value from the Struct `row`.

    Only the models in `inexact` are told where they came from: the JSON of the others follows from their values.
    """
    source, origin = f"row.{field.name}", f"(origin, {field.wire!r})"
    kind = field.shape.kind
    if field.required or kind.startswith("Nullable("):
        code = _copied(kind, source, origin, inexact)
    else:
        code = _unless("ABSENT", kind, source, origin, inexact)
    return code.replace("known_each", f"known_{field.name}_each")  # a name has one type in a function


def _unless(nothing: str, kind: str, source: str, origin: str, inexact: frozenset[str]) -> str:
    """Copy a value of a kind, unless it is nothing; what is copied as it is need not be looked at."""
    known = f"known_{source.rpartition('.')[2]}"
    whole = _copied(kind, known, origin, inexact)
    return source if whole == known else f"None if ({known} := {source}) is {nothing} else {whole}"


def _copied(kind: str, source: str, origin: str, inexact: frozenset[str]) -> str:
    word, inner = _split(kind)
    if word == "OpenEnum":
        return f"{inner}_members.get(text := {source}, text)"
    if word == "ModelOf":
        return f"copy_{inner}({source}, {origin})" if inner in inexact else f"copy_{inner}({source})"
    if word == "Nullable":
        return _unless("None", inner, source, origin, inexact)
    if word in {"ListOf", "MapOf"}:
        return _collection(word, _copied(inner, "each", "(below, key)", inexact), source, origin)
    return source


def _collection(word: str, each: str, source: str, origin: str) -> str:
    if each == "each":
        return source
    if "below" not in each:
        pairs = f"key: {each} for key, each in {source}.items()"
        return f"{{{pairs}}}" if word == "MapOf" else f"[{each} for each in {source}]"
    if word == "MapOf":
        return f"{{key: {each} for below in ({origin},) for key, each in {source}.items()}}"
    return f"[{each} for below in ({origin},) for key, each in enumerate({source})]"


def _split(kind: str) -> tuple[str, str]:
    word, _, rest = kind.partition("(")
    return word, rest.removesuffix(")")
