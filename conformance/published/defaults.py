"""Whether a default is a value that its own schema allows, in all that it is composed of and in all its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from conformance.jsontext import Json
from conformance.published.document import Node
from conformance.published.keywords import fits
from conformance.published.shape import Shape


@frozen
class Defaults:
    """Compares values with schemas; `said` is what a schema says, None where that is being asked already."""

    said: Callable[[Node, tuple[str, ...]], Shape | None]

    def admits(self, shape: Shape, value: Json, way: tuple[str, ...] = ()) -> bool:
        """Whether a value is one of a shape; what leads back to `way` admits nothing that its other branches do not."""
        way = (*way, shape.place)
        in_each = all(any(self._is_of(branch, value, way) for branch in union) for union in shape.unions)
        return (
            in_each and fits(value, shape) and all(self._is_of(node, part, ()) for node, part in _parts(shape, value))
        )

    def _is_of(self, node: Node, value: Json, way: tuple[str, ...]) -> bool:
        if node.value is False:
            return False
        shape = self.said(node, way)
        return shape is not None and self.admits(shape, value, way)


def _parts(shape: Shape, value: Json) -> Iterator[tuple[Node, Json]]:
    """Each part of a value with what is said of it; a part that is missing or ruled out is one of nothing."""
    nothing = Node(False, shape.place)  # noqa: FBT003 - JSON
    if isinstance(value, list) and shape.items is not None:
        yield from ((shape.items, part) for part in value)
    if isinstance(value, dict):
        yield from ((nothing, name) for name in shape.required - value.keys())
        other = nothing if shape.only_fields else shape.values
        for name, part in value.items():
            node = shape.fields.get(name, other)
            if node is not None:
                yield node, part
