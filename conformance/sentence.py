"""What a finding says was expected or seen: a template in our own words, and the values that stand in it, as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from conformance.pointer import Expression

LONGEST = 120
"""Characters after which a value is cut."""
SEVERAL = 3
"""Of many names, those that are told."""
Change = Callable[[object], object]
"""What puts another JSON value in the place of one."""


@frozen
class Value:
    """A value that was sent or asked for, told as Python writes it."""

    value: Any
    most: int | None = LONGEST
    """Characters after which it is cut; None for one that is told whole."""
    field: str = ""
    """JSON Pointer to it in the item that holds it; empty where it is no item's."""

    def changed(self, change: Change) -> Value:
        """The same with another value."""
        return evolve(self, value=change(self.value))


@frozen
class Name:
    """One identity, told as JSON writes it."""

    value: Any

    @classmethod
    def of(cls, text: str) -> Name:
        """The identity that JSON writes so."""
        return cls(json.loads(text))

    def changed(self, change: Change) -> Name:
        """The same with another value."""
        return Name(change(self.value))


@frozen
class Names:
    """A few of many identities or codes, and how many there are beside them."""

    few: tuple[Value, ...]
    more: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """The first of identities, which are JSON, or of other names."""
        every = list(texts)
        return cls(tuple(Value(_read(text), most=40) for text in every[:SEVERAL]), max(0, len(every) - SEVERAL))

    def changed(self, change: Change) -> Names:
        """The same with other values."""
        return Names(tuple(one.changed(change) for one in self.few), self.more)


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


@frozen
class Place:
    """JSON Pointer to a part of the body that shows it."""

    pointer: str


@frozen
class Status:
    """The status of the answer that shows it."""

    code: int


@frozen
class Header:
    """A header of the answer that shows it, told as `text`."""

    name: str
    text: str


@frozen
class Query:
    """What was asked for, as names and values."""

    pairs: tuple[tuple[str, object], ...]

    def changed(self, change: Change) -> Query:
        """The same with other values."""
        return Query(tuple((name, change(value)) for name, value in self.pairs))


@frozen
class Foreign:
    """Text that is not ours, such as what a validator or a client says of a body: any value may stand in it."""

    text: str
    place: str = ""
    """JSON Pointer to the part of the body that it speaks of; empty where that is not known."""


@frozen
class StandIn:
    """What is told in the place of a value that is hidden."""

    text: str
    quote: str
    """What stands around it; empty for a number."""
    width: int
    """Characters of the hidden value without its quotes: it is cut where the value itself would be."""


@frozen
class Sentence:
    """A template of `str.format`, and what stands at each of its names."""

    template: str
    values: Mapping[str, Part]

    def parts(self) -> Iterator[Part]:
        """What stands in it and in the sentences within it."""
        for part in self.values.values():
            if isinstance(part, Sentence):
                yield from part.parts()
            else:
                yield part

    def changed(self, change: Callable[[Part], Part]) -> Sentence:
        """The same words with other values."""
        return Sentence(self.template, {name: change(part) for name, part in self.values.items()})


Part = str | int | Value | Name | Names | Place | Status | Header | Query | Foreign | Expression | Sentence
"""Our own words and numbers stand as they are; everything else says what it is."""


def said(template: str, /, **values: Part) -> Sentence:
    """A sentence."""
    return Sentence(template, values)


def joined(between: str, parts: Iterable[Part]) -> Sentence:
    """Parts one after the other, with words between them."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence(between.join(f"{{{name}}}" for name in values), values)
