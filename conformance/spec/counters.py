"""Numbers in a response that count items."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from conformance.pointer import Expression, Found
from conformance.spec.content_range import read_range
from conformance.spec.promises import Promise


class Counts(StrEnum):
    """What a counter counts."""

    PAGE = "page"
    COLLECTION = "collection"
    MATCHING = "matching"


@frozen(kw_only=True)
class Counter(Promise):
    """A number in a response that counts items."""

    value: Expression
    counts: Counts
    where: Mapping[str, Any]
    """Of a `matching` counter: `field` and the value it `equals`; empty where it has no condition of its own."""
    filtered: bool = True
    """Whether it follows the request's filters: always so where it has no condition of its own."""
    unit: str = ""
    """What stands before the range where it is written as `Content-Range` is, such as `items`; else empty."""

    @property
    def is_range(self) -> bool:
        """Whether it stands in a `Content-Range`: of a page that is the range, of others what stands behind it."""
        return bool(self.unit)

    def of(self, value: Found) -> Found:
        """The number in what stands at its place; None where a range says that nobody counted."""
        found = read_range(value) if self.is_range else None
        if found is None:
            return value
        return found.size if self.counts is Counts.PAGE else found.total

    def read(self, body: Found, headers: Mapping[str, str]) -> Found:
        """The number in a response, or `MISSING`; what is not of its form is given as it stands there."""
        return self.of(self.value.read(body, headers))
