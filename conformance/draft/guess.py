"""What names hint at: each guess is a question to the documentation, never a promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from conformance.draft.filter import Filter
from conformance.draft.filters import counters, filters
from conformance.draft.guessed import Guessed
from conformance.draft.items import Identity, Items, identity, items
from conformance.draft.order import Order, order
from conformance.draft.paging import Paging, cap, limit, paging
from conformance.draft.places import resolved
from conformance.draft.projection import Projection, projection
from conformance.draft.source import TODO, Part, Source

GIVEN = (
    ("missing-credentials", ("401", "403", "4XX")),
    ("wrong-credentials", ("401", "403", "4XX")),
    ("invalid-parameter", ("400", "422", "4XX")),
)


@frozen(kw_only=True)
class Guess:
    """All hints of a source."""

    source: Source
    items: Items
    identity: Identity
    limit: str
    cap: Part
    order: Order
    paging: Paging
    filters: tuple[Filter, ...]
    projection: Projection
    counters: tuple[Part, ...]
    all: tuple[Guessed, ...] = field(repr=False)
    """Every guess, in the order in which a spec has them."""

    @classmethod
    def of(cls, source: Source) -> Guess:
        """Read the hints out of a source."""
        found = items(source.schemas, source.page, source.path)
        named = identity(source.schemas, found.schema, source.path)
        size, sized = limit(source)
        cut, capped = cap(source, size)
        sorts = order(source, found.schema)
        led = paging(source, found.at)
        filtered = tuple(filters(source, found.schema, (size, led.parameter, *sorts.parameters)))
        others = {size, led.parameter, *sorts.parameters, *(one.extension["parameter"] for one in filtered)}
        projected = projection(source, others)
        counted = list(counters(source, found.at, pages=bool(led.extension)))
        guesses = (
            *found.guesses,
            *named.guesses,
            *sorts.guesses,
            *sized,
            *capped,
            *led.guesses,
            *(one.guess for one in filtered),
            *projected.guesses,
        )
        return cls(
            source=source,
            items=found,
            identity=named,
            limit=size,
            cap=cut,
            order=sorts,
            paging=led,
            filters=filtered,
            projection=projected,
            counters=tuple(extension for extension, _ in counted),
            all=(*guesses, *(guess for _, guess in counted)),
        )

    def resolve(self, schema: Part) -> Part:
        """The schema that a reference leads to, branches and parts laid over each other."""
        return resolved(self.source.schemas, schema)

    def refusals(self) -> Iterator[Part]:
        """Statuses that may answer a missing credential and a bad value."""
        published = list(self.source.refusals)
        for given, codes in GIVEN:
            if self.source.public and given.endswith("credentials"):
                continue
            status: list[int | str] = [int(code) if code.isdecimal() else code for code in codes if code in published]
            status = status or (["4XX"] if "default" in published else [])
            if status:
                yield {"given": given, "status": status, "says": f"{TODO}is a request with {given} answered so?"}

    def untold(self, told: Iterable[str]) -> list[str]:
        """Parameters that no guess explains."""
        known = {*told, self.limit, self.projection.parameter, self.paging.parameter, *self.order.parameters}
        known |= {one["name"] for one in self.source.parameters if one.get("required") is True}
        return [one["name"] for one in self.source.parameters if one["name"] not in known]
