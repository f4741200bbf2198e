"""From items to a profile."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from conformance.jsontext import Json
from conformance.learned.codes import code, identity_code
from conformance.learned.fields import Place, kind_of, places
from conformance.learned.identity_form import Mask
from conformance.pointer import MISSING, Found, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Bond

MOST_IDENTITIES = 10_000
MOST_VALUES = 50
LONGEST_VALUE = 40
UNITS = {9: "s", 12: "ms", 15: "µs", 18: "ns"}
"""Power of ten of a Unix time between 2001 and 2286 to its unit."""


@frozen
class Magnitude:
    """Powers of ten of numbers, zeros aside."""

    count: int
    least: int
    typical: float
    """Of the geometric mean, to a tenth."""
    greatest: int

    @property
    def unit(self) -> str:
        """The unit in which such numbers are Unix times of our days; empty where in none."""
        return UNITS.get(self.least, "") if self.least == self.greatest else ""


@frozen(kw_only=True)
class Column:
    """What all items show at one place."""

    shown: int
    """Items with a value that is not null."""
    types: Mapping[str, int]
    values: Mapping[str, int]
    """The documented vocabulary as it was seen; empty where none is documented."""
    magnitude: Magnitude | None
    is_time: bool = False


@frozen(kw_only=True)
class Profile:
    """What a run remembers of one operation's items."""

    items: int
    whole: bool
    """Whether the walk reached the documented end."""
    mask: Mask | None
    columns: Mapping[str, Column]
    """By JSON Pointer into an item, in the order of the spec."""
    rows: Mapping[str, str] = field(repr=False)
    """Code of an identity to the codes of its values, one for each column."""
    finished: Mapping[str, str] = field(repr=False)
    """Code of the identity of an item that has ended to the time of its end; empty where it shows none."""

    def as_json(self) -> dict[str, Any]:
        """The profile as a report holds it, with the identities of the smallest codes where there are too many."""
        kept = heapq.nsmallest(MOST_IDENTITIES, self.rows)
        return {
            "items": self.items,
            "whole": self.whole,
            "mask": self.mask.as_json() if self.mask else None,
            "fields": {place: _column_as_json(column) for place, column in self.columns.items()},
            "identities": {name: self.rows[name] for name in kept},
            "finished": {name: self.finished[name] for name in kept if name in self.finished},
        }


def observe(contract: Contract, items: Iterable[Json], *, whole: bool) -> Profile:
    """The profile of a listing; of an item that is listed twice the last reading counts."""
    documented = places(contract)
    listed = [item for item in items if isinstance(item, Mapping)]
    held = {place.pointer: [place.read(item) for item in listed] for place in documented}
    named = [contract.identity_of(item) for item in listed]
    coded = [identity_code(name) for name in named]
    rows = [
        "".join(code(place, held[place.pointer][index], whose) for place in documented)
        for index, whose in enumerate(coded)
    ]
    return Profile(
        items=len(listed),
        whole=whole,
        mask=Mask.of(name for name in named if isinstance(name, str)),
        columns={place.pointer: _column(place, held[place.pointer]) for place in documented},
        rows={whose: "".join(row) for whose, row, name in zip(coded, rows, named, strict=True) if _names(name)},
        finished={
            whose: _end(contract, item)
            for whose, item, name in zip(coded, listed, named, strict=True)
            if _names(name) and has_finished(contract, item)
        },
    )


def _names(identity: Found) -> bool:
    return isinstance(identity, str | int) and not isinstance(identity, bool)


def has_finished(contract: Contract, item: Json) -> bool:
    """Whether the documentation says that an item has ended."""
    promise = contract.finished
    return promise is not None and promise.field.get(item) in promise.values


def ends(contract: Contract) -> tuple[Pointer, ...]:
    """The times that only what has ended may show."""
    times = {place.pointer for place in places(contract) if place.is_time}
    return tuple(
        known.left
        for known in contract.invariants
        if known.relation is Bond.PRESENT_ONLY_WHEN and contract.finished is not None
        if known.field == contract.finished.field and known.left in times
    )


def _end(contract: Contract, item: Json) -> str:
    held = (place.get(item) for place in ends(contract))
    return next((str(value) for value in held if isinstance(value, str | int) and _is_word(str(value))), "")


def _is_word(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and text.isprintable()


def _column(place: Place, held: Sequence[Found]) -> Column:
    there = [value for value in held if value is not MISSING]
    words = Counter(value for value in there if isinstance(value, str)) if place.values else Counter()
    short = {word: count for word, count in words.most_common(MOST_VALUES) if _is_word(word)}
    return Column(
        shown=sum(value is not None for value in there),
        types=dict(sorted(Counter(map(kind_of, there)).items())),
        values=dict(sorted(short.items())),
        magnitude=_magnitude(there),
        is_time=place.is_time,
    )


def _magnitude(values: Sequence[Found]) -> Magnitude | None:
    powers = [math.log10(abs(value)) for value in values if isinstance(value, int | float) and _is_number(value)]
    if not powers:
        return None
    typical = round(sum(powers) / len(powers), 1)
    return Magnitude(len(powers), math.floor(min(powers)), typical, math.floor(max(powers)))


def _is_number(value: float) -> bool:
    """Whether a number has a power of ten: zero, infinity and what Python counts among the numbers have none."""
    return value != 0 and (type(value) is int or (isinstance(value, float) and math.isfinite(value)))


def _column_as_json(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"shown": column.shown, "types": column.types}
    if column.values:
        made["values"] = column.values
    if column.magnitude:
        number = column.magnitude
        powers = {"least": number.least, "typical": number.typical, "greatest": number.greatest}
        made["powers_of_ten"] = {"count": number.count, **powers}
        if column.is_time and number.unit:
            made["unit"] = number.unit
    return made
