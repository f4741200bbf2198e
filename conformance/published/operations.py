"""Where a published document has an operation, and where else it may have gone."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from attrs import frozen

from conformance.errors import SpecError
from conformance.pointer import Pointer
from conformance.published.document import Node, Published
from conformance.published.names import plain, template
from conformance.published.servers import servers
from conformance.spec.contract import Contract

NEAR = 0.6
METHODS = frozenset({"put", "post", "delete", "patch"})


@frozen
class Operation:
    """A published operation and the path item around it."""

    path: str
    node: Node
    item: Node


def find(document: Published, contract: Contract) -> Operation | None:
    """The operation at the contract's path and method; a path may begin in the URL of a server."""
    item = _item(document, contract)
    return _read(document, *item, contract.method) if item is not None else None


def operation_at(document: Published, path: str, method: str) -> Operation | None:
    """The operation at exactly this path."""
    items = (document.resolve(item) for one, item in _items(document) if one == path)
    return next((_read(document, path, item, method) for item in items), None)


def _read(document: Published, path: str, item: Node, method: str) -> Operation | None:
    """The operation of a path item, its reference followed; OpenAPI allows none there, and documents have them."""
    node = item.part(method.lower())
    found = document.resolve(node) if node is not None else None
    return Operation(path, found, item) if found is not None and isinstance(found.value, Mapping) else None


def _item(document: Published, contract: Contract) -> tuple[str, Node] | None:
    """The path and its item, whose reference is followed; raises SpecError where that leads nowhere."""
    here = (one for one in _items(document) if template(one[0]) == template(contract.path))
    found = next(here, None) or next(_through_servers(document, contract), None)
    return None if found is None else (found[0], document.resolve(found[1]))


def _through_servers(document: Published, contract: Contract) -> Iterator[tuple[str, Node]]:
    """Path items whose URL is the contract's, wherever the URL of the server ends and the path begins."""
    wanted = {template(contract.path), template(urlsplit(contract.server).path.rstrip("/") + contract.path)}
    for path, item in _followed(document):
        node = item.part(contract.method.lower()) or item
        for server in servers(document, node, item) or [""]:
            if template(urlsplit(server).path.rstrip("/") + path) in wanted:
                yield path, item


def _items(document: Published) -> Iterator[tuple[str, Node]]:
    """Paths and what stands there, references not followed."""
    for path, item in document.content["paths"].items():
        if isinstance(item, Mapping) and str(path).startswith("/"):
            yield str(path), Node(item, Pointer.of("paths", str(path)))


def _followed(document: Published) -> Iterator[tuple[str, Node]]:
    """Paths and their items, references followed where they lead to something in this document."""
    for path, item in _items(document):
        try:
            yield path, document.resolve(item)
        except SpecError:
            yield path, item


def _operation(path: str, item: Node, method: str) -> Operation | None:
    node = item.part(method.lower())
    return Operation(path, node, item) if node is not None and isinstance(node.value, Mapping) else None


def whereabouts(document: Published, contract: Contract) -> str:
    """What may have become of an operation that is not published: other methods, its name elsewhere, its successor."""
    here = _item(document, contract)
    methods = sorted(set(here[1].value) & METHODS) if here is not None else []
    if methods:
        return f"the path has {', '.join(methods).upper()} alone"
    others = [one for path, item in _followed(document) if (one := _operation(path, item, contract.method)) is not None]
    successor = contract.lifecycle.successor.removeprefix(f"{contract.method} ").strip()
    if successor and any(one.path == successor for one in others):
        return f"its successor {contract.method} {successor} is published"
    named = [one for one in others if plain(str(one.node.value.get("operationId", ""))) == plain(contract.operation_id)]
    if named:
        return f"{contract.method} {named[0].path} has the operationId {named[0].node.value['operationId']!r}"
    near = difflib.get_close_matches(contract.path, [one.path for one in others], n=1, cutoff=NEAR)
    return f"the nearest path is {contract.method} {near[0]}" if near else "no path resembles it"
