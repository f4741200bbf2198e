"""The schemas of a document as shapes: references followed, whatever they are composed of laid together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from conformance.published.defaults import Defaults
from conformance.published.document import Node, Published
from conformance.published.keywords import elements, fits, is_reference, is_written, own
from conformance.published.shape import Shape, all_of, any_of, narrowed

MOST_DEPTH = 50
MOST_PARTS = 5000
UNIONS = ("oneOf", "anyOf")

Way = tuple[str, ...]
"""Places of the schemas that are being composed: what leads back to one of them adds nothing to it."""


class Schemas:
    """Reads the schemas of one document."""

    def __init__(self, document: Published) -> None:
        self._document = document
        self._parts = 0

    def of(self, node: Node) -> Shape:
        """The shape of the schema at a node; raises SpecError where composition has no end."""
        self._parts = 0
        return self._sound(node, self._folded(node, ()) or Shape(place=node.place))

    def held(self, node: Node) -> Shape:
        """What holds at once of the schema at a node; its unions, of which one part holds, stay apart."""
        self._parts = 0
        return self._sound(node, self._held(node, ()) or Shape(place=node.place))

    def _sound(self, node: Node, shape: Shape) -> Shape:
        """The shape without a default that a union or a part of the schema rules out."""
        if shape.default is None:
            return shape
        held = self._anew(node, ()) or shape
        return shape if Defaults(self._anew).admits(held, shape.default) else evolve(shape, default=None)

    def _anew(self, node: Node, way: Way) -> Shape | None:
        self._parts = 0
        return self._held(node, way)

    def _folded(self, node: Node, way: Way) -> Shape | None:
        shape = self._held(node, way)
        return shape if shape is None else self._with_unions(shape, way)

    def _with_unions(self, shape: Shape, way: Way) -> Shape:
        """The shape with what all branches of each of its unions have in common, and what some have."""
        way, folded = (*way, shape.place), evolve(shape, unions=())
        for union in shape.unions:
            branches = [found for branch in union if (found := self._folded(branch, way)) is not None]
            folded = narrowed(folded, any_of(branches), place=shape.place) if branches else folded
        return folded

    def _held(self, node: Node, way: Way) -> Shape | None:
        """What holds at once; None where that is a schema that is being composed already."""
        self._count(node, way)
        *referring, found = self._document.chain(node)
        if found.place in way:
            return None
        if not isinstance(found.value, Mapping):
            return Shape(place=found.place)
        shape = self._composed(found, (*way, found.place))
        for one in reversed(referring):
            beside = {key: value for key, value in one.value.items() if key != "$ref"}
            if beside:
                around = self._held(Node(beside, one.place), way) or Shape(place=one.place)
                shape = narrowed(around, shape, place=found.place)
        return shape if fits(shape.default, shape) else evolve(shape, default=None)

    def _count(self, node: Node, way: Way) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS or len(way) > MOST_DEPTH:
            hint = "The document cannot be read there."
            raise self._document.error(node.place, "is composed of too many schemas", hint=hint)

    def _composed(self, node: Node, way: Way) -> Shape:
        parts = [shape for part in elements(node, "allOf") if (shape := self._held(part, way)) is not None]
        said = tuple(union for keyword in UNIONS if (union := tuple(elements(node, keyword))))
        shape = self._answered(evolve(own(node), unions=said))
        if not parts:
            return shape
        if any(part.nullable for part in parts):
            parts = [self._typed(part, way) for part in parts]
        laid = all_of(parts)
        onward = tuple(union for union in laid.unions if not self.leads_to(union, way))
        return narrowed(shape, evolve(laid, unions=onward), place=node.place)

    def _typed(self, part: Shape, way: Way) -> Shape:
        """A part with the types that its unions alone say: one that is never null rules null out for the others."""
        if part.types or part.nullable or not part.unions:
            return part
        whole = self._with_unions(part, way)
        return evolve(part, types=whole.types, nullable=whole.nullable)

    def _answered(self, shape: Shape) -> Shape:
        """The shape without fields that refer to what is only written, and is never in an answer."""
        referring = {name: node for name, node in shape.fields.items() if is_reference(node.value)}
        written = {name for name, node in referring.items() if is_written(self._document.resolve(node).value)}
        if not written:
            return shape
        fields = {name: node for name, node in shape.fields.items() if name not in written}
        return evolve(shape, fields=fields, required=shape.required - written)

    def leads_to(self, union: Iterable[Node], places: Iterable[str]) -> bool:
        """Whether a union leads to one of some schemas, through unions alone: a kind has its base, not its siblings."""
        waiting, seen, wanted = list(union), set[str](), frozenset(places)
        while waiting:
            found = self._document.resolve(waiting.pop())
            if found.place in wanted:
                return True
            if found.place not in seen and isinstance(found.value, Mapping):
                seen.add(found.place)
                waiting += [one for keyword in UNIONS for one in elements(found, keyword)]
        return False
