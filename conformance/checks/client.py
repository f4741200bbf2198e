"""The generated client, as production imports it, reads what the server sends."""

from __future__ import annotations

from collections.abc import Iterator

from conformance import pointer
from conformance.checks.base import Check, Family, exchange_check
from conformance.exchange import Exchange
from conformance.finding import Finding, Level
from conformance.generated_client import read, why_not
from conformance.spec import schema as schemas
from conformance.spec.contract import Contract


def _sees_success(contract: Contract, exchange: Exchange) -> bool:
    return contract.succeeds(exchange.status)


@exchange_check("client-decodes", Family.CLIENT, needs=why_not, sees=_sees_success)
def client_decodes(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """The generated client reads every successful body."""
    error = read(contract, exchange).error
    if error is None:
        return
    response = contract.responses_for(exchange.status)[0]
    place = getattr(error, "pointer", "")
    start = pointer.join(response.pointer, "content", next(iter(response.content)), "schema")
    yield Finding(
        check="client-decodes",
        level=Level.ERROR,
        pointer=schemas.spec_place(contract, start, place),
        says=f"the client {contract.stem}, made from the spec, reads what the operation answers",
        expected=f"the body decodes (expected {getattr(error, 'expected', 'the documented body')})",
        actual=f"{type(error).__name__}: {str(error)[:200]}",
        witness=(exchange,),
        place=f"{type(error).__name__} {schemas.general(place) if place.startswith('/') else ''}",
    )


CHECKS: tuple[Check, ...] = (client_decodes,)
