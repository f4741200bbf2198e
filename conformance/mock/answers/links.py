"""What a page shows of the next one: a `Link` header (RFC 8288), an address, or a flag."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from conformance.mock.answers.request import Request
from conformance.mock.collection.values import Json
from conformance.spec.contract import Contract

NEXT = 'rel="next"'


def links(contract: Contract, request: Request, following: Json) -> str:
    """Links from the page of a request to the first one, and to the next unless `following` is None."""
    parameter = contract.paging.parameter if contract.paging is not None else ""
    known = {one.name for one in contract.parameters} - {parameter}
    kept = [(name, value) for name, value in request.query if name in known]
    first = _link(contract, kept, 'rel="first"')
    if following is None:
        return first
    return f"{first}, {_link(contract, [*kept, (parameter, str(following))], NEXT)}"


def target_of(header: str, parameter: str) -> str | None:
    """What the next page of a header that `links` wrote is asked for by; None where there is none."""
    for part in header.split(", "):
        target, _, relation = part.removeprefix("<").partition(">; ")
        if relation == NEXT:
            return parse_qs(urlsplit(target).query)[parameter][0]
    return None


def address(contract: Contract, request: Request, following: Json) -> str:
    """The address of the next page, at the host that was asked."""
    parameter = contract.paging.parameter if contract.paging is not None else ""
    known = {one.name for one in contract.parameters} - {parameter}
    kept = [(name, value) for name, value in request.query if name in known]
    host = request.headers.get("host", urlsplit(contract.server).netloc)
    return f"http://{host}{contract.address}?{urlencode([*kept, (parameter, str(following))])}"


def asked_for(url: str, parameter: str) -> str | None:
    """What an address asks for the next page by; None where it does not."""
    return next(iter(parse_qs(urlsplit(url).query).get(parameter, ())), None)


def _link(contract: Contract, query: list[tuple[str, str]], relation: str) -> str:
    # A relative reference: clients resolve it against the request's own URL.
    return f"<{contract.address}?{urlencode(query)}>; {relation}"
