"""What a client knows of its operation: generation writes one `Operation` into each package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listing_runtime.promises import Counter, Filter, Order
    from listing_runtime.rows import Rows


class Scheme(NamedTuple):
    """One way in which the server accepts a credential."""

    kind: Literal["bearer", "basic", "header", "query", "cookie"]
    name: str
    """Of the header, query parameter or cookie that carries it."""
    variable: str | None
    """Of the environment, read where no credential is given."""
    title: str = ""
    """What the documentation calls it, and `scheme=` too."""
    beside: tuple[Scheme, ...] = ()
    """Those that are sent along with it: it counts only together with them."""

    @property
    def parts(self) -> tuple[Scheme, ...]:
        """All that are sent, this one first."""
        return (self, *self.beside)


class Parameter(NamedTuple):
    """A documented parameter, and how its value is written into a request."""

    name: str
    argument: str
    """Name of the keyword argument that holds its value."""
    place: Literal["query", "path", "header"] = "query"
    separator: str | None = None
    """Between the values of a list; None repeats the parameter for each."""
    members: Literal["brackets", "names", "pairs"] | None = None
    """How the members of an object are written: `created[gte]=1`, `gte=1`, or `created=gte,1` in one text."""
    array: bool = False
    """Whether it takes several values."""
    unit: Literal["milliseconds", "seconds"] | None = None
    """What its number counts since 1970, where it stands for a time."""
    encoding: Literal["json"] | None = None
    """How an object is written."""
    numeric: bool = False
    least: float | None = None
    most: float | None = None


class LinkRelation(NamedTuple):
    """Which element of an array of links leads to the next page."""

    rel: str
    relation: tuple[str, ...]
    """Attributes of an element that lead to its relation."""
    address: tuple[str, ...]
    relation_keys: tuple[str, ...]
    """The same places in its JSON."""
    address_keys: tuple[str, ...]
    blank: tuple[tuple[tuple[str, ...], object], ...] = ()
    """Values for its required fields, for tests."""


class Cursor(NamedTuple):
    """Where a page says what leads to the next, or how that is counted."""

    attributes: tuple[str, ...] = ()
    header: str | None = None
    keys: tuple[str, ...] = ()
    """The same place in the body's JSON."""
    numeric: bool = False
    style: Literal["cursor", "page-number", "offset", "link-header", "next-url", "last-item"] = "cursor"
    """A cursor is an attribute of the page, or a header of the response; so is the address of the next page."""
    parameter: str = ""
    """Of the other styles: the parameter's name in a query."""
    start: int = 0
    """Where counting begins."""
    item: tuple[str, ...] = ()
    """Of `last-item`: attributes of the last item that lead to what the next page is asked for by."""
    item_keys: tuple[str, ...] = ()
    """The same place in an item's JSON."""
    link: LinkRelation | None = None
    """Of `next-url`: which address it is, where an array of links stands in its place."""


class Operation(NamedTuple):
    """One documented operation."""

    package: str
    """The client's; its logger and its tracer are called so."""
    name: str
    method: str
    path: str
    server: str
    parameters: tuple[Parameter, ...]
    schemes: tuple[Scheme, ...]
    """Any of which is enough, the one that is taken by itself first."""
    items: tuple[str, ...]
    """Keys that lead to the array of items in a body; empty where the body is the array."""
    links: Mapping[str, Cursor]
    """By the argument of the next request that takes the cursor; empty where the operation does not page."""
    limit: str | None = None
    """Name of the parameter that bounds the number of items on a page."""
    cap: int | None = None
    """What a larger limit counts as; None where nothing says so. Read only by what serves pages in tests."""
    blank: tuple[tuple[tuple[str, ...], object], ...] = ()
    """Values for the required fields of a page beside its items, for tests: keys in the body, value."""
    counters: tuple[Counter, ...] = ()
    version: str = "0"
    """Of the client's package."""
    filters: tuple[Filter, ...] = ()
    order: Order | None = None
    rows: Rows | None = None
    """How items are read where they are arrays of values; None where they are objects."""
    invalid_status: int | None = None
    """Of the refusal of a value that is invalid, where the documentation promises one."""
    successor: str = ""
    """The operation that the provider offers in its place; empty where this one is current."""
    superseded: str = ""
    """That it has a successor or goes away, as a sentence; empty where this one is current."""

    @property
    def counted(self) -> bool:
        """Whether the next page's number is counted, as no answer says it."""
        return any(cursor.style in {"page-number", "offset"} for cursor in self.links.values())

    @property
    def scheme(self) -> Scheme | None:
        """The scheme that is taken where nothing is said."""
        return self.schemes[0] if self.schemes else None
