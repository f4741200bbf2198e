"""Readings of an array of links: no page says in which order they stand, and what stands beside the next page's."""

from __future__ import annotations

import copy

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.next_page import paging_of
from conformance.mock.faults.tools import envelope, read
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, on_pages
from conformance.spec.contract import Contract

OTHER = ("last", "prev", "alternate")


def _has_links(contract: Contract) -> bool:
    return contract.paging is not None and bool(contract.paging.rel)


def _turned(scene: Scene) -> Answer:
    """The links the other way round, and further ones, each as its schema lets it be, on both sides."""
    paging = paging_of(scene)
    if paging.cursor is None:
        return scene.answer
    links = read(scene, paging.cursor)
    element = scene.contract.page.part(paging.cursor.place).element
    others = [copy.deepcopy(links[0]) for _ in OTHER] if links else []
    for name, link in zip(OTHER, others, strict=False):
        paging.entries[0].put(link, name)
    kept = [link for link in others if element is None or element.validator.is_valid(link)]
    return envelope(scene, paging.cursor, [*kept[:1], *links[::-1], *kept[1:]])


READINGS = (
    Reading(
        name="links-in-another-order",
        says="The link to the next page stands among others, in no order.",
        applies=_has_links,
        garble=on_pages(_turned),
    ),
)
