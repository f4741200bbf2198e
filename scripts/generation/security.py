"""Which credential a client sends, as the spec's security schemes say."""

from __future__ import annotations

from typing import Any

from generation.operation import Operation


def scheme_code(title: str, scheme: dict[str, Any]) -> str:
    """Write the runtime's `Scheme` of a documented one."""
    kind, name = _place(scheme)
    return f"Scheme({kind!r}, {name!r}, {scheme.get('x-env')!r}, {title!r})"


def documented_schemes(operation: Operation) -> dict[str, dict[str, Any]]:
    """Give the alternatives by name, those that the environment can feed first; none where none is asked for."""
    document = operation.document
    alternatives = operation.data.get("security", document.data.get("security", []))
    if any(len(names) > 1 for names in alternatives):
        place = operation.place if "security" in operation.data else ()
        hint = "Let each alternative under security name one scheme."
        raise document.error((*place, "security"), "two credentials at once", hint=hint)
    schemes = {name: _named(operation, name) for names in alternatives for name in names}
    return dict(sorted(schemes.items(), key=lambda item: not item[1].get("x-env")))


def _named(operation: Operation, name: str) -> dict[str, Any]:
    document = operation.document
    schemes = document.data.get("components", {}).get("securitySchemes", {})
    if name not in schemes:
        hint = f"Described schemes: {', '.join(schemes) or 'none'}."
        raise document.error(("security",), f"security scheme {name!r} is not described", hint=hint)
    found: dict[str, Any] = document.resolve(schemes[name])
    return found


def _place(scheme: dict[str, Any]) -> tuple[str, str]:
    if scheme["type"] == "apiKey":
        return scheme["in"], scheme["name"]
    if scheme["type"] == "http" and scheme.get("scheme", "").lower() == "basic":
        return "basic", "Authorization"
    return "bearer", "Authorization"
