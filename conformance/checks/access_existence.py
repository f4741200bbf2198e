"""Whether the operation is there at all, and still the provider's current one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from conformance.checks.base import Check, visit_check
from conformance.checks.family import ACCESS
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.listing.visit import Visit
from conformance.sentence import Foreign, Header, Sentence, Status, Value, said
from conformance.spec.contract import Contract
from conformance.spec.lifecycle import Lifecycle, State

MOVED = (301, 302, 303, 307, 308)
GONE = (404, 405, 410, 501)
SIGNALS = {"deprecation": "RFC 9745", "sunset": "RFC 8594"}


@visit_check(
    "operation-exists",
    ACCESS,
    unconditional=True,
    no_proposal="A spec describes an operation that answers; this one does not. Look for its successor.",
    headline="the operation does not answer: {actual}",
)
def operation_exists(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The documented path answers; one that is retired (404, 410), or leads elsewhere, is one finding."""
    exchange = visit.get()
    address = elsewhere(contract, exchange)
    if address:
        yield _moved(contract, exchange, address)
    if exchange.status in GONE:
        yield Contradiction(
            pointer=contract.pointer,
            says=f"{contract.operation} lists the collection",
            expected=said("an answer from the operation"),
            actual=said("{status} for a plain request", status=Status(exchange.status)),
            witness=(exchange,),
        )


def elsewhere(contract: Contract, exchange: Exchange) -> str:
    """The base URL to which an undocumented redirect leads; empty where an answer is none."""
    location: str = exchange.headers.get("location", "")
    if exchange.status not in MOVED or not location or contract.responses_for(exchange.status):
        return ""
    there = urlsplit(urljoin(exchange.request.url, location))
    return f"{there.scheme}://{there.netloc}{there.path.removesuffix(contract.path)}"


def _moved(contract: Contract, exchange: Exchange, address: str) -> Contradiction:
    """A redirect; that the same host wants https is the fault of whoever named the target, and a warning."""
    asked, there = urlsplit(exchange.request.url), urlsplit(address)
    upgraded = (asked.scheme, asked.hostname) == ("http", there.hostname) and there.scheme == "https"
    return Contradiction(
        pointer=contract.pointer,
        says=f"{contract.operation} lists the collection",
        expected=said("an answer from the operation"),
        actual=said("{status} to {address}: use that", status=Status(exchange.status), address=Foreign(address)),
        witness=(exchange,),
        place="moved",
        doubt=Doubt.UNPROMISED if upgraded else None,
    )


@visit_check(
    "lifecycle-current",
    ACCESS,
    unconditional=True,
    recorded=True,
    tends="additive",
    no_proposal="The spec says so already.",
    headline="the operation is not current: {actual}",
)
def lifecycle_current(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The operation is not superseded (a note), not announced to end (a note) and not removed (an error)."""
    lifecycle = contract.lifecycle
    plain = visit.get()
    for name in SIGNALS.keys() & plain.headers.keys():
        says = f"{name.capitalize()} ({SIGNALS[name]}) announces the end of a resource; no documentation names it"
        header, value = Header(name, name.capitalize()), Value(plain.headers[name])
        actual = said("{header}: {value}", header=header, value=value)
        yield _ending(contract, plain, says=says, actual=actual, place=name)
    if lifecycle.state is not State.CURRENT:
        says = "the spec records how the provider's own documents treat the operation"
        doubt = None if lifecycle.state is State.REMOVED else Doubt.NEWS
        yield _ending(contract, plain, says=says, actual=_recorded(lifecycle), doubt=doubt)


def _recorded(lifecycle: Lifecycle) -> Sentence:
    return said(
        "{state}{since}{successor}{stem}",
        state=lifecycle.state,
        since=f" since {lifecycle.since}" if lifecycle.since else "",
        successor=f"; use {lifecycle.successor}" if lifecycle.successor else "",
        stem=f", {lifecycle.successor_stem}" if lifecycle.successor_stem else "",
    )


def _ending(  # noqa: PLR0913 - the parts of a contradiction
    contract: Contract,
    exchange: Exchange,
    *,
    says: str,
    actual: Sentence,
    place: str = "",
    doubt: Doubt | None = Doubt.NEWS,
) -> Contradiction:
    return Contradiction(
        pointer=contract.lifecycle.pointer,
        says=says,
        expected=said("a current operation"),
        actual=actual,
        witness=(exchange,),
        place=place,
        doubt=doubt,
    )


CHECKS: tuple[Check, ...] = (operation_exists, lifecycle_current)
