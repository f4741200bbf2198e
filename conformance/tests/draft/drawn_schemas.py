"""Schemas drawn at random, in the words of OpenAPI 3.0 and 3.1, as published documents have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, field
from hypothesis import strategies as st

Json = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
NAMES = ("Alpha", "Beta", "gamma_delta", "Epsilon.Zeta", "Eta")
FIELDS = ("title", "owner", "state", "kind", "size", "cpu_count", "createdAt", "labels", "parent", "tags")
VALUES = ("running", "stopped", "x-large", "in progress", "2XL")
HUGE = 2**64 + 1
TEXT: Json = {"type": "string"}
TEXTS: tuple[Json, ...] = (
    TEXT,
    *(TEXT | {"format": one} for one in ("date-time", "date", "uuid", "uri", "email", "binary", "byte", "made-up")),
    *(TEXT | {"minLength": 1, "maxLength": 8, "default": one} for one in ("a", "", 7)),
    *(TEXT | {"pattern": one, "default": "abcd"} for one in ("^[a-z]{3}$", "^(0|[1-9][0-9]*)$", "(unbalanced")),
    {"enum": [1, 2]},
    {"enum": ["a", 1]},
    {"enum": ["a", "b", "a"]},
    {"type": "boolean", "default": True},
    {"type": "boolean", "default": None},
    *({"$ref": f"#/components/schemas/{one}"} for one in ("State", "Moment", "Alias")),
    {},
)
NUMBERS: tuple[Json, ...] = (
    {"type": "integer", "minimum": 0, "maximum": 10, "default": 5},
    {"type": "integer", "minimum": "1", "maximum": HUGE, "default": "5"},
    {"type": "integer", "minimum": -HUGE, "default": -500},
    {"type": "integer", "format": "int64"},
    {"type": "number", "multipleOf": 0.5, "default": 0.7},
)
DEFAULTS: tuple[Any, ...] = (True, 1, "a", [], ["a", "a"], {}, {"title": 1})


def _refers(schema: Json) -> bool:
    """Whether a schema may need a value of its own kind in itself: where that is required, no value has an end."""
    return any(f"schemas/{name}" in str(schema) for name in NAMES)


@define
class Dice:
    """What is drawn from; `new` is OpenAPI 3.1."""

    draw: Draw
    new: bool
    schemas: Json = field(factory=dict)
    """The components that references may lead to."""

    def one(self, values: Sequence[Any]) -> Any:
        """Any of some values."""
        return self.draw(st.sampled_from(values))

    def rarely(self, often: int = 1) -> bool:
        """True in one of so many draws, and one more."""
        return bool(self.draw(st.integers(0, often)) == 0)

    def some(self, names: Sequence[str]) -> list[str]:
        """Any of the names, one at least."""
        return [name for name in names if self.rarely()] or list(names[:1])

    def reference(self) -> Json:
        """A reference to an object."""
        return {"$ref": f"#/components/schemas/{self.one([name for name in self.schemas if name in NAMES])}"}

    def nullable(self, schema: Json) -> Json:
        """A schema that allows null, in the words of the version or of the other."""
        if "$ref" in schema:
            ways: list[Json] = [
                {"allOf": [schema], "nullable": True},
                {"anyOf": [schema, {"type": "null"}]},
                {"oneOf": [schema], "nullable": True},
                {"anyOf": [schema], "nullable": True, "deprecated": True},
            ]
            return dict(self.one(ways))
        if self.new and isinstance(schema.get("type"), str):
            return schema | {"type": [schema["type"], "null"]}
        return schema | {"nullable": True}

    def schema(self, depth: int) -> Json:
        """Any schema of a value that is there."""
        kinds: list[Callable[[], Json]] = [self.scalar, self.reference, self.union, self.map, self.composed]
        deeper: list[Callable[[], Json]] = [lambda: self.object(depth - 1), lambda: self.array(depth - 1)]
        made: Json = self.one([*kinds, *deeper])() if depth else self.scalar()
        made = self.nullable(made) if self.rarely(4) else made
        if "$ref" in made and not self.new:
            return made
        made = made | ({"default": self.one(DEFAULTS)} if self.rarely(9) else {})
        made = made | ({"description": "Words."} if self.rarely(4) else {})
        return made | ({"deprecated": True} if self.rarely(9) else {})

    def scalar(self) -> Json:
        """A schema of a value without parts, with bounds and a default that may not fit."""
        exclusive: Json = {"type": "number", "minimum": 0, "exclusiveMinimum": 0 if self.new else True}
        constant: Json = TEXT | ({"const": "box"} if self.new else {"enum": ["box"]})
        listed = TEXT | {"enum": self.draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=4))}
        return dict(self.one([*TEXTS, *NUMBERS, exclusive, constant, listed]))

    def object(self, depth: int) -> Json:
        """An object; what is required may be named twice, and what is only written is not answered."""
        names = self.draw(st.lists(st.sampled_from(FIELDS), max_size=4, unique=True))
        made: Json = {"type": "object", "properties": {name: self.schema(depth) for name in names}}
        ending = [name for name in names if not _refers(made["properties"][name])]
        if ending and self.rarely():
            made["required"] = self.some([*ending, *ending[:1]])
        if self.rarely(3):
            made["additionalProperties"] = self.one([True, False, {}])
        for name in names:
            if self.rarely(9) and "$ref" not in made["properties"][name]:
                made["properties"][name] = made["properties"][name] | {"writeOnly": True}
        return made

    def array(self, depth: int) -> Json:
        """An array, now and then without a word about its elements."""
        items = {} if self.rarely(4) else {"items": self.schema(depth)}
        return {"type": "array"} | items | ({"maxItems": 9} if self.rarely(4) else {})

    def map(self) -> Json:
        """An object of free keys."""
        values = [self.scalar(), self.reference(), {"type": "array", "items": self.reference()}]
        return {"type": "object", "additionalProperties": self.one(values)}

    def union(self) -> Json:
        """One of several."""
        kinds = [TEXT, {"type": "integer"}, {"type": "object"}, self.reference(), self.reference(), {"type": "null"}]
        branches = self.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
        return {self.one(["oneOf", "anyOf"]): branches}

    def composed(self) -> Json:
        """All of several, which hold at once."""
        own = {"type": "object", "properties": {f"own_{self.one(FIELDS)}": self.scalar()}}
        first = self.reference()
        return {
            "allOf": self.one([[first, own], [first, self.reference(), own], [first], [first, {"description": "-"}]])
        }
