"""The generated client, as production imports it, reads what the server sends."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.base import Check, exchange_check
from conformance.checks.family import CLIENT
from conformance.checks.wire_bodies import keeps_schema
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.generated_client import read, why_not
from conformance.sentence import Foreign, said
from conformance.spec.contract import Contract
from conformance.spec.projection import is_projected
from conformance.spec.violations import general


def _sees_success(contract: Contract, exchange: Exchange) -> bool:
    return contract.succeeds(exchange.status) and not is_projected(contract, exchange.query)


@exchange_check(
    "client-decodes",
    CLIENT,
    needs=why_not,
    sees=_sees_success,
    headline="the generated client cannot read {about}: {actual}",
)
def client_decodes(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """The generated client reads every successful body; one that keeps its schema shows a limit of the client alone."""
    error = read(contract, exchange).error
    if error is None:
        return
    response = contract.responses_for(exchange.status)[0]
    place, kind = getattr(error, "pointer", ""), type(error).__name__
    where = general(place) if place.startswith("/") else ""
    message = Foreign(str(error)[:200], place if where else "")
    start = response.pointer.below("content", next(iter(response.content)), "schema")
    wanted = Foreign(str(getattr(error, "expected", "the documented body")))
    yield Contradiction(
        pointer=contract.described_at(start, place),
        says=f"the client {contract.stem}, made from the spec, reads what the operation answers",
        expected=said("the body decodes (expected {wanted})", wanted=wanted),
        actual=said("{kind}: {message}", kind=kind, message=message),
        witness=(exchange,),
        place=f"{kind} {where}",
        where=where,
        doubt=Doubt.NEWS if keeps_schema(contract, exchange) else None,
    )


CHECKS: tuple[Check, ...] = (client_decodes,)
