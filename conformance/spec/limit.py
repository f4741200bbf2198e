"""How many items a page may hold: what a spec says of it, and the rules for that."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from conformance.errors import SpecError
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promised import promised
from conformance.spec.promises import Limit, Style
from conformance.spec.schema import Schema


def without_cap(parameters: tuple[Parameter, ...], limit: Part) -> tuple[Parameter, ...]:
    """The parameters, the limit of which takes what lies above a maximum that caps it."""
    if not limit.get("capped"):
        return parameters
    return tuple(
        evolve(one, schema={key: value for key, value in one.schema.items() if key != "maximum"})
        if one.name == limit["parameter"]
        else one
        for one in parameters
    )


def limit_of(given: Part | None, place: Pointer, parameters: tuple[Parameter, ...]) -> Limit | None:
    """How many items a page may hold: bounds and default stand in the parameter's own schema."""
    if given is None:
        return None
    schema = next((known.schema for known in parameters if known.name == given["parameter"]), {})
    return Limit(
        parameter=given["parameter"],
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum", None if given.get("capped") is True else given.get("capped")),
        default=schema.get("default"),
        full=given.get("full", ""),
        capped="capped" in given,
        **promised(given, place),
    )


def limit_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with the limit."""
    limit, paging = contract.limit, contract.paging
    if paging is not None and paging.resized and (limit is None or paging.style is Style.PAGE_NUMBER):
        told = "pages are counted by their size" if limit else "nothing says how long a page is"
        place = contract.pointer.below("x-conformance", "paging", "resized")
        hint = "The size of a page can change in a walk where a limit is documented, and no page number counts by it."
        yield document.error(place, told, hint=hint)
    if limit is None:
        return
    yield from number(document, contract, f"{limit.pointer}/parameter", limit.parameter)
    schema = Schema.at(document.content, contract.parameter(limit.parameter).pointer.below("schema")).keywords
    if limit.capped and limit.maximum is None:
        hint = "Give its schema a maximum, or say it here: capped: 100."
        yield document.error(f"{limit.pointer}/capped", f"{limit.parameter!r} is capped, but not at what", hint=hint)
    said = limit.pointer.below("capped").get(document.content)
    if type(said) is int and schema.get("maximum", said) != said:
        told = f"{limit.parameter!r} is capped at {said}, but its maximum is {schema['maximum']}"
        yield document.error(f"{limit.pointer}/capped", told, hint="Say one number; capped: true means the maximum.")


def number(document: Document, contract: Contract, place: str, name: str) -> Iterator[SpecError]:
    """What counts is a number: a whole one, whichever of the two words the documentation has for it."""
    schema = contract.parameter(name).schema
    kinds = schema.get("type", [branch.get("type", "number") for branch in schema.get("anyOf", ())])
    if not {"integer", "number"} & set([kinds] if isinstance(kinds, str) else kinds) and (
        kinds or "enum" not in schema
    ):
        hint = "A limit, a page number or an offset is an integer, or a number."
        yield document.error(place, f"{name!r} counts, but its type is {kinds!r}", hint=hint)
