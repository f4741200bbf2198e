"""A first fixture: published examples as they are, recorded items without what is theirs, or the smallest of items."""

from __future__ import annotations

import json
from collections.abc import Mapping

from conformance.draft.guess import Guess
from conformance.draft.invent import Mask
from conformance.draft.sample import Sampler
from conformance.draft.source import Part, Source
from conformance.draft.values import varied
from conformance.jsontext import Json
from conformance.pointer import MISSING, TOP, Pointer

MOST = 5


def fixture(source: Source) -> str:
    """The text of a fixture with a few items."""
    guess, sampler = Guess.of(source), Sampler(source.schemas)
    vary = {} if source.guessed else dict(varied(guess, sampler))
    made: Part = {"items": [_with(item, vary) for item in _items(guess, sampler)]}
    made |= {"vary": vary} if vary else {}
    page = sampler.value(source.page)
    made |= {"page": page} if isinstance(page, dict) and sampler.is_good(source.page, page) else {}
    errors = {
        code: sampler.value(schema)
        for status, schema in source.refusals.items()
        if schema
        for code in _codes(status, source.refusals)
    }
    return json.dumps(made | ({"errors": errors} if errors else {}), indent=2, ensure_ascii=False) + "\n"


def _items(guess: Guess, sampler: Sampler) -> list[Part]:
    """Items that are good: what was published or recorded, or one that is made."""
    source, schema = guess.source, guess.items.schema
    mask = Mask()
    shown = [mask.value(item) if source.guessed else sampler.described(schema, item) for item in source.items]
    given = [item for item in shown if isinstance(item, dict)]
    good = [item for item in given if source.guessed or (sampler.is_good(schema, item) and _is_named(guess, item))]
    made = sampler.value(schema)
    return good[:MOST] or [_named(guess, sampler, made if isinstance(made, dict) else {})]


def _named(guess: Guess, sampler: Sampler, item: Part) -> Part:
    """The item with what names it, also where nothing around that is required."""
    place, schema = TOP, guess.items.schema
    for step in Pointer(guess.identity.at).tokens if guess.identity.at.startswith("/") else ():
        place, schema = place.below(step), guess.resolve(schema).get("properties", {}).get(step, {})
        if place.get(item) in (MISSING, None) or place == guess.identity.at:
            place.put(item, sampler.value(schema))
    return item


def _is_named(guess: Guess, item: Part) -> bool:
    at = guess.identity.at
    return not at.startswith("/") or Pointer(at).get(item) not in (MISSING, None)


def _with(item: Part, vary: Mapping[str, list[Json]]) -> Part:
    """The item with the first of the values that its fields take in turn."""
    for place, values in vary.items():
        if Pointer(place).get(item) not in values:
            Pointer(place).put(item, values[0])
    return item


def _codes(status: str, published: Mapping[str, object]) -> tuple[str, ...]:
    """The statuses that a mock may answer with under a documented one."""
    if status.isdecimal():
        return (status,)
    codes = ("400", "401", "403", "404") if status == "4XX" or (status == "default" and "4XX" not in published) else ()
    return tuple(code for code in codes if code not in published)
