"""The same document written otherwise: in other words, another order, with other references."""

from __future__ import annotations

import copy
import random
from typing import Any

Json = dict[str, Any]
_WORDS = ("description", "summary", "title")


def rewritten(document: Json, seed: int) -> Json:
    """A document that says the same, in every way that means nothing."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    made: Json = copy.deepcopy(document)
    _hoist(made, chance)
    _inline(made, chance)
    return dict(_shuffled(made, chance))


def _hoist(document: Json, chance: random.Random) -> None:
    """Give some schemas that stand in place a name among the components."""
    schemas = document["components"]["schemas"]
    for holder in [one for one in _holders(document) if chance.random() < 0.3]:
        name = chance.choice([*holder])
        if isinstance(holder[name], dict) and "$ref" not in holder[name]:
            called = f"Hoisted{len(schemas)}"
            schemas[called], holder[name] = holder[name], {"$ref": f"#/components/schemas/{called}"}


def _inline(document: Json, chance: random.Random) -> None:
    """Put some components where they are referred to; a component that refers to others refers on from there."""
    # As they stand before: a schema that holds itself would double with each place that refers to it.
    schemas = copy.deepcopy(document["components"]["schemas"])
    for holder in [one for one in _holders(document) if chance.random() < 0.3]:
        for name, schema in holder.items():
            target = str(schema.get("$ref", "")).rpartition("/")[2] if isinstance(schema, dict) else ""
            if target in schemas and schema.keys() == {"$ref"}:
                holder[name] = copy.deepcopy(schemas[target])


def _holders(value: object) -> list[Json]:
    """The objects whose members are schemas of fields."""
    if isinstance(value, list):
        return [found for part in value for found in _holders(part)]
    if not isinstance(value, dict):
        return []
    own = [value["properties"]] if isinstance(value.get("properties"), dict) and value["properties"] else []
    return [*own, *(found for part in value.values() for found in _holders(part))]


def _shuffled(value: Any, chance: random.Random, around: str = "") -> Any:
    """Members in another order, and other words about them."""
    if isinstance(value, list):
        return [_shuffled(part, chance) for part in value]
    if not isinstance(value, dict):
        return value
    names = [*value]
    chance.shuffle(names)
    made = {name: _shuffled(value[name], chance, name) for name in names}
    words = around not in {"properties", "schemas"}
    return made | {word: "Other words." for word in _WORDS if words and isinstance(made.get(word), str)}
