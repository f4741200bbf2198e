"""Which credentials a client sends, as the spec's security requirements say."""

from __future__ import annotations

from collections import Counter
from typing import Any

from generation.operation import Operation

Together = dict[str, dict[str, Any]]
"""The schemes that are enough together, by name."""


def scheme_code(together: Together) -> str:
    """Write the runtime's `Scheme` of a documented alternative."""
    first, *beside = [_arguments(title, scheme) for title, scheme in together.items()]
    others = "".join(f"Scheme({each}), " for each in beside)
    return f"Scheme({first}, ({others}))" if beside else f"Scheme({first})"


def _arguments(title: str, scheme: dict[str, Any]) -> str:
    kind, name = _place(scheme)
    return f"{kind!r}, {name!r}, {scheme.get('x-env')!r}, {title!r}"


def documented_alternatives(operation: Operation) -> list[Together]:
    """Give the alternatives, those that the environment can feed first; none where nothing is asked for."""
    document = operation.document
    listed = operation.data.get("security", document.data.get("security", []))
    found = [{name: _named(operation, name) for name in names} for names in listed if names]
    unique = {tuple(each): each for each in found}.values()
    for together in unique:
        _check_place(operation, together)
    return sorted(unique, key=lambda each: not all(scheme.get("x-env") for scheme in each.values()))


def variables_of(together: Together) -> str:
    """Give the environment variables that feed an alternative, as a sentence has them."""
    return " and ".join(dict.fromkeys(scheme["x-env"] for scheme in together.values() if scheme.get("x-env")))


def names_of(alternatives: list[Together]) -> list[str]:
    """Give what `scheme=` calls each alternative: its first scheme that no other has, or its first."""
    often = Counter(name for each in alternatives for name in each)
    return [next((name for name in each if often[name] == 1), next(iter(each))) for each in alternatives]


def _named(operation: Operation, name: str) -> dict[str, Any]:
    document = operation.document
    schemes = document.data.get("components", {}).get("securitySchemes", {})
    if name not in schemes:
        hint = f"Described schemes: {', '.join(schemes) or 'none'}."
        raise document.error(("security",), f"security scheme {name!r} is not described", hint=hint)
    found: dict[str, Any] = document.resolve(schemes[name])
    return found


def _check_place(operation: Operation, together: Together) -> None:
    """Refuse what no request can carry: two credentials in one header, say."""
    places = [_carrier(scheme) for scheme in together.values()]
    if len(set(places)) < len(places):
        hint = "Let one alternative under security name one of them."
        place = ("components", "securitySchemes", list(together)[-1])
        raise operation.document.error(place, f"{' and '.join(together)} count together in one place", hint=hint)


def _carrier(scheme: dict[str, Any]) -> tuple[str, str]:
    kind, name = _place(scheme)
    return (kind, name) if kind in {"query", "cookie"} else ("header", name.lower())


def _place(scheme: dict[str, Any]) -> tuple[str, str]:
    if scheme["type"] == "apiKey":
        return scheme["in"], scheme["name"]
    if scheme["type"] == "http" and scheme.get("scheme", "").lower() == "basic":
        return "basic", "Authorization"
    return "bearer", "Authorization"
