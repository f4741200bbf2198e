"""Where a published document has an operation, and where else it may have gone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from attrs import frozen

from conformance.contract import Contract
from conformance.published.document import Node, Published
from conformance.published.names import plain

NEAR = 0.6


@frozen
class Operation:
    """A published operation and the path item around it."""

    path: str
    node: Node
    item: Node


def find(document: Published, contract: Contract) -> Operation | None:
    """The operation at the contract's path and method; a path may begin in the URL of a server."""
    wanted = {_template(contract.path), _template(urlsplit(contract.server).path.rstrip("/") + contract.path)}
    exact = [one for one in _operations(document, contract.method) if _template(one.path) == _template(contract.path)]
    if exact:
        return exact[0]
    for one in _operations(document, contract.method):
        for server in servers(document, one):
            if _template(urlsplit(server).path.rstrip("/") + one.path) in wanted:
                return one
    return None


def _operations(document: Published, method: str) -> Iterator[Operation]:
    for path in document.content["paths"]:
        item = document.at("/paths")
        item = item.part(path) if item is not None else None
        item = document.resolve(item) if item is not None else None
        node = item.part(method.lower()) if item is not None else None
        if item is not None and node is not None and isinstance(node.value, Mapping):
            yield Operation(str(path), node, item)


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
    path = document.at("/paths")
    item = path.part(contract.path) if path is not None else None
    methods = sorted(set(item.value) & {"post", "put", "patch", "delete"}) if item is not None else []
    if methods:
        return f"the path has {', '.join(methods).upper()} alone"
    others = list(_operations(document, contract.method))
    successor = contract.lifecycle.successor.removeprefix(f"{contract.method} ").strip()
    if successor and any(one.path == successor for one in others):
        return f"its successor {contract.method} {successor} is published"
    named = [one for one in others if plain(str(one.node.value.get("operationId", ""))) == plain(contract.operation_id)]
    if named:
        return f"{contract.method} {named[0].path} has the operationId {named[0].node.value['operationId']!r}"
    near = difflib.get_close_matches(contract.path, [one.path for one in others], n=1, cutoff=NEAR)
    return f"the nearest path is {contract.method} {near[0]}" if near else "no path resembles it"
