"""How a page that a test serves shows what leads to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from listing_runtime.operation import Cursor, LinkRelation

WORD = "cursor-"
BASE = 1_000_000_000_000
"""Added to positions where cursors are integers: documented timestamps are no smaller."""


def write(cursor: Cursor, following: int | None, body: object, headers: dict[str, str]) -> None:
    """Show in body or headers that a page begins at a position; None ends the walk."""
    if cursor.style == "link-header" and following is not None:
        headers["Link"] = f'<?{cursor.parameter}={WORD}{following}>; rel="next"'
    if cursor.style not in {"cursor", "next-url"}:
        return
    lead = f"?{cursor.parameter}={WORD}" if cursor.style == "next-url" else WORD
    if cursor.header is not None:
        headers |= {} if following is None else {cursor.header: f"{lead}{following}"}
        return
    number: object = following
    if following is not None:
        number = following + BASE if cursor.numeric else f"{lead}{following}"
    if cursor.link is not None:
        number = [] if number is None else [_linked(cursor.link, number)]
    put(body, cursor.keys, number)


def _linked(link: LinkRelation, address: object) -> dict[str, Any]:
    """Give the element of an array of links that leads on."""
    element: dict[str, Any] = {}
    for keys, value in ((link.relation_keys, link.rel), (link.address_keys, address), *link.blank):
        put(element, keys, value)
    return element


def put(body: object, keys: tuple[str, ...], value: object) -> None:
    """Set what stands at keys, where nothing does yet."""
    around: Any = body
    for key in keys[:-1]:
        around = around.setdefault(key, {})
    if keys:
        around.setdefault(keys[-1], value)
