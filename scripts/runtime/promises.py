"""What a listing promises of its items; read only by what serves pages in tests."""

from __future__ import annotations

from typing import NamedTuple


class Counter(NamedTuple):
    """A number beside the items that counts some of them."""

    keys: tuple[str, ...] = ()
    header: str | None = None
    page: bool = False
    """Whether it counts this page's items only, and not those of the whole listing."""
    where: tuple[tuple[str, ...], object] | None = None
    """Keys in an item, and the value that counted items have there."""
    unit: str = ""
    """What stands before the range where it is written as Content-Range is; else empty."""


class Filter(NamedTuple):
    """What a parameter leaves in the listing."""

    parameter: str
    field: tuple[str, ...]
    """Keys in an item."""
    relation: str
    encoding: str | None = None
    entries: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """Of `contains` where the field is an array: keys in an element of the name of a pair, and of its value."""
    conjunction: str | None = None
    """What stands between it and another expression of the same parameter."""
    requires: str | None = None
    """The parameter without which this one has no effect."""
    needed: str | None = None
    """The value that it must have; any where None."""
    separator: str | None = None
    """Between values in one text."""
    any: str | None = None
    """The word that asks for every value."""
    usual: str | None = None
    """The value that counts where none is given."""
    present: str | None = None
    """Of `present`: the value that asks for items in which the field is."""
    absent: str | None = None
    """The value that asks for those in which it is not, or is null."""
    ignores_case: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    """Keys of further fields, any of which may have what is asked for."""
    anywhere: bool = False
    """Whether every text of an item is looked at."""

    @property
    def is_template(self) -> bool:
        """Whether what is asked for stands in a text."""
        return self.encoding not in {None, "json", "form", "form-twice"}

    def parts(self, given: list[str]) -> list[str]:
        """Give the expressions in the last of some texts."""
        return [part for text in given[-1:] for part in (text.split(self.conjunction) if self.conjunction else [text])]


class Order(NamedTuple):
    """In which order items are listed."""

    by: tuple[tuple[str, ...], ...]
    direction: str = "asc"
    parameter: str | None = None
    """That turns the direction round."""
    chosen_by: str | None = None
    """The parameter that chooses what sorts."""
    choices: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    """Each of its values, with the keys of what then sorts."""
    signed: bool = False
    """Whether a minus before the value turns the direction to `desc`, and none to `asc`."""
    suffixes: tuple[tuple[str, str], ...] = ()
    """What stands behind the value where it says the direction, each with that: `(" DESC", "desc")`; none is `""`."""
    descending_by: str | None = None
    """The parameter that chooses what sorts in descending order."""
    requires: bool = False
    """Whether a direction counts beside what chooses alone."""
    separators: tuple[str | None, str | None] = (None, None)
    """Between several values that choose, and several directions, in one text."""
    each: bool = False
    """Whether each of several values has a direction of its own in the parameter of the direction."""
