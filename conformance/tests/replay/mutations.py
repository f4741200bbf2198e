"""Bodies of pages with something odd in them, and unusual ways to write JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1.0,
        1e22,
        10**30,
        10**12 - 1,
        4_102_444_800_000,
        "",
        "x",
        "running",
        'a"b',
        "\\",
        "é\u2028😀",
    ),
    *([], {}, {"a": {"b": 1}}, ["x"]),
    *(
        "2026-05-07T00:00:00Z",
        "2026-05-07 00:00:00Z",
        "2026-05-07T00:00:00",
        "2026-02-30T00:00:00Z",
        "20260507T000000Z",
    ),
    *(
        "2026-05-07t00:00:00z",
        "2026-12-31T23:59:60Z",
        "2026-05-07T24:00:00Z",
        "2026-05-07T00:00Z",
        "2026-05-07T00:00:00.5Z",
    ),
    *(
        "2026-05-07T00:00:00.123456789+02:00",
        "2026-05-07T00:00:00-00:00",
        "1999-01-01T00:00:00Z",
        "2099-12-31T23:59:59Z",
    ),
)
NAMES = ("new", "a/b", "a~b", "1", "x y")
ANYTHING = ("1", "null", '"x"')
Path = tuple[str | int, ...]


def mutated(body: Any, draw: Random) -> bytes:
    """A body with one change or none, written in one of many ways."""
    body = copy.deepcopy(body)
    if draw.random() < 0.8:
        _change(body, draw)
    return _written(body, draw)


def _change(body: Any, draw: Random) -> None:
    path = draw.choice(list(_paths(body)))
    *way, last = path
    parent = _at(body, tuple(way))
    match draw.randrange(6):
        case 0 if isinstance(parent, dict):
            del parent[last]
        case 1 if isinstance(parent, dict):
            parent[draw.choice(NAMES)] = draw.choice(ODD)
        case 2:
            same = [other for other in _paths(body) if other[-1] == last]
            parent[last] = copy.deepcopy(_at(body, draw.choice(same)))
        case 3 if type(parent[last]) is int:
            parent[last] += draw.choice([1, -1, 1000, -(10**9)])
        case 4:
            parent[last] = _nested(draw.choice([50, 210]))
        case _:
            parent[last] = draw.choice(ODD)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(part, (*path, key))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _nested(depth: int) -> Any:
    return {"d": _nested(depth - 1)} if depth else {}


def _written(body: Any, draw: Random) -> bytes:
    compact = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    match draw.randrange(7):
        case 0:
            compact = json.dumps(body)
        case 1:
            compact = json.dumps(body, indent=1)
        case 2:
            compact = compact.replace('\\"', "\\u0022").replace("/", "\\/")
        case 3 | 4:
            compact = _with_a_name_twice(compact, draw)
    return compact.encode("utf-8", "surrogatepass")


def _with_a_name_twice(text: str, draw: Random) -> str:
    """A text in which some object has one of its names twice; quotation marks may be written in another way as well."""
    openings = [index for index in range(len(text) - 1) if text[index : index + 2] == '{"']
    if not openings:
        return text
    opening = draw.choice(openings)
    name = text[opening + 1 : text.index('"', opening + 2) + 1]
    member = f"{name}:{draw.choice(ANYTHING)},"
    text = text[: opening + 1] + member + text[opening + 1 :]
    return text.replace(':"', ':"\\u0022', draw.randrange(3)) if draw.random() < 0.5 else text
