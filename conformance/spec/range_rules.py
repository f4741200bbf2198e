"""What must hold of a counter that is written as `Content-Range` is."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.errors import SpecError
from conformance.spec.contract import Contract
from conformance.spec.document import Document


def check_ranges(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is written as `Content-Range` is text, and counts all or what the request's filters let through."""
    for counter in (one for one in contract.counters if one.is_range):
        types = set() if counter.value.header else contract.page.part(counter.value.place).types
        if types and "string" not in types:
            hint = "Leave form out where a number stands alone; content-range is a text such as items 0-24/319."
            yield document.error(
                counter.pointer.below("form"), f"content-range is text, and {counter.value} is not", hint=hint
            )
        if counter.where:
            hint = "A range stands in one listing: leave where out, or count by another field."
            yield document.error(counter.pointer.below("where"), "a range counts under no condition", hint=hint)
