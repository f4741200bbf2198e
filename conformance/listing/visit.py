"""One operation on one target, with everything that was seen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypeVar, cast

from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.learned.previous import Previous
from conformance.listing.movement import STILL, Movement
from conformance.listing.pages import REFUSED, NotAPage, Page, encode, read_page
from conformance.spec.contract import Contract
from conformance.spec.values import identities

if TYPE_CHECKING:
    from conformance.target.connection import Query
    from conformance.target.target import Target

MOST_PAGES = 60
"""Of one walk: enough for thousands of items in large pages, and a bound for a walk without end."""
REFUSALS = range(400, 500)
IDLE = 3
"""Pages in a row without a new item, after which a walk goes nowhere."""
NOTHING = Previous()

_T = TypeVar("_T")


class Visit:
    """Sends a check's requests; an identical request is sent once."""

    def __init__(self, contract: Contract, target: Target, *, previous: Previous = NOTHING) -> None:
        self.contract = contract
        self.target = target
        self.previous = previous
        """What an earlier run remembers."""
        self.movement = STILL
        """What is known to have moved: those items are left out of every page."""
        self._seen: dict[tuple[Query, int], Exchange] = {}
        self._made: dict[str, object] = {}

    def again(self) -> Visit:
        """A visit that has seen nothing yet."""
        return Visit(self.contract, self.target, previous=self.previous)

    def forget(self) -> None:
        """Forget what was answered, so that it is asked again."""
        self._seen.clear()

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """What `make` makes of this visit, made once."""
        if name not in self._made:
            self._made[name] = make()
        return cast("_T", self._made[name])

    def by_another(self) -> Visit:
        """A visit with the credential of somebody else, whose answers are no part of this listing."""
        return _Another(self.contract, self.target, previous=self.previous)

    def recalled(self) -> Visit:
        """A visit that answers with what this one has seen, and sends nothing."""
        recalled = _Recalled(self.contract, self.target, previous=self.previous)
        recalled._seen = self._seen  # noqa: SLF001 - its own kind
        return recalled

    def apart_from(self, movement: Movement) -> Visit:
        """The same exchanges, read without what moved."""
        other = self.again()
        other.movement = movement
        other._seen = self._seen  # noqa: SLF001 - its own kind
        return other

    def without(self, exchanges: AbstractSet[Exchange]) -> Visit:
        """A visit that has seen the same but for these answers, which it asks for again."""
        other = self.again()
        other.movement = self.movement
        other._seen = {key: seen for key, seen in self._seen.items() if seen not in exchanges}  # noqa: SLF001 - as above
        return other

    @property
    def asked(self) -> int:
        """How many different requests this visit has sent."""
        return len(self._seen)

    def get(self, query: Mapping[str, Json] | None = None) -> Exchange:
        """The answer to a documented request; `query` maps parameters to plain values."""
        return self.send(encode(self.contract, query or {}))

    def send(self, query: Query, *, time: int = 1) -> Exchange:
        """The answer to a request whose query is already text; `time` 2 asks the same again."""
        key = (tuple(query), time)
        if key not in self._seen or self._grows_old(self._seen[key]):
            self._seen[key] = self.target.send(key[0])
        return self._seen[key]

    def _grows_old(self, exchange: Exchange) -> bool:
        """Whether what an answer gave to ask for the next page may not live long enough to be asked."""
        lifetime = self.contract.paging.lifetime if self.contract.paging is not None else None
        return lifetime is not None and self.target.age(exchange) > lifetime / 2

    def page(self, query: Mapping[str, Json] | None = None, *, time: int = 1) -> Page:
        """The first page that `query` gives; raises NotAPage where the answer is none."""
        return self._read(self.send(encode(self.contract, query or {}), time=time), 1)

    def walk(self, query: Mapping[str, Json] | None = None, *, most: int = MOST_PAGES) -> Iterator[Page]:
        """Page after page; ends at the last, at a cursor seen before, after `most` pages, or `IDLE` without news."""
        query = dict(query or {})
        seen: set[str] = set()
        listed: set[str] = set()
        idle = 0
        for number in range(1, most + 1):
            page = self._read_next(self.get(query), number)
            yield page
            names = set(identities(self.contract, page.items))
            idle = 0 if number == 1 or names - listed else idle + 1
            listed |= names
            if page.cursor is None or repr(page.cursor) in seen or self.contract.paging is None or idle >= IDLE:
                return
            seen.add(repr(page.cursor))
            query[self.contract.paging.parameter] = page.cursor

    def _read_next(self, exchange: Exchange, number: int) -> Page:
        """A page of a walk; where pages are counted nothing says which is the last, and a refusal may be the end."""
        if number > 1 and self.contract.is_counted and exchange.status in REFUSALS:
            return Page(exchange, number, [], 0, None, REFUSED)
        return self._read(exchange, number)

    def _read(self, exchange: Exchange, number: int) -> Page:
        return read_page(self.contract, exchange, number=number, aside=self.movement.aside)


class _Another(Visit):
    """A visit of somebody else."""

    def send(self, query: Query, *, time: int = 1) -> Exchange:
        """The answer to whoever has the second credential."""
        key = (tuple(query), time)
        if key not in self._seen:
            carried = self.target.carried_by_another
            self._seen[key] = self.target.send(key[0], carried=carried, observed=False)
        return self._seen[key]


class _Recalled(Visit):
    """A visit that is over."""

    def send(self, query: Query, *, time: int = 1) -> Exchange:
        """The answer as it was; raises NotAPage where nothing was asked."""
        if (tuple(query), time) not in self._seen:
            raise NotAPage("not asked in this run")
        return self._seen[tuple(query), time]
