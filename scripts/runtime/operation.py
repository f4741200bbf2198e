"""What a client knows of its operation: generation writes one `Operation` into each package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Scheme(NamedTuple):
    """One way in which the server accepts a credential."""

    kind: Literal["bearer", "basic", "header", "query", "cookie"]
    name: str
    """Of the header, query parameter or cookie that carries it."""
    variable: str | None
    """Of the environment, read where no credential is given."""
    title: str = ""
    """What the documentation calls it."""


class Parameter(NamedTuple):
    """A documented parameter, and how its value is written into a request."""

    name: str
    argument: str
    """Name of the keyword argument that holds its value."""
    place: Literal["query", "path", "header"] = "query"
    separator: str | None = None
    """Between the values of a list; None repeats the parameter for each."""
    members: Literal["brackets", "names"] | None = None
    """How the members of an object are written: `created[gte]=1`, or `gte=1`; None writes one text of them all."""


class Cursor(NamedTuple):
    """Where a page says what leads to the next, or how that is counted."""

    attributes: tuple[str, ...] = ()
    header: str | None = None
    keys: tuple[str, ...] = ()
    """The same place in the body's JSON."""
    integer: bool = False
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


class Counter(NamedTuple):
    """A number beside the items that counts some of them; read only by what serves pages in tests."""

    keys: tuple[str, ...] = ()
    header: str | None = None
    page: bool = False
    """Whether it counts this page's items only, and not those of the whole listing."""
    where: tuple[tuple[str, ...], object] | None = None
    """Keys in an item, and the value that counted items have there."""


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
    """The documented ways to send a credential, any of which is enough."""
    items: tuple[str, ...]
    """Keys that lead to the array of items in a body; empty where the body is the array."""
    links: Mapping[str, Cursor]
    """By the argument of the next request that takes the cursor; empty where the operation does not page."""
    limit: str | None = None
    """Name of the parameter that bounds the number of items on a page."""
    blank: tuple[tuple[tuple[str, ...], object], ...] = ()
    """Values for the required fields of a page beside its items, for tests: keys in the body, value."""
    counters: tuple[Counter, ...] = ()
    successor: str = ""
    """The operation that the provider offers in its place; empty where this one is current."""

    @property
    def scheme(self) -> Scheme | None:
        """The way of sending a credential that the documentation names first; None where it asks for none."""
        return next(iter(self.schemes), None)
