"""The kinds of JSON value that hold others: arrays, objects with keys of the user's own, documented objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from listing_runtime.model.mismatch import Mismatch, is_array, is_object
from listing_runtime.model.scalars import Kind

if TYPE_CHECKING:
    from listing_runtime.model.origin import Origin


class ListOf(Kind):
    """An array."""

    expected = "an array"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: object, origin: Origin) -> list[Any]:
        """Read every element."""
        if not is_array(value):
            raise Mismatch(self.expected, value)
        return [_below(self.kind, element, origin, index) for index, element in enumerate(value)]

    def write(self, value: object, came: object) -> list[Any]:
        """Write every element; what came is a guide only while the length is the same."""
        elements, like = cast("list[Any]", value), _list(came)
        guide = like if len(like) == len(elements) else [None] * len(elements)
        return [self.kind.write(element, known) for element, known in zip(elements, guide, strict=True)]


class MapOf(Kind):
    """An object with keys of the user's own."""

    expected = "an object"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: object, origin: Origin) -> object:
        """Read every value."""
        if not is_object(value):
            raise Mismatch(self.expected, value)
        return {key: _below(self.kind, element, origin, key) for key, element in value.items()}

    def write(self, value: object, came: object) -> object:
        """Write every value."""
        guide = came if is_object(came) else {}
        members = cast("dict[str, Any]", value)
        return {key: self.kind.write(element, guide.get(key)) for key, element in members.items()}


def holds_models(kind: Kind) -> bool:
    """Say whether values of a kind are documented objects, or hold some."""
    inner = getattr(kind, "kind", None)
    return (
        isinstance(kind, ModelOf) or any(map(holds_models, kind.kinds)) or (inner is not None and holds_models(inner))
    )


def _list(came: object) -> list[Any]:
    return came if is_array(came) else []


def _below(kind: Kind, value: object, origin: Origin, token: str | int) -> object:
    try:
        return kind.read(value, (origin, token))
    except Mismatch as mismatch:
        raise mismatch.below(token) from None


class Documented(Protocol):
    """A class of objects with documented fields."""

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> object:
        raise NotImplementedError

    def __write__(self, like: object) -> object:
        raise NotImplementedError


class ModelOf(Kind):
    """An object with documented fields."""

    expected = "an object"

    def __init__(self, model: type[Documented]) -> None:
        self.model = model

    def read(self, value: object, origin: Origin) -> object:
        """Read the object's fields."""
        return self.model.__read__(value, origin)

    def write(self, value: object, came: object) -> object:
        """Write the object's fields."""
        return cast("Documented", value).__write__(came)
