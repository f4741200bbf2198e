"""From a spec file to a contract: read, validate, build."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance.errors import SpecError, UsageError
from conformance.jsontext import members_of
from conformance.pointer import MISSING, Pointer
from conformance.spec import openapi_document
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean
from conformance.spec.extension import build
from conformance.spec.holes import check_holes
from conformance.spec.rows import with_rows_described
from conformance.spec.rules import check_references
from conformance.spec.stems import own_specs, stems_in
from conformance.spec.successor import with_successor

__all__ = ["contract_of", "load_contract", "load_contracts", "own_specs", "read_contract", "stems_in"]

_HERE = Path(__file__).parent


def load_contracts(stems: Sequence[str], where: Path) -> list[Contract]:
    """The contracts of the stems, each once, or of all where none is named; raises UsageError for an unknown one."""
    return [load_contract(stem, where) for stem in dict.fromkeys(stems or stems_in(where))]


def load_contract(stem: str, where: Path) -> Contract:
    """The contract of one stem; raises UsageError for an unknown one, SpecError for a bad spec."""
    known = stems_in(where)
    if stem not in known:
        raise UsageError(f"unknown STEM {stem!r}", hint=did_you_mean(stem, known, kind="stems"))
    return read_contract(where / f"{stem}.yaml")


def read_contract(path: Path, *, drafted: bool = False) -> Contract:
    """The contract in one spec file; raises SpecError with file, line and hint.

    A spec with holes, as `conformance new` leaves them, is refused unless it is `drafted`.
    """
    document = Document.load(path, name=_display(path))
    if not drafted:
        check_holes(document)
    return with_successor(contract_of(document, path.stem), document, path.parent)


def contract_of(document: Document, stem: str) -> Contract:
    """The contract in a document; raises SpecError with file, line and hint."""
    _check_openapi(document)
    where = _operation(document)
    _check_extension(document, where)
    document = with_rows_described(document, where)
    contract = build(document, where, stem=stem)
    check_references(document, contract)
    return contract


def _display(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent == own_specs() else str(path)


def _check_openapi(document: Document) -> None:
    for steps, message in openapi_document.errors(document.content):
        said = " ".join(message.split())[:300]
        raise document.error(Pointer.of(*steps), said, hint="The spec must be a valid OpenAPI 3.1 document.")


def _operation(document: Document) -> Pointer:
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    found = [
        Pointer.of("paths", path, method)
        for path, item in document.content.get("paths", {}).items()
        for method in item
        if method in methods
    ]
    if len(found) != 1 or not found[0].endswith("/get"):
        raise document.error(
            "/paths", f"{len(found)} operations, but a spec holds one GET", hint="Write one spec for each operation."
        )
    return found[0]


def _check_extension(document: Document, operation: Pointer) -> None:
    place = operation.below("x-conformance")
    extension = place.get(document.content)
    if extension is MISSING:
        raise document.error(operation, "x-conformance is missing", hint="specs/README.md says what belongs there.")
    validator = jsonschema_rs.validator_for(_extension_schema())
    errors = sorted(validator.iter_errors(extension), key=lambda error: not _unexpected(error))
    if errors:
        raise _extension_error(document, place.below(*errors[0].instance_path), errors[0])


@cache
def _extension_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((_HERE / "x_conformance.schema.json").read_text(encoding="utf-8"))
    return schema


def _extension_error(document: Document, place: Pointer, error: jsonschema_rs.ValidationError) -> SpecError:
    unexpected = _unexpected(error)
    if not unexpected and getattr(error.kind, "name", "") == "falseSchema":
        problem = f"x-conformance: {error.instance_path[-1]!r} does not belong to what stands beside it"
        return document.error(place, problem, hint="specs/README.md says which keys go together.")
    if not unexpected:
        return document.error(
            place, f"x-conformance: {error.message}", hint="specs/README.md lists what may stand here."
        )
    key = unexpected[0]
    known = _siblings(error.schema_path)
    return document.error(
        place.below(key), f"unknown key {key!r} in x-conformance", hint=did_you_mean(key, known, kind="keys")
    )


def _unexpected(error: jsonschema_rs.ValidationError) -> list[str]:
    """The unknown keys that an error is about: a misspelt one is the cause of what is missing."""
    return getattr(error.kind, "unexpected", None) or []


def _siblings(schema_path: list[str | int]) -> list[str]:
    around = Pointer.of(*schema_path[:-1]).get(_extension_schema())
    return list(members_of(members_of(around).get("properties")))
