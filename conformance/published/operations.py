"""Where a published document has an operation, and where else it may have gone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from attrs import frozen

from conformance import pointer
from conformance.contract import Contract
from conformance.published.document import Node, Published
from conformance.published.names import plain

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
    return _operation(*item, contract.method) if item is not None else None


def operation_at(document: Published, path: str, method: str) -> Operation | None:
    """The operation at exactly this path."""
    return next((_operation(one, item, method) for one, item in _items(document) if one == path), None)


def _item(document: Published, contract: Contract) -> tuple[str, Node] | None:
    paths = [(path, item) for path, item in _items(document) if _template(path) == _template(contract.path)]
    return paths[0] if paths else next(_through_servers(document, contract), None)


def _through_servers(document: Published, contract: Contract) -> Iterator[tuple[str, Node]]:
    """Path items whose URL is the contract's, wherever the URL of the server ends and the path begins."""
    wanted = {_template(contract.path), _template(urlsplit(contract.server).path.rstrip("/") + contract.path)}
    for path, item in _items(document):
        node = item.part(contract.method.lower()) or item
        for server in servers(document, Operation(path, node, item)):
            if _template(urlsplit(server).path.rstrip("/") + path) in wanted:
                yield path, item


def _items(document: Published) -> Iterator[tuple[str, Node]]:
    for path, item in document.content["paths"].items():
        node = Node(item, pointer.join("/paths", str(path)))
        if isinstance(item, Mapping):
            yield str(path), document.resolve(node) if {"$ref", "<<"} & item.keys() else node


def _operation(path: str, item: Node, method: str) -> Operation | None:
    node = item.part(method.lower())
    return Operation(path, node, item) if node is not None and isinstance(node.value, Mapping) else None


def _template(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def servers(document: Published, operation: Operation) -> list[str]:
    """The base URLs that are published for an operation, variables at their defaults; empty where none is."""
    for around in (operation.node, operation.item, document.at("")):
        listed = around.part("servers") if around is not None else None
        if listed is not None and isinstance(listed.value, list) and listed.value:
            return [_url(server) for server in listed.value if isinstance(server, Mapping)]
    return []


def _url(server: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url.rstrip("/")


def whereabouts(document: Published, contract: Contract) -> str:
    """What may have become of an operation that is not published: other methods, its name elsewhere, its successor."""
    here = _item(document, contract)
    methods = sorted(set(here[1].value) & METHODS) if here is not None else []
    if methods:
        return f"the path has {', '.join(methods).upper()} alone"
    others = [one for path, item in _items(document) if (one := _operation(path, item, contract.method)) is not None]
    successor = contract.lifecycle.successor.removeprefix(f"{contract.method} ").strip()
    if successor and any(one.path == successor for one in others):
        return f"its successor {contract.method} {successor} is published"
    named = [one for one in others if plain(str(one.node.value.get("operationId", ""))) == plain(contract.operation_id)]
    if named:
        return f"{contract.method} {named[0].path} has the operationId {named[0].node.value['operationId']!r}"
    near = difflib.get_close_matches(contract.path, [one.path for one in others], n=1, cutoff=NEAR)
    return f"the nearest path is {contract.method} {near[0]}" if near else "no path resembles it"
