"""Credentials compared: how a client says who it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks import published as rules
from conformance.pointer import TOP, Pointer
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.sentence import said
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind

Way = tuple[str, str]
"""Kind and name of a credential: `("header", "x-api-key")`."""
_UNKNOWN = "unknown"
"""The kind of a credential that is asked for and nowhere described."""


def credential_differences(
    contract: Contract, ours: Published, document: Published, own: Node, operation: Node
) -> Iterator[Difference]:
    """Whether whatever is documented to be enough is enough; a scheme that is named only contradicts nothing."""
    alternatives = _alternatives(document, operation)
    if alternatives is None or set() in alternatives or not contract.credentials or _is_open(alternatives):
        return
    shown = " or ".join(map(_told, alternatives)) or "none"
    documented = _alternatives(ours, own) or []
    refused = [one for one in documented if one and not any(known <= one for known in alternatives)]
    for one in refused:
        yield Difference(
            check=rules.CREDENTIALS,
            drift=Drift.BREAKING if len(refused) == len(documented) else Drift.AMBIGUOUS,
            pointer=_described(contract, one, alternatives),
            expected=said("{way}", way=_told(one)),
            actual=said("{ways} ({document})", ways=shown, document=document.name),
        )


def _described(contract: Contract, refused: set[Way], alternatives: list[set[Way]]) -> Pointer:
    """Where the spec describes what is refused: of several credentials the first that nothing asks for."""
    ours = [known for known in contract.credentials if _way(known.kind, known.name) in refused]
    asked = set[Way]().union(*alternatives)
    return min(ours, key=lambda known: _way(known.kind, known.name) in asked).pointer if ours else TOP


def _is_open(alternatives: list[set[Way]]) -> bool:
    return any(kind == _UNKNOWN for one in alternatives for kind, _ in one)


def _told(ways: set[Way]) -> str:
    return " with ".join(sorted(f"{kind} {name}".strip() for kind, name in ways))


def requirements(document: Published, operation: Node) -> list[list[str]] | None:
    """The names of schemes that are enough together, for each alternative; None where nothing is said."""
    listed = document.part(operation, "security") or document.part(document.root, "security")
    if listed is None or not isinstance(listed.value, list):
        return None
    return [list(map(str, one)) for one in listed.value if isinstance(one, Mapping)]


def scheme(document: Published, name: str) -> Mapping[str, Any]:
    """The security scheme of a name; empty where it is not described."""
    node = document.part(document.root, "components", "securitySchemes", name)
    found = document.resolve(node).value if node is not None else None
    return found if isinstance(found, Mapping) else {}


def _alternatives(document: Published, operation: Node) -> list[set[Way]] | None:
    """The sets of credentials of which one is enough; None where nothing is said."""
    listed = requirements(document, operation)
    return None if listed is None else [{_of(document, name) for name in one} for one in listed] or [set()]


def _of(document: Published, name: str) -> Way:
    described = scheme(document, name)
    if described.get("type") == "apiKey":
        return (str(described.get("in")), str(described.get("name", "")).lower())
    if described.get("type") in ("oauth2", "openIdConnect"):
        return _way(Kind.BEARER, "")
    kind = str(described.get("scheme", "")).lower()
    return _way(Kind(kind), "") if kind in {Kind.BEARER, Kind.BASIC} else (str(described.get("type", _UNKNOWN)), name)


def _way(kind: Kind, name: str) -> Way:
    """A way to authenticate; a bearer token and an API key in `Authorization` differ."""
    return (str(kind), name.lower() if kind not in {Kind.BEARER, Kind.BASIC} else "")
