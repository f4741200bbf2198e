"""In which order a listing comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from attrs import Factory, evolve, frozen

from conformance.jsontext import Json, elements_of
from conformance.pointer import Pointer
from conformance.spec.promises import Promise

Key = tuple[tuple[Pointer, ...], str]
"""What sorts, ties by the next, and in which direction."""
OTHER = {"asc": "desc", "desc": "asc"}


@frozen(kw_only=True)
class Suffix:
    """How a direction is written behind what sorts, as in `name DESC`."""

    separator: str
    desc: str
    asc: str = ""
    """Empty where nothing stands behind what ascends."""
    bare: str = "asc"
    """The direction where nothing stands behind."""

    def read(self, text: str) -> tuple[str, str]:
        """What sorts, and the direction."""
        word, found, behind = text.rpartition(self.separator)
        ways = {self.desc: "desc", self.asc: "asc"}
        return (word, ways[behind]) if found and behind and behind in ways else (text, self.bare)

    def written(self, word: str, direction: str) -> Iterator[str]:
        """The texts that ask for a direction."""
        if direction == self.bare:
            yield word
        behind = {"asc": self.asc, "desc": self.desc}[direction]
        if behind:
            yield f"{word}{self.separator}{behind}"


@frozen(kw_only=True)
class Order(Promise):
    """How a listing is sorted: by the first pointer, ties by the next ones."""

    by: tuple[Pointer, ...]
    direction: str
    """`asc` or `desc`, where no parameter asks otherwise."""
    parameter: str
    """The parameter that chooses `asc` or `desc`; empty where there is none."""
    ties: str
    """Direction of the second and later pointers: `same` as the first, or `either`, where the page does not say."""
    requires: str = ""
    """The parameter without which that has no effect, which chooses what sorts; empty where it turns every order."""
    chosen_by: str = ""
    """The parameter that chooses what sorts; empty where there is none."""
    choices: Mapping[str, tuple[Pointer, ...]] = Factory(dict)
    """Each of its values, with what then sorts."""
    signed: bool = False
    """Whether a minus before the value turns the order to `desc`, and none to `asc`."""
    suffix: Suffix | None = None
    """What stands behind the value, where that says the direction."""
    descending_by: str = ""
    """The parameter that chooses what sorts in descending order, as the other does in ascending; or empty."""
    several: bool = False
    """Whether several values sort at once, each in its own direction: the parameter takes an array."""
    each_turned: bool = False
    """Whether the parameter of the direction takes an array too: one direction for each."""

    @property
    def turns(self) -> bool:
        """Whether the parameter of the direction turns the order that nobody chose."""
        return bool(self.parameter) and not self.requires

    def asked(self, query: Mapping[str, object]) -> Order:
        """The order that a query asks for; its own where the query does not say, or in words that are not known.

        Of several keys it is the first, without what breaks its ties.
        """
        (by, direction), *rest = self.keys(query) or [(self.by, self._turned(query) if self.turns else self.direction)]
        return evolve(self, by=by[:1] if rest else by, direction=direction)

    def keys(self, query: Mapping[str, object]) -> list[Key]:
        """What a query asks to sort by, one after the other; nothing where it does not say, or in unknown words."""
        falling = query.get(self.descending_by) if self.descending_by else None
        words = _texts(query.get(self.chosen_by) if falling is None else falling)
        turned = _texts(query.get(self.parameter))
        found = [
            self._read(text, turned[index : index + 1] if self.each_turned else turned)
            for index, text in enumerate(words)
        ]
        if any(word not in self.choices for word, _ in found):
            return []
        return [(self.choices[word], "desc" if falling is not None else direction) for word, direction in found]

    def _read(self, text: str, turned: Sequence[str]) -> tuple[str, str]:
        usual = self.direction
        if self.suffix is not None:
            text, usual = self.suffix.read(text)
        elif self.signed:
            text, usual = text.removeprefix("-"), "desc" if text.startswith("-") else "asc"
        elif self.descending_by:
            usual = "asc"
        return text, next((one for one in turned if one in OTHER), usual)

    def _turned(self, query: Mapping[str, object]) -> str:
        return next((one for one in _texts(query.get(self.parameter)) if one in OTHER), self.direction)

    def asking(self, word: str) -> Iterator[dict[str, Json]]:
        """The queries that sort by one value: as it is, and in whatever directions it may be asked for."""
        yield self._chosen([word])
        if self.suffix is not None:
            texts = [*self.suffix.written(word, "asc"), *self.suffix.written(word, "desc")]
            yield from (self._chosen([text]) for text in texts if text != word)
        elif self.signed:
            yield self._chosen([f"-{word}"])
        elif self.descending_by:
            yield {self.descending_by: [word] if self.several else word}
        elif self.parameter:
            yield self._chosen([word]) | {self.parameter: self.direction_of([OTHER[self.direction]])}

    def asking_together(self, words: Sequence[str], ways: Sequence[str]) -> Iterator[dict[str, Json]]:
        """The queries that sort by several values, each in its direction; none where no query says that."""
        pairs, alike = list(zip(words, ways, strict=True)), len({*ways}) == 1
        if self.suffix is not None:
            yield from map(self._chosen, product(*(self.suffix.written(*pair) for pair in pairs)))
        elif self.signed:
            yield self._chosen([f"{'-' * (way == 'desc')}{word}" for word, way in pairs])
        elif self.parameter:
            if alike or self.each_turned:
                yield self._chosen(words) | {self.parameter: self.direction_of(ways)}
        elif alike and self.descending_by and ways[0] == "desc":
            yield {self.descending_by: list(words)}
        elif alike and ways[0] == ("asc" if self.descending_by else self.direction):
            yield self._chosen(words)

    def _chosen(self, texts: Sequence[str]) -> dict[str, Json]:
        return {self.chosen_by: list(texts) if self.several else texts[0]}

    def direction_of(self, ways: Sequence[str]) -> Json:
        """What the parameter of the direction is given: one for each, or one for all."""
        return list(ways) if self.each_turned else ways[0]


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    return list(map(str, elements_of(value))) if isinstance(value, list | tuple) else [str(value)]
