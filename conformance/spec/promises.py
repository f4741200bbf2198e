"""The single promises of a contract, as frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from conformance.jsontext import Json, elements_of
from conformance.pointer import MISSING, TOP, Expression, Found, Pointer


@frozen(kw_only=True)
class Promise:
    """One thing that the documentation says, and where the spec holds it."""

    says: str
    pointer: Pointer
    """Into the spec document."""
    stated: bool = True
    """False where the page leaves the meaning open: a contradiction is then a warning, not an error."""


@frozen(kw_only=True)
class Limit(Promise):
    """How many items a page may hold; bounds and default stand in the parameter's own schema."""

    parameter: str
    minimum: int | None
    maximum: int | None
    default: int | None
    full: str
    """`stated`: a page that is not the last holds exactly that many; `unstated`: the page hints at it; else empty."""
    capped: bool = False
    """Whether a limit above the maximum is answered as the maximum is, and not refused."""


class Style(StrEnum):
    """What the next page is asked for by."""

    CURSOR = "cursor"
    PAGE_NUMBER = "page-number"
    OFFSET = "offset"
    LINK_HEADER = "link-header"
    NEXT_URL = "next-url"
    LAST_ITEM = "last-item"


@frozen(kw_only=True)
class Paging(Promise):
    """How a page leads to the next: `parameter` takes what `cursor` reads, or the number that comes next."""

    parameter: str
    cursor: Expression | None
    """Where an answer says what leads on; None where nothing does, and the next page's number is counted.

    Of `next-url` the address of the next page stands there, or an array of links with it, of `last-item` the flag that
    there is more.
    """
    ends: tuple[str, ...]
    """What the last page shows in the cursor's place, documented way first: `absent`, `null`, `empty`, `false`."""
    style: Style = Style.CURSOR
    start: int = 0
    """Where counting begins: the first page's number or offset."""
    items: Expression | None = None
    """Of `last-item`: the array whose last item leads on."""
    field: Pointer = TOP
    """Of `last-item`: the JSON Pointer in an item of what the parameter takes."""
    resized: bool = False
    """Whether a following page is as long as its own request asks, whatever the page before was."""
    changed: str = ""
    """What filters and an order are beside a cursor that was given for others: `refused`, or without effect where the
    cursor's own are `kept`; empty where the page does not say."""
    rel: str = ""
    """Of `next-url` where an array of links stands at `cursor`: the relation of the one that leads on; else empty."""
    entries: tuple[Pointer, Pointer] = (TOP, TOP)
    """Where an element of that array has its relation, and its address."""
    private: bool = False
    """Whether a cursor that another credential was given is refused, or shows only what the asking one may see."""
    lifetime: int | None = None
    """Seconds after which a cursor is refused; None where it lives for ever, or the page does not say how long."""

    def shown(self, found: Found) -> Found:
        """What leads on of what stands at `cursor`: of an array of links the address of the one with the relation."""
        if not self.rel:
            return found
        relation, address = self.entries
        return next((address.get(one) for one in elements_of(found) if relation.get(one) == self.rel), MISSING)

    @property
    def place(self) -> str:
        """Where an answer says what leads on, in words; empty where nothing does."""
        return f"rel={self.rel} in {self.cursor}" if self.rel else str(self.cursor or "")


class Relation(StrEnum):
    """How a filter's value relates to the field of every item listed."""

    EQUALS = "equals"
    IN = "in"
    NOT = "not"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    AFTER = "after"
    BEFORE = "before"
    STARTS_WITH = "starts-with"
    HAS_TEXT = "has-text"
    CONTAINS = "contains"
    NULL_UNLESS_TRUE = "null-unless-true"
    PRESENT = "present"


