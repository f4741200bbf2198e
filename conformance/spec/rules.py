"""The rules that hold between the parts of a spec: every name and pointer in it leads somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.errors import SpecError
from conformance.jsontext import elements_of, members_of
from conformance.pointer import MISSING, Expression, Pointer
from conformance.spec.contract import Contract
from conformance.spec.cursors import cursor_rules
from conformance.spec.document import Document, did_you_mean
from conformance.spec.filter_rules import filters
from conformance.spec.holes import HOLE
from conformance.spec.limit import limit_rules, number
from conformance.spec.links import link_rules
from conformance.spec.named_fields import named_fields
from conformance.spec.order_words import order_rules
from conformance.spec.projection import projection_rules
from conformance.spec.promises import Style
from conformance.spec.range_rules import check_ranges
from conformance.spec.row_rules import check_rows


def check_references(document: Document, contract: Contract) -> None:
    """Raise SpecError for the first name or pointer that leads nowhere."""
    for rule in _RULES:
        for error in rule(document, contract):
            raise error


def _operation(document: Document, contract: Contract) -> Iterator[SpecError]:
    if not contract.operation_id.startswith("list_"):
        yield document.error(
            f"{contract.pointer}/operationId",
            f"operationId {contract.operation_id!r} is not list_<resource>",
            hint="Generated clients name the method after it, e.g. list_sessions.",
        )
    if set(contract.path) & set("?#"):
        hint = "What stands behind it is a parameter: document it as one, with its value under given."
        yield document.error(contract.pointer, f"{contract.path!r} is more than a path", hint=hint)
    if not contract.server.startswith(("http://", "https://", HOLE)):
        yield document.error("/servers", "no server", hint="Name the live API's base URL under servers.")


def _page(document: Document, contract: Contract) -> Iterator[SpecError]:
    responses = [response for response in contract.responses if response.status == "200"]
    if not responses or not any("json" in media for media in responses[0].content):
        yield document.error(
            f"{contract.pointer}/responses", "no 200 response with a JSON body", hint="A list operation answers 200."
        )
        return
    if contract.items.header or contract.page.part(contract.items.place).element is None:
        yield document.error(
            f"{contract.pointer}/x-conformance/items",
            f"items: no array at {contract.items} in the schema of the 200 body",
            hint="Point at the array of items, or write $response.body# for a bare array.",
        )


def _parameters(document: Document, contract: Contract) -> Iterator[SpecError]:
    in_query = {parameter.name for parameter in contract.parameters}
    elsewhere = {parameter.name for parameter in (*contract.path_parameters, *contract.header_parameters)}
    for place, kind, name in _named_parameters(contract):
        known = in_query | elsewhere if kind == "given" else in_query
        if name not in known:
            yield document.error(
                place,
                f"{kind} {name!r} is not a documented parameter",
                hint=did_you_mean(name, known, kind="parameters"),
            )


def _named_parameters(contract: Contract) -> Iterator[tuple[str, str, str]]:
    for promise in contract.filters:
        yield f"{promise.pointer}/parameter", "filter", promise.parameter
        if promise.requires:
            yield f"{promise.pointer}/requires", "requires", promise.requires
    if contract.order is not None:
        order = contract.order
        named = {"parameter": order.parameter, "fields/parameter": order.chosen_by}
        named |= {"fields/descending": order.descending_by}
        yield from ((f"{order.pointer}/{key}", "order", name) for key, name in named.items() if name)
    paging = contract.paging if contract.paging is not None and contract.paging.style is not Style.CURSOR else None
    for key, single in (("limit", contract.limit), ("projection", contract.projection), ("paging", paging)):
        if single is not None:
            yield f"{single.pointer}/parameter", key, single.parameter
    for index, name in enumerate(contract.scopes):
        yield contract.pointer.below("x-conformance", "scopes", index), "scope", name
    for name in dict(contract.given):
        yield contract.pointer.below("x-conformance", "given", name), "given", name
    for refusal in contract.refusals:
        kind, _, name = refusal.given.partition("-")
        if (
            kind in {"invalid", "unknown", "unmet", "changed", "expired", "foreign"}
            and refusal.given != "invalid-parameter"
        ):
            yield f"{refusal.pointer}/given", f"refusal of an {kind}", name


def _counting(document: Document, contract: Contract) -> Iterator[SpecError]:
    paging = contract.paging
    if paging is None or paging.cursor is not None:
        return
    yield from number(document, contract, f"{paging.pointer}/parameter", paging.parameter)


def _item_fields(document: Document, contract: Contract) -> Iterator[SpecError]:
    for place, field in named_fields(contract):
        if contract.item.find(field) is None:
            fields = [f"/{name}" for name in contract.item.members]
            yield document.error(
                place, f"no schema has {field} in an item", hint=did_you_mean(field, fields, kind="fields")
            )


def _expressions(document: Document, contract: Contract) -> Iterator[SpecError]:
    read = {promise.pointer: promise.value for promise in contract.counters}
    read |= {promise.pointer: promise.value for promise in contract.edges}
    for place, value in read.items():
        yield from _expression(document, contract, place.below("value"), value)
    if contract.paging is not None and contract.paging.cursor is not None:
        keys = {Style.LINK_HEADER: "style", Style.NEXT_URL: "next", Style.LAST_ITEM: "more"}
        key, place = keys.get(contract.paging.style, ""), contract.paging.pointer
        place = place.below(key) if key else place.below("parameters", contract.paging.parameter)
        yield from _expression(document, contract, place, contract.paging.cursor)


def _expression(document: Document, contract: Contract, place: str, expression: Expression) -> Iterator[SpecError]:
    if expression.header:
        known = list(contract.responses_for(200)[0].headers)
        if expression.header.lower() not in {name.lower() for name in known}:
            hint = did_you_mean(expression.header, known, kind="headers")
            yield document.error(place, f"no header {expression.header!r} in the 200 response", hint=hint)
    elif contract.page.find(expression.place) is None:
        yield document.error(
            place, f"no schema has {expression}", hint="The pointer must lead into the schema of the 200 body."
        )


def _links(document: Document, contract: Contract) -> Iterator[SpecError]:
    where = contract.pointer.below("responses", "200", "links")
    links: Mapping[str, Any] = members_of(where.get(document.content))
    known = {parameter.name for parameter in contract.parameters}
    for name, link in links.items():
        place = where.below(name)
        if link.get("operationId") != contract.operation_id:
            hint = f"A next-page link leads the operation to itself: operationId {contract.operation_id}."
            yield document.error(f"{place}/operationId", f"link {name!r} leads to no operation of this spec", hint=hint)
        for parameter in set(link.get("parameters", {})) - known:
            hint = did_you_mean(parameter, known, kind="parameters")
            at = place.below("parameters", parameter)
            yield document.error(
                at, f"link {name!r} sets {parameter!r}, which is not a documented parameter", hint=hint
            )
    paging = _extension(document, contract).get("paging")
    styled = paging is not None and "style" in paging
    if styled and "next_page" in links:
        hint = "A Link Object leads on by what an answer holds; a style says what no Link Object can. Keep one of them."
        yield document.error(f"{where}/next_page", "paging is described twice", hint=hint)
    elif not styled and ("next_page" in links) is not (paging is not None):
        hint = "A link named next_page and x-conformance.paging come together, or not at all; or paging has a style."
        yield document.error(where, "paging is half described", hint=hint)
    elif "next_page" in links and not links["next_page"].get("parameters"):
        hint = "Say which parameter takes the cursor."
        yield document.error(f"{where}/next_page", "link 'next_page' sets no parameter", hint=hint)


def _extension(document: Document, contract: Contract) -> Mapping[str, Any]:
    return members_of(contract.pointer.below("x-conformance").get(document.content))


def _security(document: Document, contract: Contract) -> Iterator[SpecError]:
    schemes = document.content.get("components", {}).get("securitySchemes", {})
    for around in (Pointer(), contract.pointer):
        for index, names in enumerate(elements_of(around.below("security").get(document.content))):
            for name in sorted(set(members_of(names)) - set(schemes)):
                hint = did_you_mean(name, schemes, kind="security schemes")
                yield document.error(around.below("security", index), f"no security scheme {name!r}", hint=hint)
    yield from _sendable(document, contract)
    if contract.credentials and not any(each.is_fed for each in contract.security):
        lacking = next(one for one in contract.credentials if not one.env)
        alone = not any(one.env for one in contract.credentials)
        told = "no security scheme has x-env" if alone else f"{lacking.scheme} has no x-env, and nothing else is enough"
        yield document.error(lacking.pointer, told, hint="Name the environment variable of the credential with x-env.")


def _sendable(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What counts only together stands in one request."""
    for requirement in contract.security:
        (place, often), *_ = Counter(one.place for one in requirement.credentials).most_common(1)
        if often > 1:
            first, second, *_ = (one for one in requirement.credentials if one.place == place)
            told = f"{first.scheme} and {second.scheme} count together, and one request carries one {first.name}"
            yield document.error(second.pointer, told, hint="Let one alternative under security name one of them.")


def _deviations(document: Document, contract: Contract) -> Iterator[SpecError]:
    for index, deviation in enumerate(_extension(document, contract).get("deviations", ())):
        if Pointer(deviation["pointer"]).get(document.content) is MISSING:
            place = contract.pointer.below("x-conformance", "deviations", index, "pointer")
            hint = "A deviation points at the part of the spec that it explains."
            yield document.error(place, f"nothing is at {deviation['pointer']}", hint=hint)


_RULES = (
    _operation,
    _page,
    check_rows,
    _parameters,
    _counting,
    order_rules,
    limit_rules,
    filters,
    projection_rules,
    _item_fields,
    _expressions,
    link_rules,
    check_ranges,
    _links,
    cursor_rules,
    _security,
    _deviations,
)
