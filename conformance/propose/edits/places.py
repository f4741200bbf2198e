"""Where things stand in a spec: behind their references, and who else refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.openapi_parts import Parameter
from conformance.spec.schema import Schema


def follow(contract: Contract, place: str) -> Pointer:
    """The pointer of what `place` refers to, or `place` itself."""
    return Schema.at(contract.document, Pointer(place)).place


def body_schema(contract: Contract, status: int) -> Schema | None:
    """The schema of the JSON body that covers a status; None where none is documented."""
    for response in contract.responses_for(status)[:1]:
        for media in response.content:
            if "json" in media:
                return contract.body(response, media)
    return None


def parameter_schema(contract: Contract, parameter: Parameter) -> Schema:
    """The schema of a parameter."""
    return Schema.at(contract.document, follow(contract, parameter.pointer).below("schema"))


def asked_with(contract: Contract, target: Pointer) -> list[str]:
    """The parameters whose schema is, or whose values are of, the one at `target`."""
    given = [(parameter.name, parameter_schema(contract, parameter)) for parameter in contract.parameters]
    return [name for name, schema in given if target in set(_places(schema))]


def _places(schema: Schema) -> Iterator[Pointer]:
    yield schema.place
    if schema.element is not None:
        yield from _places(schema.element)
