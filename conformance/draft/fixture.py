"""A first fixture: published examples as they are, recorded items without what is theirs, or the smallest of items."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable

from conformance.draft.guess import Guess
from conformance.draft.invent import Mask
from conformance.draft.source import Part, Source
from conformance.jsontext import Json

MOST = 5
DEEPEST = 4
TEXTS = {
    "date-time": "2026-01-02T03:04:05Z",
    "local": "2026-01-02T03:04:05",
    "date": "2026-01-02",
    "uuid": "6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e",
    "uri": "https://example.com/1",
    "email": "person1@example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
}


def fixture(source: Source) -> str:
    """The text of a fixture with a few items."""
    mask = Mask()
    items = [mask.value(item) if source.guessed else item for item in source.items[:MOST]]
    guess = Guess(source)
    made: Part = {"items": items or [_sample(guess, guess.item or {})]}
    errors = {
        code: _sample(guess, schema) for status, schema in source.refusals.items() if schema for code in _codes(status)
    }
    return json.dumps(made | ({"errors": errors} if errors else {}), indent=2, ensure_ascii=False) + "\n"


def _codes(status: str) -> tuple[str, ...]:
    """The statuses that a mock may answer with under a documented one."""
    return (status,) if status.isdecimal() else ("400", "401") if status == "4XX" else ()


def _sample(guess: Guess, schema: Part) -> Part:
    made = _value(guess, schema, DEEPEST)
    return made if isinstance(made, dict) else {}


def _value(guess: Guess, schema: Part, depth: int) -> Json:
    branches = schema.get("anyOf") or schema.get("oneOf") or [schema]
    schema = guess.resolve(next((one for one in branches if one.get("type") != "null"), schema))
    said: list[Json] = [schema[key] for key in ("const", "default") if schema.get(key) is not None]
    said += schema.get("enum", [])[:1]
    if said:
        return said[0]
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    kind = kinds if isinstance(kinds, str) else next((one for one in kinds if one != "null"), "null")
    if kind == "object":
        return _object(guess, schema, depth)
    if kind == "array":
        return []
    simple = {"integer": _least(schema), "number": _least(schema), "boolean": False, "null": None}
    return simple[kind] if kind in simple else _text(schema)


def _object(guess: Guess, schema: Part, depth: int) -> Part:
    required = schema.get("required", ())
    properties = schema.get("properties", {})
    wanted = [name for name in properties if name in required or depth == DEEPEST]
    free = schema.get("additionalProperties")
    parts = {name: properties[name] for name in wanted} or ({"key": free} if isinstance(free, dict) else {})
    return {name: _value(guess, part, depth - 1) for name, part in parts.items()} if depth else {}


def _least(schema: Part) -> int:
    return int(
        max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1 if "exclusiveMinimum" in schema else 0)
    )


def _text(schema: Part) -> str:
    letters = (string.ascii_lowercase * 10)[: max(schema.get("minLength", 0), 4)]
    plain = TEXTS.get(schema.get("format", ""), letters[: schema.get("maxLength", len(letters))])
    pattern = str(schema.get("pattern", ""))
    return plain if not pattern else _matching(pattern, (plain, *TEXTS.values()))


def _matching(pattern: str, usual: Iterable[str]) -> str:
    """A text that a pattern allows: a usual one, or the simplest; any where the pattern is not Python's."""
    usual = list(usual)
    try:
        known = next((text for text in usual if re.search(pattern, text)), "")
    except re.error:
        return usual[0]
    return known or _simplest(pattern) or usual[0]


def _simplest(pattern: str) -> str:
    """The simplest text that a pattern of Python's allows; empty where none was found."""
    from hypothesis import find, settings  # noqa: PLC0415 - loaded when a pattern is met
    from hypothesis.errors import HypothesisException  # noqa: PLC0415
    from hypothesis.strategies import from_regex  # noqa: PLC0415

    quiet = settings(database=None, derandomize=True)
    try:
        return find(from_regex(pattern), lambda text: text.isprintable(), settings=quiet)
    except HypothesisException:
        return ""
