"""What all models have in common: reading, writing, copying; generation adds the documented fields."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from listing_runtime.errors import DecodeError
from listing_runtime.model.containers import holds_models
from listing_runtime.model.fields import Field, read_field
from listing_runtime.model.mismatch import Mismatch, is_object
from listing_runtime.model.origin import Origin, Place, Source, resolved


class Model:
    """An object that the documentation describes; unknown fields are kept in `additional_properties`."""

    __slots__ = ("__place__", "__source__")
    __source__: Source | bytes | None
    __place__: Place
    __fields__: ClassVar[tuple[Field, ...]] = ()
    __holders__: ClassVar[tuple[str, ...]]
    additional_properties: dict[str, Any]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            # Hardly anybody looks at unknown fields: the fast reader leaves the slot empty, and it is filled on demand.
            if name != "additional_properties":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            source = self.__document__()
            row = None if source is None or source.exact else source.at(self.__place__)
            self.additional_properties = self.__unknown__(row) if is_object(row) else {}
            return self.additional_properties

    @classmethod
    def __documented__(cls) -> tuple[Field, ...]:
        """Give the documented fields; overridden by every model."""
        return ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read one JSON object; DecodeError says where it is not what the documentation says."""
        try:
            return cls.__read__(data, Source(value=data))
        except Mismatch as mismatch:
            raise DecodeError(mismatch.pointer, expected=mismatch.expected, actual=mismatch.actual) from None

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object: exactly the one that came, with the changes made since."""
        return self.__write__(None)

    @classmethod
    def __read__(cls, data: object, origin: Origin) -> Self:
        if not isinstance(data, Mapping):
            raise Mismatch("an object", data)
        row = cast("Mapping[str, Any]", data)
        self = object.__new__(cls)
        self.__source__, self.__place__ = resolved(origin)
        for field in cls.__table__():
            setattr(self, field.name, read_field(field, row, origin))
        setattr(self, "additional_properties", cls.__unknown__(row))  # noqa: B010 - a slot of the subclasses
        return self

    @classmethod
    def __unknown__(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        known = {field.wire for field in cls.__table__()}
        try:
            return {key: copy.deepcopy(value) for key, value in row.items() if key not in known}
        except RecursionError:
            raise DecodeError("", expected="JSON of a reasonable depth", actual="JSON nested too deeply") from None

    def __came__(self) -> object:
        source = self.__document__()
        return None if source is None else source.at(self.__place__)

    def __document__(self) -> Source | None:
        source: Source | bytes | None = getattr(self, "__source__", None)
        if isinstance(source, bytes):
            # Of an item that outlived its page: to make a source of each would cost more than most are asked.
            self.__source__ = source = Source(source)
        return source

    def __hand_on__(self) -> None:
        """Let what this object holds have its source too, which holds this object alone."""
        for name in self.__inner__():
            for inner in models_in(getattr(self, name)):
                if getattr(inner, "__source__", None) is not None:
                    inner.__source__, inner.__place__ = self.__source__, _without_row(inner.__place__)

    @classmethod
    def __inner__(cls) -> tuple[str, ...]:
        # Found on first use, as the table is; nearly all items have none, or one.
        found = cls.__dict__.get("__holders__")
        if found is None:
            found = tuple(field.name for field in cls.__table__() if holds_models(field.kind))
            cls.__holders__ = found
        return found

    @classmethod
    def __table__(cls) -> tuple[Field, ...]:
        # Made on first use: models may refer to each other in a circle.
        if not cls.__fields__:
            cls.__fields__ = cls.__documented__()
        return cls.__fields__

    def __write__(self, like: object) -> dict[str, Any]:
        # An object that holds this one may not know where it came from: then this one's own memory counts.
        own = self.__came__() if like is None else like
        guide = own if is_object(own) else {}
        written: dict[str, Any] = {}
        for field in self.__table__():
            value = getattr(self, field.name)
            if value is not None or field.required or (field.wire in guide and guide[field.wire] is None):
                written[field.wire] = None if value is None else field.kind.write(value, guide.get(field.wire))
        written |= copy.deepcopy(self.additional_properties)
        return {key: written[key] for key in dict.fromkeys([*guide, *written]) if key in written}

    def __getstate__(self) -> dict[str, Any]:
        # What came is reduced to this object's own part: a pickled item does not take its page along.
        state = {field.name: getattr(self, field.name) for field in self.__table__()}
        return state | {"additional_properties": self.additional_properties, "": copy.deepcopy(self.__came__())}

    def __setstate__(self, state: dict[str, Any]) -> None:
        like = state.pop("")
        self.__source__, self.__place__ = None if like is None else Source(value=like), None
        for name, value in state.items():
            setattr(self, name, value)


def models_in(value: object) -> Iterator[Model]:
    """Give the models in a value, those within models included."""
    if isinstance(value, Model):
        yield value
        for name in value.__inner__():
            yield from models_in(getattr(value, name))
    elif isinstance(value, (list, dict)):
        held: Any = (
            cast("list[object]", value) if isinstance(value, list) else cast("dict[object, object]", value).values()
        )
        for each in held:
            yield from models_in(each)


def _without_row(place: Place) -> Place:
    return place[1:] or None if isinstance(place, tuple) else None
