"""How arguments become a request: nothing is sent that the caller did not give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote, urlencode

from listing_runtime.model.objects import Model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from listing_runtime.operation import Operation, Parameter


class Parts(NamedTuple):
    """Where the arguments of a call go in its request."""

    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]

    def target(self, extra: Iterable[tuple[str, str]] = ()) -> str:
        """Give the path with its query, to which `extra` is added."""
        pairs = [*self.query, *extra]
        return f"{self.path}?{urlencode(pairs, quote_via=quote)}" if pairs else self.path


def request_parts(operation: Operation, arguments: Mapping[str, object]) -> Parts:
    """Sort the arguments that were given into the places that the documentation names."""
    parts = Parts(operation.path, [], {})
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument)
        if value is not None:
            parts = _add(parts, parameter, value)
    return parts


def _add(parts: Parts, parameter: Parameter, value: object) -> Parts:
    members = _members(value)
    if parameter.place == "query" and members is not None and parameter.members is not None:
        for name, each in members.items():
            key = f"{parameter.name}[{name}]" if parameter.members == "brackets" else name
            parts.query.extend((key, text) for text in _texts(parameter, each))
        return parts
    texts = _texts(parameter, value if members is None else [one for pair in members.items() for one in pair])
    if parameter.place == "query":
        parts.query.extend((parameter.name, text) for text in texts)
    elif parameter.place == "header":
        parts.headers[parameter.name] = ",".join(texts)
    else:
        text = quote(",".join(texts), safe="")
        return parts._replace(path=parts.path.replace(f"{{{parameter.name}}}", text))
    return parts


def _members(value: object) -> Mapping[str, object] | None:
    """Give the members of an object that were given; None for a value of another kind."""
    if isinstance(value, Model):
        value = value.to_dict()
    if not isinstance(value, Mapping):
        return None
    return {name: each for name, each in cast("Mapping[str, object]", value).items() if each is not None}


def _texts(parameter: Parameter, value: object) -> list[str]:
    if not isinstance(value, (list, tuple, set, frozenset)):
        return [text_of(value)]
    texts = [text_of(each) for each in cast("Collection[object]", value)]
    return texts if parameter.separator is None or not texts else [parameter.separator.join(texts)]


def text_of(value: object) -> str:
    """Write one value as the text of a query."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return _timestamp(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _timestamp(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone; the server could not know which instant is meant")
    return value.isoformat().replace("+00:00", "Z")
