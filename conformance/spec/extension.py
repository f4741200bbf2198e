"""The contract built from a valid document; `specs` has validated it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conformance.pointer import TOP, Expression, Pointer
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts
from conformance.spec.cursors import cursor_words
from conformance.spec.document import Document
from conformance.spec.filters import filter_of, with_searched_fields
from conformance.spec.lifecycle import Lifecycle, State
from conformance.spec.limit import limit_of, without_cap
from conformance.spec.links import link_words
from conformance.spec.openapi import Part, parameter, referred, response, security
from conformance.spec.order_words import order_in
from conformance.spec.projection import projection_of
from conformance.spec.promised import promised
from conformance.spec.promises import (
    Bond,
    Edge,
    Finished,
    Invariant,
    Paging,
    Promise,
    Refusal,
    Style,
)
from conformance.spec.query import encoded
from conformance.spec.rows import rows_of


def build(document: Document, where: Pointer, *, stem: str) -> Contract:
    """The contract of the operation at the pointer `where`."""
    content = document.content
    operation: Any = where.get(content)
    _, path, method = where.tokens
    extension = operation["x-conformance"]
    place = where.below("x-conformance")
    described = [
        parameter(content, given, where.below("parameters", index))
        for index, given in enumerate(operation.get("parameters", ()))
    ]
    in_query = tuple(one for one in described if one.place not in {"path", "header"})
    parameters = without_cap(in_query, extension.get("limit", {}))
    contract = Contract(
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
        lifecycle=_lifecycle(extension["lifecycle"], place.below("lifecycle")),
        security=security(content, operation),
        parameters=parameters,
        path_parameters=tuple(one for one in described if one.place == "path"),
        header_parameters=tuple(one for one in described if one.place == "header"),
        responses=tuple(
            response(content, status, given, where.below("responses", status))
            for status, given in operation["responses"].items()
        ),
        items=Expression.parse(extension["items"]),
        rows=rows_of(extension.get("rows"), place.below("rows")),
        identity=Pointer(extension["identity"]),
        order=order_in(extension.get("order"), place.below("order"), in_query),
        limit=limit_of(extension.get("limit"), place.below("limit"), in_query),
        paging=_paging(content, operation, where, extension.get("paging")),
        filters=tuple(filter_of(given, at, parameters) for given, at in _each(extension, "filters", place)),
        projection=projection_of(extension.get("projection"), place.below("projection")),
        scopes=tuple(extension.get("scopes", ())),
        given=encoded(described, extension.get("given", {})),
        counters=tuple(_counter(given, at) for given, at in _each(extension, "counters", place)),
        edges=tuple(_edge(given, at, extension["identity"]) for given, at in _each(extension, "edges", place)),
        invariants=tuple(_invariant(given, at) for given, at in _each(extension, "invariants", place)),
        refusals=tuple(_refusal(given, at) for given, at in _each(extension, "refusals", place)),
        finished=_finished(extension.get("finished"), place.below("finished")),
        retention=_retention(extension.get("retention"), place.below("retention")),
    )
    return with_searched_fields(contract)


def _each(extension: Part, key: str, place: Pointer) -> list[tuple[Part, Pointer]]:
    return [(given, place.below(key, index)) for index, given in enumerate(extension.get(key, ()))]


def _lifecycle(given: Part, place: Pointer) -> Lifecycle:
    return Lifecycle(
        state=State(given["state"]),
        successor=given.get("successor", ""),
        successor_stem="",
        since=given.get("since", ""),
        source=given.get("source", ""),
        pointer=place,
    )


def _paging(content: Part, operation: Part, where: Pointer, given: Part | None) -> Paging | None:
    if given is not None and "style" in given:
        return _styled(given, operation["x-conformance"], where.below("x-conformance", "paging"))
    success = referred(content, operation["responses"].get("200", {}))
    link = success.get("links", {}).get("next_page")
    if link is None or given is None:
        return None
    parameter, cursor = next(iter(referred(content, link).get("parameters", {"": ""}).items()))
    place = where.below("responses", "200", "links", "next_page")
    return Paging(
        parameter=parameter,
        cursor=Expression.parse(cursor),
        ends=tuple(given["ends"]),
        **cursor_words(given),
        **promised(given, place),
    )


def _styled(given: Part, extension: Part, place: Pointer) -> Paging:
    style = Style(given["style"])
    cursors = {
        Style.LINK_HEADER: "$response.header.Link",
        Style.NEXT_URL: given.get("next"),
        Style.LAST_ITEM: given.get("more"),
    }
    cursor = cursors.get(style)
    ends: Mapping[Style, Sequence[str]] = {
        Style.LINK_HEADER: ("absent",),
        Style.NEXT_URL: given.get("ends", ("absent",) if "rel" in given else ("absent", "null")),
        Style.LAST_ITEM: ("false",),
    }
    return Paging(
        parameter=given["parameter"],
        cursor=Expression.parse(cursor) if cursor else None,
        ends=tuple(ends.get(style, ())),
        style=style,
        start=given.get("start", 1 if style is Style.PAGE_NUMBER else 0),
        items=Expression.parse(extension["items"]) if style is Style.LAST_ITEM else None,
        field=Pointer(given.get("field", extension["identity"])) if style is Style.LAST_ITEM else TOP,
        **link_words(given),
        **cursor_words(given),
        **promised(given, place),
    )


def _counter(given: Part, place: Pointer) -> Counter:
    return Counter(
        value=Expression.parse(given["value"]),
        counts=Counts(given["counts"]),
        where=given.get("where", {}),
        filtered=given.get("filtered", "where" not in given),
        unit=given.get("unit", "items") if "form" in given else "",
        **promised(given, place),
    )


def _edge(given: Part, place: Pointer, identity: str) -> Edge:
    return Edge(
        value=Expression.parse(given["value"]),
        item=given["item"],
        field=Pointer(given.get("field", identity)),
        **promised(given, place),
    )


def _invariant(given: Part, place: Pointer) -> Invariant:
    right = given.get("right", ())
    return Invariant(
        left=Pointer(given["left"]),
        relation=Bond(given["relation"]),
        right=tuple(map(Pointer, [right] if isinstance(right, str) else right)),
        field=Pointer(given.get("field", "")),
        values=tuple(given.get("in", ())),
        tolerance=given.get("tolerance", 0),
        otherwise=given.get("otherwise"),
        **promised(given, place),
    )


def _refusal(given: Part, place: Pointer) -> Refusal:
    statuses = tuple(str(status) for status in given["status"])
    return Refusal(given=given["given"], status=statuses, **promised(given, place))


def _finished(given: Part | None, place: Pointer) -> Finished | None:
    if given is None:
        return None
    return Finished(field=Pointer(given["field"]), values=tuple(given["in"]), **promised(given, place))


def _retention(given: Part | None, place: Pointer) -> Promise | None:
    return None if given is None else Promise(**promised(given, place))
