"""Readings of how times are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from attrs import evolve

from conformance.mock.collection import moments
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.values import Entry, Json
from conformance.mock.faults.tools import Change, each_item, properties
from conformance.mock.readings.reading import Reading, field_place, fields, is_open
from conformance.spec.checker import checker
from conformance.spec.contract import Contract

EXAMPLE = "2026-05-06T12:00:00"
KOLKATA = timezone(timedelta(hours=5, minutes=30))
DIGITS = 9


def _dates(contract: Contract) -> list[str]:
    """Fields with a format that RFC 3339 describes, and with it all its ways of writing."""
    return fields(contract, lambda schema: schema.get("format") == "date-time")


def _patterned(example: str) -> Callable[[Contract], list[str]]:
    """Fields whose form of time is inferred, and takes one like the example."""

    def find(contract: Contract) -> list[str]:
        return [
            name
            for name, schema in properties(contract).items()
            if "pattern" in schema
            and all(map(checker({"pattern": schema["pattern"]}).is_valid, (EXAMPLE, example)))
            and is_open(contract, f"{field_place(contract, name)}/pattern")
        ]

    return find


def _written(find: Callable[[Contract], list[str]], change: Callable[[str], str]) -> Change:
    def rewrite(contract: Contract, item: dict[str, Json]) -> None:
        for name in find(contract):
            if isinstance(item.get(name), str):
                item[name] = change(item[name])

    return rewrite


def _reading(name: str, says: str, find: Callable[[Contract], list[str]], change: Callable[[str], str]) -> Reading:
    return Reading(
        name=name, says=says, applies=lambda contract: bool(find(contract)), spoil=each_item(_written(find, change))
    )


def _elsewhere(text: str) -> str:
    moment = datetime.fromisoformat(text).astimezone(KOLKATA)
    return moment.isoformat()


def _finer(contract: Contract, dataset: Dataset) -> Dataset:
    """Digits below a millisecond, the greater the newer: items that tied do not any more."""
    entries = list(dataset.entries)
    ranked = sorted(range(len(entries)), key=lambda index: _key(contract, entries[index]))
    for rank, index in enumerate(ranked):
        value = dict(entries[index].value)
        for name in _dates(contract):
            if isinstance(value.get(name), str):
                value[name] = _with_digits(value[name], rank)
        entries[index] = Entry.of(value, entries[index].owners)
    return evolve(dataset, entries=tuple(entries))


def _key(contract: Contract, entry: Entry) -> tuple[object, str]:
    by = contract.order.by[0].removeprefix("/") if contract.order is not None else ""
    moment = moments.parse(str(entry.value.get(by, ""))) or (0, "")
    return moment, str(contract.identity_of(entry.value))


def _with_digits(text: str, rank: int) -> str:
    """The time with nine digits of a second, the last ones a rank."""
    match = re.fullmatch(r"(.{19})(?:\.(\d+))?(.*)", text)
    if match is None:
        return text
    known = (match[2] or "")[: DIGITS - 6].ljust(DIGITS - 6, "0")
    return f"{match[1]}.{known}{rank:06d}{match[3]}"


READINGS = (
    _reading(
        "times-with-an-offset",
        "Times say +00:00 rather than Z.",
        _dates,
        lambda text: text.replace("Z", "+00:00"),
    ),
    _reading("times-of-another-zone", "Times are told in another zone.", _dates, _elsewhere),
    _reading("times-in-small-letters", "Times are written with t and z.", _dates, str.lower),
    Reading(
        name="times-to-the-nanosecond",
        says="Times have nine digits of a second.",
        applies=lambda contract: bool(_dates(contract)),
        spoil=_finer,
    ),
    _reading(
        "times-with-a-zone",
        "Times whose form no page shows say Z.",
        _patterned(f"{EXAMPLE}Z"),
        lambda text: f"{text}Z",
    ),
    _reading(
        "times-with-hours-off",
        "Times whose form no page shows say how far they are from UTC.",
        _patterned(f"{EXAMPLE}+00:00"),
        lambda text: f"{text}+00:00",
    ),
    _reading(
        "times-to-the-minute",
        "Times whose form no page shows have no seconds.",
        _patterned(EXAMPLE[:16]),
        lambda text: text[:16],
    ),
    _reading(
        "times-with-a-blank",
        "Times whose form no page shows have a blank for the T.",
        _patterned(EXAMPLE.replace("T", " ")),
        lambda text: text.replace("T", " "),
    ),
    _reading(
        "times-to-the-microsecond",
        "Times whose form no page shows have six digits of a second.",
        _patterned(f"{EXAMPLE}.000001"),
        lambda text: f"{text[:19]}.000001{text[19:]}",
    ),
)
