"""Published credentials as a draft has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from conformance.draft.schemas import component_name
from conformance.draft.source import Part
from conformance.published.document import Node, Published
from conformance.published.security import requirements, scheme


@frozen
class Schemes:
    """Security schemes by name, the names that are enough together, and in words what was left out."""

    schemes: Mapping[str, Part]
    requirements: Sequence[Sequence[str]]
    public: bool
    left_out: Sequence[str] = ()


def schemes(document: Published, operation: Node) -> Schemes:
    """The credentials of an operation: the alternatives that one request can carry, without what adds nothing."""
    asked = requirements(document, operation)
    public = asked is not None and not any(asked)
    kept: list[list[str]] = []
    left: list[str] = []
    described = [_distinct(document, one) for one in asked or [] if one and all(scheme(document, name) for name in one)]
    for one in sorted(described, key=len):
        why = _why_left_out(document, one, kept)
        left += [f"the credentials {' and '.join(one)}, {why}"] if why else []
        kept += [] if why else [one]
    kept.sort(key=described.index)
    found = {component_name(name): _scheme(scheme(document, name)) for one in kept for name in one}
    return Schemes(found, [[component_name(name) for name in one] for one in kept], public, left)


def _distinct(document: Published, names: Sequence[str]) -> list[str]:
    """The names without those of schemes that are sent as another is: an OAuth token is a bearer token."""
    sent = [_scheme(scheme(document, name)) for name in names]
    return [name for index, name in enumerate(names) if sent[index] not in sent[:index]]


def _why_left_out(document: Published, names: Sequence[str], kept: Sequence[Sequence[str]]) -> str:
    places = [_place(scheme(document, name)) for name in names]
    if len(set(places)) < len(places):
        return "which one request cannot carry"
    return "of which fewer are enough" if any(set(one) < set(names) for one in kept) else ""


def _place(published: Mapping[str, Any]) -> tuple[str, str]:
    """What of a request carries it, of which there is one."""
    if published.get("type") != "apiKey":
        return "header", "authorization"
    name = str(published.get("name", ""))
    return (str(published.get("in")), name.lower() if published.get("in") == "header" else name)


def _scheme(published: Mapping[str, Any]) -> Part:
    """A security scheme that the suite can send; OAuth tokens are bearer tokens."""
    if published.get("type") == "apiKey":
        return {key: published[key] for key in ("type", "in", "name") if key in published}
    kind = str(published.get("scheme", "bearer")).lower()
    return {"type": "http", "scheme": kind if kind in {"basic", "bearer"} else "bearer"}
