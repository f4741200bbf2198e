"""Code fragments for the quick path: straight-line reading of parsed JSON, for those who have no msgspec."""

from __future__ import annotations

from collections.abc import Iterator

from generation.fields import FieldView

_EXACT = {"STRING": "str", "INTEGER": "int", "BOOLEAN": "bool"}


def quick(field: FieldView) -> list[str]:
    """Write the statements that read a field from `row` into `self`, or raise."""
    kind, target = field.shape.kind, f"self.{field.name}"
    lines = [f"value = row[{field.wire!r}]" if field.required else f"value = get({field.wire!r})"]
    if field.required and not kind.startswith("Nullable("):
        return [*lines, *_read(kind, target, field.wire)]
    bare = kind.removeprefix("Nullable(").removesuffix(")") if kind.startswith("Nullable(") else kind
    count = [] if field.required else ["    found += 1"]
    indented = [f"    {line}" for line in _read(bare, target, field.wire)]
    return [*lines, "if value is None:", f"    {target} = None", "else:", *count, *indented]


def _read(kind: str, target: str, wire: str) -> Iterator[str]:
    word, _, rest = kind.partition("(")
    inner = rest.removesuffix(")")
    if word in _EXACT:
        yield from (f"if type(value) is not {_EXACT[word]}:", "    raise Unexpected", f"{target} = value")
    elif word == "OpenEnum":
        yield from ("if type(value) is not str:", "    raise Unexpected")
        yield f"{target} = {inner}_members.get(value, value)"
    elif word == "TIMESTAMP":
        yield f"{target} = timestamp(value)"
    elif word == "ModelOf":
        yield f"{target} = read_{inner}(value, (origin, {wire!r}))"
    elif kind == "MapOf(ANYTHING)":
        yield from ("if value.__class__ is not dict:", "    raise Unexpected", f"{target} = value")
    elif kind == "MapOf(STRING)":
        yield f"{target} = strings(value)"
    elif word == "ListOf" and inner.startswith("ModelOf("):
        model = inner.removeprefix("ModelOf(").removesuffix(")")
        yield f"{target} = read_many(read_{model}, value, (origin, {wire!r}))"
    else:
        yield f"{target} = ({kind}).read(value, (origin, {wire!r}))"
