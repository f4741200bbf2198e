"""Code fragments for the quick path: straight-line reading of parsed JSON, for those who have no msgspec."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from generation.bodies import BodyModel
from generation.fields import FieldView

_EXACT = {"STRING": "str", "INTEGER": "int", "BOOLEAN": "bool"}
_STRAIGHT = frozenset({*_EXACT, "TIMESTAMP", "MapOf(ANYTHING)", "MapOf(STRING)"})
_STRAIGHT_PREFIXES = ("OpenEnum(", "ModelOf(", "ListOf(ModelOf(")


@frozen
class Quick:
    """What the readers of the models of one body are given beside the JSON."""

    located: frozenset[str]
    """Models that are told where they came from."""
    timed: frozenset[str]
    """Models that hold times, whose texts are checked together when the whole page was read."""
    listed: frozenset[str]
    """Models that stand in arrays: these are read in one loop each, without a call for every element."""
    single: frozenset[str]
    """Models that stand elsewhere."""

    def parameters(self, name: str) -> str:
        """Declare what the reader of a model takes."""
        located = ", origin: Origin" if name in self.located else ""
        return f"row: Any{located}" + (", times: list[str]" if name in self.timed else "")

    def call(self, name: str, value: str, origin: str) -> str:
        """Write the call that reads a model."""
        located = f", {origin}" if name in self.located else ""
        return f"read_{name}({value}{located}" + (", times)" if name in self.timed else ")")

    def array_parameters(self, name: str) -> str:
        """Declare what the reader of an array takes."""
        located = ", above: Origin" if name in self.located else ""
        return f"rows: Any{located}" + (", times: list[str]" if name in self.timed else "")

    def array_call(self, name: str, value: str, origin: str) -> str:
        """Write the call that reads every element of an array."""
        return f"read_array_of_{self.call(name, value, origin).removeprefix('read_')}"

    def elements(self, name: str) -> str:
        """Write the head of the loop over the objects to be filled, their JSON, and where that came from."""
        if name not in self.located:
            return "for self, row in zip(made, rows)"
        return "for self, row, origin in zip(made, rows, zip(repeat(above), count()))"

    def lines(self, field: FieldView) -> Iterator[str]:
        """Write the statements that read a field from `row` into `self`, or raise."""
        kind, nullable = field.shape.kind, field.shape.kind.startswith("Nullable(")
        if field.required and not nullable:
            yield from self._stored(field, kind, f"row[{field.wire!r}]")
            return
        yield f"self.{field.name} = value = " + (f"row[{field.wire!r}]" if field.required else f"get({field.wire!r})")
        yield "if value is not None:"
        if not field.required:
            yield "    found += 1"
        for line in self._changed(field, _bare(kind)):
            yield f"    {line}"

    def _stored(self, field: FieldView, kind: str, source: str) -> Iterator[str]:
        word = kind.partition("(")[0]
        if word == "TIMESTAMP":
            yield f"self.{field.name} = parse({text_of(field)} := {source})"
            return
        if word == "OpenEnum":
            yield f"self.{field.name} = {_split(kind)[1]}_members[{source}]"
            return
        as_it_came = word in _EXACT or kind.startswith("MapOf(")
        yield f"self.{field.name} = value = {source}" if as_it_came else f"value = {source}"
        yield from self._changed(field, kind)

    def _changed(self, field: FieldView, kind: str) -> Iterator[str]:
        """Check `value`, and store what it means where that is another value."""
        (word, inner), target = _split(kind), f"self.{field.name}"
        origin = f"(origin, {field.wire!r})"
        if word in _EXACT:
            yield from _unless(_EXACT[word])
        elif word == "OpenEnum":
            yield f"{target} = {inner}_members[value]"
        elif word == "TIMESTAMP":
            yield from (f"{target} = parse(value)", "times.append(value)")
        elif word == "ModelOf":
            yield f"{target} = {self.call(inner, 'value', origin)}"
        elif kind == "MapOf(ANYTHING)":
            yield from _unless("dict")
        elif kind == "MapOf(STRING)":
            yield "check_strings(value)"
        elif kind.startswith("ListOf(ModelOf("):
            yield f"{target} = {self.array_call(_split(inner)[1], 'value', origin)}"
        else:
            yield f"{target} = ({kind}).read(value, {origin})"


def text_of(field: FieldView) -> str:
    """Name the variable that holds the text of a time."""
    return f"{field.name}_text"


def times_of(model: BodyModel) -> list[FieldView]:
    """Give the times that a model always has."""
    return [each for each in model.fields if each.required and each.shape.kind == "TIMESTAMP"]


def texts_of(model: BodyModel) -> str:
    """Write the tuple of their texts."""
    return "".join(f"{text_of(each)}, " for each in times_of(model))


def together(model: BodyModel) -> list[FieldView]:
    """Give the times that are parsed when the whole array was read: that is faster, where there are several."""
    times = times_of(model)
    return times if len(times) > 1 else []


def quick_of(models: Sequence[BodyModel], inexact: frozenset[str], *, array: bool) -> Quick:
    """Find out what the readers must be given; the inner models come first, and what the body is (made of) last."""
    located, timed = set[str](inexact), set[str]()
    for model in models:
        inner = {name for field in model.fields for name in field.shape.classes}
        if inner & located or not all(_is_straight(field.shape.kind) for field in model.fields):
            located.add(model.name)
        if inner & timed or any("TIMESTAMP" in field.shape.kind for field in model.fields):
            timed.add(model.name)
    return Quick(frozenset(located), frozenset(timed), *_uses(models, array=array))


def _uses(models: Sequence[BodyModel], *, array: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Sort models into those that stand in arrays, and those that stand elsewhere; some do both."""
    kinds = [_bare(field.shape.kind) for model in models for field in model.fields]
    kinds.append(f"ListOf(ModelOf({models[-1].name}))" if array else f"ModelOf({models[-1].name})")
    listed = {_split(_split(kind)[1])[1] for kind in kinds if kind.startswith("ListOf(ModelOf(")}
    single = {_split(kind)[1] for kind in kinds if kind.startswith("ModelOf(")}
    return frozenset(listed), frozenset(single)


def _is_straight(kind: str) -> bool:
    bare = _bare(kind)
    return bare in _STRAIGHT or bare.startswith(_STRAIGHT_PREFIXES)


def _bare(kind: str) -> str:
    return kind.removeprefix("Nullable(").removesuffix(")") if kind.startswith("Nullable(") else kind


def _unless(python: str) -> tuple[str, str]:
    return f"if value.__class__ is not {python}:", "    raise Unexpected"


def _split(kind: str) -> tuple[str, str]:
    word, _, rest = kind.partition("(")
    return word, rest.removesuffix(")")
