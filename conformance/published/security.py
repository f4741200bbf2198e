"""Credentials compared: how a client says who it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks import published as rules
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.published.operations import Operation
from conformance.sentence import said
from conformance.spec.contract import Contract
from conformance.spec.promises import Kind

Way = tuple[str, str]
"""Kind and name of a credential: `("header", "x-api-key")`."""
_UNKNOWN = "unknown"
"""The kind of a credential that is asked for and nowhere described."""


def credential_differences(contract: Contract, document: Published, operation: Operation) -> Iterator[Difference]:
    """Whether each documented credential is accepted, alone."""
    alternatives = _alternatives(document, operation.node)
    if alternatives is None or set() in alternatives or not contract.credentials:
        return
    known = all(way[0] != _UNKNOWN for one in alternatives for way in one)
    shown = " or ".join(" with ".join(sorted(map(_named, one))) for one in alternatives) or "none"
    refused = [one for one in contract.credentials if {_way(one.kind, one.name)} not in alternatives]
    for credential in refused:
        yield Difference(
            check=rules.CREDENTIALS,
            drift=Drift.BREAKING if known and len(refused) == len(contract.credentials) else Drift.AMBIGUOUS,
            pointer=credential.pointer,
            expected=said("{way}", way=_named(_way(credential.kind, credential.name))),
            actual=said("{ways} ({document})", ways=shown, document=document.name),
        )


def _alternatives(document: Published, operation: Node) -> list[set[Way]] | None:
    """The sets of credentials of which one is enough; None where nothing is said."""
    listed = operation.part("security") or document.at("/security")
    if listed is None or not isinstance(listed.value, list):
        return None
    requirements = [one for one in listed.value if isinstance(one, Mapping)]
    return [{_scheme(document, name) for name in one} for one in requirements] or [set()]


def _scheme(document: Published, name: str) -> Way:
    schemes = document.at("/components/securitySchemes")
    node = schemes.part(name) if schemes is not None else None
    scheme: Any = document.resolve(node).value if node is not None else None
    if not isinstance(scheme, Mapping):
        return (_UNKNOWN, name)
    if scheme.get("type") == "apiKey":
        return (str(scheme.get("in")), str(scheme.get("name", "")).lower())
    if scheme.get("type") in ("oauth2", "openIdConnect"):
        return _way(Kind.BEARER, "")
    kind = str(scheme.get("scheme", "")).lower()
    return _way(Kind(kind), "") if kind in {Kind.BEARER, Kind.BASIC} else (str(scheme.get("type", _UNKNOWN)), name)


def _way(kind: Kind, name: str) -> Way:
    """A way to authenticate; a bearer token and an API key in `Authorization` differ."""
    return (str(kind), name.lower() if kind in {Kind.HEADER, Kind.QUERY} else "")


def _named(way: Way) -> str:
    kind, name = way
    return f"{kind} {name}".strip()
