"""The operation that took the place of one: where a spec beside it describes it, its stem names it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from conformance.jsontext import members_of
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean
from conformance.spec.stems import own_specs, stems_in


def with_successor(contract: Contract, document: Document, where: Path) -> Contract:
    """The contract with method and path of its successor; raises SpecError where no spec has the stem.

    It is looked for in `where`, and then among our own: who keeps a copy of one spec of ours need not keep two.
    """
    stem = contract.lifecycle.successor
    if not stem.isidentifier():
        return contract
    beside = next((each for each in (where, own_specs()) if stem in stems_in(each)), None)
    if beside is None:
        hint = f"Write the stem of a spec, or method and path. {did_you_mean(stem, stems_in(where), kind='stems')}"
        raise document.error(contract.lifecycle.pointer.below("successor"), f"no spec {stem!r}", hint=hint)
    paths = members_of(Document.load(beside / f"{stem}.yaml").content.get("paths"))
    operation = next((f"GET {path}" for path in paths), stem)
    return evolve(contract, lifecycle=evolve(contract.lifecycle, successor=operation, successor_stem=stem))
