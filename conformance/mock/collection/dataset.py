"""The collection that the mock lists, and how its pages and errors look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from conformance.errors import SpecError
from conformance.mock.collection.example import example
from conformance.mock.collection.fixture import Fixture
from conformance.mock.collection.growth import grow
from conformance.mock.collection.values import Entry, Json
from conformance.spec.contract import Contract

PAGE = 20
"""How many items a page holds where the documentation pages without naming a default."""

_FEWEST = 60
_LONG = 100
"""Pages so long that one of them, and a part, are enough: every walk costs a request for each."""
_MOST_VALUES = 30_000
"""JSON values of a collection: a run lists it often, and keeps what it was answered."""
_FIXTURES = Path(__file__).parents[2] / "fixtures"


@frozen(kw_only=True)
class Dataset:
    """The entries of one operation, the newest first, and what stands around them."""

    entries: tuple[Entry, ...] = field(repr=False)
    known: Mapping[str, tuple[tuple[str, ...], ...]]
    """Parameter to the values that it knows, each with all its names, the identifier first."""
    page: Json
    last_page: Json
    errors: Mapping[int, Json]


def load_dataset(contract: Contract, *, items: int | None, seed: int, fixtures: Path | None) -> Dataset:
    """Grow the dataset of `contract` from its fixture, which is looked for in `fixtures` first."""
    fixture = Fixture.load(contract, fixture_path(contract.stem, fixtures))
    count = _enough(contract, fixture) if items is None else items
    return Dataset(
        entries=grow(contract, fixture, count=count, seed=seed),
        known=fixture.known,
        page=fixture.page,
        last_page=fixture.last_page,
        errors=_errors(contract, fixture),
    )


def fixture_path(stem: str, given: Path | None) -> Path:
    """Where the fixture of an operation is: in `given`, or else among ours; raises SpecError where there is none."""
    places = [place / f"{stem}.json" for place in (given, _FIXTURES) if place is not None]
    for path in places:
        if path.is_file():
            return path
    raise SpecError(
        f"{places[0]}:1: no such fixture",
        hint=f"Write {stem}.json with a few items; conformance/mock/collection/fixture.py says what it holds.",
    )


def page_size(contract: Contract) -> int | None:
    """How many items a page holds that nobody limited; None for a listing in one piece, as a default of 0 has it."""
    if contract.limit is not None and contract.limit.default is not None:
        return contract.limit.default if contract.limit.default > 0 else None
    return PAGE if contract.paging is not None else None


def _enough(contract: Contract, fixture: Fixture) -> int:
    """Items for four pages and a part of a fifth, one where pages are long; few where not even that can be kept."""
    size = page_size(contract) or 0
    heaviest = max(map(_weight, fixture.items))
    whole = 4 * size if size < _LONG or contract.paging is None else size
    wanted = whole + size // 3
    enough = max(_FEWEST, *(count for count in (wanted, _beyond_cap(contract)) if count * heaviest <= _MOST_VALUES))
    return enough if contract.paging is not None else min(enough, _most(contract, enough))


def _most(contract: Contract, enough: int) -> int:
    """How many items a listing in one piece may hold, where its schema says."""
    return int(contract.page.part(contract.items.place).keywords.get("maxItems", enough))


def _beyond_cap(contract: Contract) -> int:
    """Items of which a page that is capped leaves some out."""
    limit = contract.limit
    return limit.maximum + _FEWEST if limit is not None and limit.capped and limit.maximum is not None else 0


def _weight(value: Json) -> int:
    """How many JSON values a value holds, with itself."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 1 + sum(map(_weight, parts))


def _errors(contract: Contract, fixture: Fixture) -> dict[int, Json]:
    """The fixture's bodies, and the smallest valid one for every other documented status."""
    documented = {
        int(response.status): example(contract, next(iter(response.content.values())))
        for response in contract.responses
        if response.status.isdecimal() and response.status[0] in "45" and response.content
    }
    return {**documented, **fixture.errors}
