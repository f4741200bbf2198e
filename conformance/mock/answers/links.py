"""What a page shows of the next one: a `Link` header (RFC 8288), an address, or an array of links with it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from conformance.mock.answers.request import Request
from conformance.mock.collection.example import example
from conformance.mock.collection.values import Json
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Paging
from conformance.spec.schema import Schema

NEXT = 'rel="next"'


def links(contract: Contract, request: Request, following: Json) -> str:
    """Links from the page of a request to the first one, and to the next unless `following` is None."""
    parameter = contract.paging.parameter if contract.paging is not None else ""
    kept = _kept(contract, request)
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
    return _at(contract, request, [*_kept(contract, request), (parameter, str(following))])


def with_others(contract: Contract, request: Request, found: Json) -> Json:
    """What leads on as a page shows it: where an array of links does, beside those to the page itself and the first."""
    paging = contract.paging
    if paging is None or paging.cursor is None or not paging.rel:
        return found
    known = {one.name for one in contract.parameters}
    here = [(name, value) for name, value in request.query if name in known]
    others = {"self": _at(contract, request, here), "first": _at(contract, request, _kept(contract, request))}
    element = contract.page.part(paging.cursor.place).element
    beside = [link for name, url in others.items() if _is_good(element, link := _element(contract, name, url))]
    return beside if found is MISSING else [*beside, _element(contract, paging.rel, found)]


def _element(contract: Contract, relation: str, url: Json) -> Json:
    """A link of the documented shape."""
    paging = contract.paging
    element = contract.page.part(paging.cursor.place).element if paging is not None and paging.cursor else None
    link = example(contract, {} if element is None else element.keywords)
    for place, value in zip(paging.entries if paging is not None else (), (relation, url), strict=False):
        place.put(link, value)
    return link


def _is_good(element: Schema | None, link: Json) -> bool:
    return element is None or element.validator.is_valid(link)


def led_by(paging: Paging, found: Json) -> Json:
    """What leads on of what a page shows: in an array of links an address, `MISSING` where no link has the relation."""
    if not paging.rel:
        return found
    relation, place = paging.entries
    links = found if isinstance(found, list) else []
    return next((place.get(one) for one in links if relation.get(one) == paging.rel), MISSING)


def _kept(contract: Contract, request: Request) -> list[tuple[str, str]]:
    """The documented part of a query, without what leads to the page."""
    parameter = contract.paging.parameter if contract.paging is not None else ""
    known = {one.name for one in contract.parameters} - {parameter}
    return [(name, value) for name, value in request.query if name in known]


def _at(contract: Contract, request: Request, query: list[tuple[str, str]]) -> str:
    host = request.headers.get("host", urlsplit(contract.server).netloc)
    return f"http://{host}{contract.address}?{urlencode(query)}"


def asked_for(url: str, parameter: str) -> str | None:
    """What an address asks for the next page by; None where it does not."""
    return next(iter(parse_qs(urlsplit(url).query).get(parameter, ())), None)


def _link(contract: Contract, query: list[tuple[str, str]], relation: str) -> str:
    # A relative reference: clients resolve it against the request's own URL.
    return f"<{contract.address}?{urlencode(query)}>; {relation}"
