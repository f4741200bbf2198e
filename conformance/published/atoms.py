"""What a schema is made of: which schemas of the document, and how they are laid together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from conformance.published.document import Node, Published
from conformance.published.keywords import elements

COMPOSED = ("allOf", "anyOf")


def made_of(document: Published, node: Node) -> Hashable:
    """What a schema is made of.

    A place is no name for it: fields of schemas that hold at once are composed anew for each place, and where one of
    them leads back to itself, their places grow for ever, while what they are made of comes again.
    """
    found = document.resolve(node)
    keyword = _composed(found)
    return keyword, frozenset(_atoms(document, node, set()))


def _atoms(document: Published, node: Node, seen: set[Hashable]) -> Iterator[Hashable]:
    *referring, found = document.chain(node)
    beside = [id(one.value) for one in referring if len(one.value) > 1]
    # A schema that is written once is one object, wherever it is reached from; `true` is one everywhere.
    atom: Hashable = id(found.value) if isinstance(found.value, dict) else found.place
    if atom in seen:
        return
    seen.add(atom)
    yield from beside
    keyword = _composed(found)
    if not keyword:
        yield atom
        return
    for part in elements(found, keyword):
        yield from _atoms(document, part, seen)


def _composed(node: Node) -> str:
    """The keyword that is all that a schema says."""
    said = list(node.value) if isinstance(node.value, dict) else []
    return said[0] if len(said) == 1 and said[0] in COMPOSED else ""
