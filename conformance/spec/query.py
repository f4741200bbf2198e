"""How values are written into a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conformance.spec.openapi_parts import Parameter

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


def encoded(parameters: Iterable[Parameter], query: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The query as name-value pairs, arrays in the documented style; None leaves a parameter out."""
    known = {one.name: one for one in parameters}
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        if value is None:
            continue
        if not isinstance(value, list | tuple):
            pairs.append((name, text(value)))
        elif name not in known or known[name].explode:
            pairs.extend((name, text(part)) for part in value)
        else:
            pairs.append((name, _SEPARATORS.get(known[name].style, ",").join(text(part) for part in value)))
    return tuple(pairs)


def parts(parameter: Parameter, text: str) -> list[str]:
    """The values that one text of a parameter names: several where an array is written in one piece."""
    return [text] if not parameter.is_array or parameter.explode else text.split(_SEPARATORS.get(parameter.style, ","))


def text(value: object) -> str:
    """A value as a query writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
