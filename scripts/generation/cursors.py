"""Code of the runtime's `Cursor`: where a page says what leads to the next, or how that is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generation.document import tokens
from generation.operation import STARTS, cursor_place
from generation.paths import element_at

if TYPE_CHECKING:
    from generation.view import View


def cursor_code(view: View, name: str, expression: str) -> str:
    """Write the `Cursor` that leads from a page to the next by one parameter."""
    if paging := view.operation.paging:
        style = paging["style"]
        if style in {"next-url", "last-item"}:
            return _styled(view, name, paging)
        start = paging.get("start", STARTS[style])
        return f"Cursor(style={style!r}, parameter={name!r}, start={start!r})"
    attributes, header, keys = _place(
        view, name, expression, (*view.operation.place, "responses", view.operation.success, "links")
    )
    argument = next(each for each in view.arguments if each.wire == name)
    return f"Cursor({attributes!r}, {header!r}, {keys!r}, {argument.is_numeric})"


def _styled(view: View, name: str, paging: dict[str, Any]) -> str:
    """Write the cursor of a style that an answer itself leads on by."""
    style, extension = paging["style"], (*view.operation.place, "x-conformance", "paging")
    key = "next" if style == "next-url" else "more"
    attributes, header, keys = _place(view, name, str(paging.get(key)), (*extension, key))
    place = f"{attributes!r}, {header!r}, {keys!r}, style={style!r}, parameter={name!r}"
    if style == "next-url":
        link = f", link={_link(view, paging)}" if "rel" in paging else ""
        return f"Cursor({place}{link})"
    field = tokens(str(paging.get("field") or view.operation.conformance.get("identity", "/id")))
    item = tuple(view.attributes(view.item, field))
    return f"Cursor({place}, item={item!r}, item_keys={tuple(field)!r})"


def _link(view: View, paging: dict[str, Any]) -> str:
    """Write the `LinkRelation` of the element that leads on in an array of links."""
    keys = tokens(str(paging["next"]).partition("#")[2])
    element = element_at(view.models, view.page, keys)
    if element is None:
        hint = "rel goes with an array of objects that the response's schema describes."
        place = (*view.operation.place, "x-conformance", "paging", "next")
        raise view.operation.document.error(place, f"no array of links at {paging['next']}", hint=hint)
    places = {"key": "/rel", "value": "/href", **paging.get("entries", {})}
    relation, address = tokens(places["key"]), tokens(places["value"])
    attributes = [tuple(view.attributes(element, each)) for each in (relation, address)]
    told = [paging["rel"], *attributes, tuple(relation), tuple(address), tuple(view.models.blanks(element, ()))]
    return f"LinkRelation({', '.join(map(repr, told))})"


def _place(
    view: View, name: str, expression: str, where: tuple[str, ...]
) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """Give the attributes, or the header, that a runtime expression reads, and the keys in the JSON."""
    place = cursor_place(expression)
    if place is None or (place[0] and view.page is None):
        hint = "A cursor is $response.body#/… of an object body, or $response.header.…"
        raise view.operation.document.error(where, f"{name}: {expression!r}", hint=hint)
    keys, header = place
    attributes = view.attributes(view.page, keys) if view.page and keys else []
    return tuple(attributes), header, tuple(keys)
