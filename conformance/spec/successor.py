"""The operation that took the place of one: where a spec beside it describes it, its stem names it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from conformance.jsontext import members_of
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean
from conformance.spec.stems import stems_in


def with_successor(contract: Contract, document: Document, where: Path) -> Contract:
    """The contract with method and path of its successor, whose spec is in `where`; raises SpecError for none there."""
    stem = contract.lifecycle.successor
    if not stem.isidentifier():
        return contract
    known = stems_in(where)
    if stem not in known:
        hint = f"Write the stem of a spec, or method and path. {did_you_mean(stem, known, kind='stems')}"
        raise document.error(contract.lifecycle.pointer.below("successor"), f"no spec {stem!r}", hint=hint)
    paths = members_of(Document.load(where / f"{stem}.yaml").content.get("paths"))
    operation = next((f"GET {path}" for path in paths), stem)
    return evolve(contract, lifecycle=evolve(contract.lifecycle, successor=operation, successor_stem=stem))