@frozen(kw_only=True)
class Filter(Promise):
    """A documented filter."""

    parameter: str
    field: Pointer
    """Into the item."""
    others: tuple[Pointer, ...]
    """Of a text that is searched for: further fields, any of which may have it."""
    anywhere: bool
    """Of a text that is searched for: whether any other text of an item may have it as well."""
    relation: Relation
    several: bool
    """Whether the parameter takes several values at once: any of `in`, none of `not`."""
    encoding: str
    """Of a `contains` filter: `json`, `form`, a template with `{key}` and `{value}`, or `form-twice`.

    In the last, names and values are encoded before the form is. Of a filter by one value: the expression in which the
    value stands, such as `name = '{value}'`; empty where the value is the whole of what the parameter takes.
    """
    entries: tuple[Pointer, Pointer] | None
    """Of a `contains` filter whose field is an array: where an element has the name of a pair, and its value."""
    conjunction: str
    """Of an expression: what stands between it and another one of the same parameter, where both are asked for at once;
    empty where the page does not say how.
    """
    requires: str
    """The parameter without which this one has no documented effect; empty where there is none."""
    needed: Json
    """The value that the parameter must have; None where any does that finds something."""
    stands_alone: bool
    """Whether it has its effect without more: it requires nothing, or what it requires is the default."""
    any: Json
    """The word that asks for items of every value; None where there is none."""
    usual: Json
    """What counts where the parameter is not given; None where everything is listed."""
    words: Mapping[str, Json]
    """Of a `present` filter: the values that ask for items in which the field is `present`, and `absent`, or one alone.

    Null is no presence. Any other value of the parameter asks for nothing that is known.
    """
    case: str
    """`exact` where upper and lower case differ, `ignored` where they do not; empty where the page is silent."""
    bound_stated: bool
    """Whether the page says if what stands at the bound is listed (`bound: unstated` where it does not)."""

    @property
    def fields(self) -> tuple[Pointer, ...]:
        """Where an item surely has what it is listed for; more than one where a text is searched for."""
        return (self.field, *self.others)

    @property
    def is_search(self) -> bool:
        """Whether an item may have in one of several places what it is listed for."""
        return bool(self.others) or self.anywhere

    @property
    def hides(self) -> bool:
        """Whether something is hidden where the parameter is not given."""
        return self.relation is Relation.NULL_UNLESS_TRUE or (self.any is not None and self.usual is not None)

    @property
    def showing(self) -> Json:
        """The value with which nothing is hidden."""
        return True if self.relation is Relation.NULL_UNLESS_TRUE else self.any

    @property
    def expression(self) -> str:
        """A text with `{value}` that the parameter takes; empty where it takes the value itself, or pairs."""
        return "" if self.relation is Relation.CONTAINS else self.encoding

    @property
    def takes_several(self) -> bool:
        """Of a `contains` filter: whether its encoding can name several pairs at once."""
        return self.encoding in {"json", "form", "form-twice"}


@frozen(kw_only=True)
class Edge(Promise):
    """What a page says, beside its items, of the first or the last of them."""

    value: Expression
    item: str
    """`first` or `last`."""
    field: Pointer
    """Into the item: what is repeated."""


class Bond(StrEnum):
    """How two parts of one item relate."""

    AT_MOST = "at-most"
    EQUALS = "equals"
    DIFFERENCE_OF = "difference-of"
    PRESENT_ONLY_WHEN = "present-only-when"


@frozen(kw_only=True)
class Invariant(Promise):
    """What holds within every item; it says nothing of an item in which one of its fields is absent or null."""

    left: Pointer
    relation: Bond
    right: tuple[Pointer, ...]
    """One pointer, or minuend and subtrahend of `difference-of`; empty for `present-only-when`."""
    field: Pointer
    """Of `present-only-when`: the field that decides."""
    values: tuple[Any, ...]
    """Of `present-only-when`: the values of `field` with which `left` may be present."""
    tolerance: int
    """Largest lawful gap of `difference-of`, in the unit of `left`."""
    otherwise: Any = None
    """Of `equals`: what `left` is where `right` is null; None where the promise then says nothing."""


@frozen(kw_only=True)
class Finished(Promise):
    """When an item has ended for good: what it says of its past does not change any more."""

    field: Pointer
    """The field that decides."""
    values: tuple[Any, ...]
    """The values of `field` with which an item has ended."""


@frozen(kw_only=True)
class Refusal(Promise):
    """A request that must be refused, and with which statuses (`401`, `4XX`)."""

    given: str
    """`missing-credentials`, `wrong-credentials`, `invalid-parameter`; `invalid-`, `unknown-`, `unmet-<parameter>`.

    And of a cursor `changed-<parameter>`, where other arguments stand beside it, `expired-<parameter>`, and
    `foreign-<parameter>`, which was given to another credential.
    """
    status: tuple[str, ...]
