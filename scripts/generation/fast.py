"""Code fragments for the fast reader: msgspec Structs for each model, copied into the attrs object."""

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


def struct_type(kind: str, suffix: str) -> str:
    """Write the msgspec type that accepts a kind and nothing else; a union of kinds is left to the tolerant path."""
    word, inner = _split(kind)
    match word:
        case "OpenEnum":
            return "str"
        case "ModelOf":
            return f"{inner}{suffix}"
        case "ListOf":
            return f"list[{struct_type(inner, suffix)}]"
        case "MapOf":
            return f"dict[str, {struct_type(inner, suffix)}]"
        case "Nullable":
            return f"{struct_type(inner, suffix)} | None"
        case _:
            return _TYPES.get(word, _NOTHING)


def struct_field(field: FieldView, suffix: str, *, drifted: bool) -> str:
    """Declare the field of a Struct; where it is optional, only the one for drifted bodies takes null for absence.

    msgspec does not check defaults: an absent field is None at once, whatever its type.
    """
    default = "" if field.required else ", default=ABSENT"
    kind = struct_type(field.shape.kind, suffix)
    nullable = drifted and not field.required and not field.shape.nullable
    return f"{field.name}: {kind}{' | None' if nullable else ''} = member(name={field.wire!r}{default})"


def copied(field: FieldView, place: str, row: tuple[str, str] = ("", "")) -> str:
    """Write the expression that takes a field's value from the Struct `row`.

    `place` is the beginning of where it stands, as code; `row` is the class of the listing's items, and the key of the
    array that holds them, which have a loop of their own.
    """
    kind, source = field.shape.kind, f"row.{field.name}"
    here = f"{place}{field.wire!r}, "
    array = f"ListOf(ModelOf({row[0]}))"
    if kind in {array, f"Nullable({array})"} and field.wire == row[1]:
        items = f"copy_items({source}, source)"
        return items if field.required and kind == array else f"None if {source} is None else {items}"
    if field.required or kind.startswith("Nullable("):
        code = _copied(kind, source, here)
    else:
        code = _unless("None", kind, source, here)
    return code.replace("known_each", f"known_{field.name}_each")  # a name has one type in a function


def _unless(nothing: str, kind: str, source: str, here: str) -> str:
    """Copy a value of a kind, unless it is nothing; what is copied as it is need not be looked at."""
    known = f"known_{source.rpartition('.')[2]}"
    whole = _copied(kind, known, here)
    return source if whole == known else f"None if ({known} := {source}) is {nothing} else {whole}"


def _copied(kind: str, source: str, here: str) -> str:
    word, inner = _split(kind)
    if word == "OpenEnum":
        return f"{inner}_members[{source}]"
    if word == "ModelOf":
        return f"copy_{inner}({source}, source, ({here}))"
    if word == "Nullable":
        return _unless("None", inner, source, here)
    if word in {"ListOf", "MapOf"}:
        return _collection(word, _copied(inner, "each", f"{here}key, "), source)
    return source


def _collection(word: str, each: str, source: str) -> str:
    if each == "each":
        return source
    if word == "MapOf":
        return f"{{key: {each} for key, each in {source}.items()}}"
    if "key" not in each:
        return f"[{each} for each in {source}]"
    return f"[{each} for key, each in numbered({source})]"


def _split(kind: str) -> tuple[str, str]:
    word, _, rest = kind.partition("(")
    return word, rest.removesuffix(")")
