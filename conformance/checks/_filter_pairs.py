"""Pairs worth asking for, where a filter wants those that an object has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from conformance.jsontext import Json
from conformance.pointer import Found
from conformance.spec.promises import Filter
from conformance.spec.values import pairs_in


def text_pairs(promise: Filter, value: Found) -> list[tuple[str, str]]:
    """The pairs of a field whose value is a text that every encoding can write."""
    told = pairs_in(promise, value) or []
    return [(name, one) for name, one in told if isinstance(one, str) and "'" not in name + one]


def pairs(promise: Filter, held: list[tuple[Json, Json]]) -> Iterator[tuple[Json, Json]]:
    """The commonest pair and the rarest, each with an item that has it."""
    rows = [(pair, item) for value, item in held for pair in text_pairs(promise, value)]
    ranked = [pair for pair, _ in Counter(pair for pair, _ in rows).most_common()]
    for pair in dict.fromkeys((*ranked[:1], *ranked[-1:])):
        yield dict([pair]), next(item for known, item in rows if known == pair)


def two_pairs(promise: Filter, held: list[tuple[Json, Json]]) -> Iterator[tuple[Json, Json]]:
    """Two pairs that an item has at once, of which another item has one alone: the first of them, then the second."""
    told = [(dict(text_pairs(promise, value)), item) for value, item in held]
    asked: list[dict[str, str]] = []
    for which in (0, 1):
        for had, item in told:
            both = next((two for two in combinations(had.items(), 2) if _is_had_alone(two, which, told)), None)
            if both is not None and dict(both) not in asked:
                asked.append(dict(both))
                yield dict(both), item
                break


def _is_had_alone(
    two: tuple[tuple[str, str], tuple[str, str]], which: int, told: list[tuple[dict[str, str], Json]]
) -> bool:
    """Whether an item has one of two pairs, and not the other."""
    (name, value), (other, needed) = two[which], two[1 - which]
    return any(had.get(name) == value and had.get(other) != needed for had, _ in told)
