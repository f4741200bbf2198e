"""In which order a listing comes."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, evolve, frozen

from conformance.pointer import Pointer
from conformance.spec.promises import Promise


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
    chosen_by: str = ""
    """The parameter that chooses what sorts; empty where there is none."""
    choices: Mapping[str, tuple[Pointer, ...]] = Factory(dict)
    """Each of its values, with what then sorts."""
    signed: bool = False
    """Whether a minus before the value turns the order to `desc`, and none to `asc`."""

    def asked(self, query: Mapping[str, object]) -> Order:
        """The order that a query asks for; its own where the query does not say, or in words that are not known."""
        word = str(query.get(self.chosen_by, ""))
        by = self.choices.get(word.removeprefix("-") if self.signed else word)
        turned = {True: "desc", False: "asc"}[word.startswith("-")] if self.signed and by else self.direction
        direction = str(query.get(self.parameter, turned))
        return evolve(self, by=by or self.by, direction=direction if direction in {"asc", "desc"} else self.direction)
