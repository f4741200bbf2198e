"""The contract built from a valid document; `specs` has validated it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conformance import pointer
from conformance.pointer import Expression
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.openapi import credentials, parameter, referred, response
from conformance.spec.promises import (
    Bond,
    Counter,
    Counts,
    Filter,
    Finished,
    Invariant,
    Lifecycle,
    Limit,
    Order,
    Paging,
    Parameter,
    Promise,
    Refusal,
    Relation,
    State,
    Style,
)
from conformance.spec.query import encoded

Json = Mapping[str, Any]


def build(document: Document, where: str, *, stem: str) -> Contract:
    """The contract of the operation at the pointer `where`."""
    content = document.content
    operation = pointer.get(content, where)
    _, path, method = pointer.split(where)
    extension = operation["x-conformance"]
    place = f"{where}/x-conformance"
    parameters = tuple(
        parameter(content, given, pointer.join(where, "parameters", index))
        for index, given in enumerate(operation.get("parameters", ()))
    )
    return Contract(
        stem=stem,
        path=path,
        method=method.upper(),
        operation_id=operation.get("operationId", ""),
        summary=operation.get("summary", ""),
        tag=(operation.get("tags") or ["default"])[0],
        server=(content.get("servers") or [{"url": ""}])[0]["url"].rstrip("/"),
        document=content,
        file=document.file,
        lines=document.lines,
        text=document.text,
        source=extension["source"],
        lifecycle=_lifecycle(extension["lifecycle"], f"{place}/lifecycle"),
        credentials=credentials(content, operation),
        parameters=parameters,
        responses=tuple(
            response(content, status, given, pointer.join(where, "responses", status))
            for status, given in operation["responses"].items()
        ),
        items=Expression.parse(extension["items"]),
        identity=extension["identity"],
        order=_order(extension.get("order"), f"{place}/order"),
        limit=_limit(extension.get("limit"), f"{place}/limit", parameters),
        paging=_paging(content, operation, where, extension.get("paging")),
        filters=tuple(_filter(given, at) for given, at in _each(extension, "filters", place)),
        scopes=tuple(extension.get("scopes", ())),
        given=encoded(parameters, extension.get("given", {})),
        counters=tuple(_counter(given, at) for given, at in _each(extension, "counters", place)),
        invariants=tuple(_invariant(given, at) for given, at in _each(extension, "invariants", place)),
        refusals=tuple(_refusal(given, at) for given, at in _each(extension, "refusals", place)),
        finished=_finished(extension.get("finished"), f"{place}/finished"),
        retention=_retention(extension.get("retention"), f"{place}/retention"),
    )


def _each(extension: Json, key: str, place: str) -> list[tuple[Json, str]]:
    return [(given, pointer.join(place, key, index)) for index, given in enumerate(extension.get(key, ()))]


def _promise(given: Json, place: str) -> dict[str, Any]:
    return {"says": given["says"], "pointer": place, "stated": given.get("meaning") != "unstated"}


def _lifecycle(given: Json, place: str) -> Lifecycle:
    return Lifecycle(
        state=State(given["state"]),
        successor=given.get("successor", ""),
        since=given.get("since", ""),
        pointer=place,
    )


def _order(given: Json | None, place: str) -> Order | None:
    if given is None:
        return None
    return Order(
        by=tuple(given["by"]),
        direction=given["direction"],
        parameter=given.get("parameter", ""),
        ties=given.get("ties", "same"),
        **_promise(given, place),
    )


def _limit(given: Json | None, place: str, parameters: tuple[Parameter, ...]) -> Limit | None:
    if given is None:
        return None
    schema = next((known.schema for known in parameters if known.name == given["parameter"]), {})
    return Limit(
        parameter=given["parameter"],
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        default=schema.get("default"),
        full=given.get("full", ""),
        **_promise(given, place),
    )


def _paging(content: Json, operation: Json, where: str, given: Json | None) -> Paging | None:
    if given is not None and "style" in given:
        return _styled(given, operation["x-conformance"], f"{where}/x-conformance/paging")
    success = referred(content, operation["responses"].get("200", {}))
    link = success.get("links", {}).get("next_page")
    if link is None or given is None:
        return None
    parameter, cursor = next(iter(referred(content, link).get("parameters", {"": ""}).items()))
    place = pointer.join(where, "responses", "200", "links", "next_page")
    return Paging(
        parameter=parameter, cursor=Expression.parse(cursor), ends=tuple(given["ends"]), **_promise(given, place)
    )


def _styled(given: Json, extension: Json, place: str) -> Paging:
    style = Style(given["style"])
    cursors = {
        Style.LINK_HEADER: "$response.header.Link",
        Style.NEXT_URL: given.get("next"),
        Style.LAST_ITEM: given.get("more"),
    }
    cursor = cursors.get(style)
    ends: Mapping[Style, Sequence[str]] = {
        Style.LINK_HEADER: ("absent",),
        Style.NEXT_URL: given.get("ends", ("absent", "null")),
        Style.LAST_ITEM: ("false",),
    }
    return Paging(
        parameter=given["parameter"],
        cursor=Expression.parse(cursor) if cursor else None,
        ends=tuple(ends.get(style, ())),
        style=style,
        start=given.get("start", 1 if style is Style.PAGE_NUMBER else 0),
        items=Expression.parse(extension["items"]) if style is Style.LAST_ITEM else None,
        field=given.get("field", extension["identity"]) if style is Style.LAST_ITEM else "",
        **_promise(given, place),
    )


def _filter(given: Json, place: str) -> Filter:
    return Filter(
        parameter=given["parameter"],
        field=given["field"],
        relation=Relation(given["relation"]),
        encoding=given.get("encoding", ""),
        requires=given.get("requires", ""),
        bound_stated=given.get("bound") != "unstated",
        **_promise(given, place),
    )


def _counter(given: Json, place: str) -> Counter:
    return Counter(
        value=Expression.parse(given["value"]),
        counts=Counts(given["counts"]),
        where=given.get("where", {}),
        **_promise(given, place),
    )


def _invariant(given: Json, place: str) -> Invariant:
    right = given.get("right", ())
    return Invariant(
        left=given["left"],
        relation=Bond(given["relation"]),
        right=(right,) if isinstance(right, str) else tuple(right),
        field=given.get("field", ""),
        values=tuple(given.get("in", ())),
        tolerance=given.get("tolerance", 0),
        **_promise(given, place),
    )


def _refusal(given: Json, place: str) -> Refusal:
    statuses = tuple(str(status) for status in given["status"])
    return Refusal(given=given["given"], status=statuses, **_promise(given, place))


def _finished(given: Json | None, place: str) -> Finished | None:
    if given is None:
        return None
    return Finished(field=given["field"], values=tuple(given["in"]), **_promise(given, place))


def _retention(given: Json | None, place: str) -> Promise | None:
    return None if given is None else Promise(**_promise(given, place))
