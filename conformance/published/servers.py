"""The base URLs that a document publishes, and whether the spec's own is among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any
from urllib.parse import urlsplit

from conformance.checks import published as rules
from conformance.pointer import Pointer
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.published.names import template
from conformance.sentence import said
from conformance.spec.contract import Contract

MOST_URLS = 100
"""Of one server, with every value that its variables may have."""


def servers(document: Published, operation: Node, item: Node) -> list[str]:
    """The base URLs that are published for an operation, with every listed value of a variable, the default first."""
    for around in (operation, item, document.root):
        listed = document.part(around, "servers")
        if listed is not None and isinstance(listed.value, list) and listed.value:
            return [url for server in listed.value if isinstance(server, Mapping) for url in _urls(server)]
    return []


def _urls(server: Mapping[str, Any]) -> Iterator[str]:
    given = server.get("variables")
    variables = given if isinstance(given, Mapping) else {}
    names = [name for name in variables if isinstance(variables[name], Mapping)]
    for values in islice(product(*(_values(variables[name]) for name in names)), MOST_URLS):
        url = str(server.get("url", ""))
        for name, value in zip(names, values, strict=True):
            url = url.replace(f"{{{name}}}", value)
        if _is_address(url):
            yield url.rstrip("/")


def _is_address(url: str) -> bool:
    """Whether host and path can be told apart; an empty address has neither."""
    try:
        return any(urlsplit(url))
    except ValueError:
        return False


def _values(variable: Mapping[str, Any]) -> list[str]:
    listed = variable.get("enum")
    others = listed if isinstance(listed, list) else []
    return list(dict.fromkeys(map(str, (variable.get("default", ""), *others))))


def server_differences(contract: Contract, document: Published, published: list[str]) -> Iterator[Difference]:
    """Whether the operation's URL is a published one; another path on the same host is another operation."""
    wanted = contract.server + contract.path
    found = [url for url in published if url.startswith(("http://", "https://"))]
    if found and template(wanted) not in map(template, found):
        moved = urlsplit(wanted).netloc in {urlsplit(url).netloc for url in found}
        yield Difference(
            check=rules.SERVER,
            drift=Drift.BREAKING if moved else Drift.AMBIGUOUS,
            pointer=Pointer.of("servers"),
            expected=said("{url}", url=wanted),
            actual=said("{urls} ({document})", urls=" or ".join(found), document=document.name),
        )
