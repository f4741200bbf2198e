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
    """The credentials of an operation; what is enough only together is kept where nothing is enough alone."""
    asked = requirements(document, operation)
    listed = [one for one in asked or [] if all(scheme(document, name) for name in one)]
    alone = [one for one in listed if len(one) == 1]
    kept = alone or [one for one in listed if one]
    public = asked is not None and not any(asked)
    left = [
        f"the credentials {' and '.join(one)}, which count only together" for one in listed if one and one not in kept
    ]
    found = {component_name(name): _scheme(scheme(document, name)) for one in kept for name in one}
    return Schemes(found, [[component_name(name) for name in one] for one in kept], public, left)


def _scheme(published: Mapping[str, Any]) -> Part:
    """A security scheme that the suite can send; OAuth tokens are bearer tokens."""
    if published.get("type") == "apiKey":
        return {key: published[key] for key in ("type", "in", "name") if key in published}
    kind = str(published.get("scheme", "bearer")).lower()
    return {"type": "http", "scheme": kind if kind in {"basic", "bearer"} else "bearer"}
