"""What there is to say of one server: where it comes from, how it starts, what fills it, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

HERE = Path(__file__).parent
DOCUMENTS = 60

Fill = Callable[[httpx.Client], None]
Following = Callable[[httpx.Response, Mapping[str, str]], Mapping[str, str] | None]
"""From an answer and its query to the query of the next page; None after the last."""


@dataclass(frozen=True, kw_only=True)
class Lies:
    """What the proxy needs to know to lie as this server."""

    ignored: str
    """The filter that is dropped from every query; empty where the server has none."""
    renamed: str
    """The field that gets another name in every item."""
    following: str
    """The parameter of following pages; empty where nothing is paged."""
    first: tuple[str, ...] = ()
    """Its values that ask for the first page."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """One server of the registries; in commands `{bin}`, `{home}`, `{port}` and `{settings}` stand for paths and port."""

    stem: str
    style: str
    packages: tuple[str, ...]
    """Pinned; the first one names the version."""
    command: tuple[str, ...]
    fill: Fill
    following: Following
    path: str
    items: tuple[str, ...]
    """The keys that lead to the array of a body."""
    identity: str
    lies: Lies
    asked: Mapping[str, str] = field(default_factory=dict)
    """What every request carries in its query."""
    registry: str = "python"
    before: tuple[str, ...] = ()
    """A command that is run once before the server starts."""
    settings: tuple[str, ...] = ()
    """Files of `settings/` that are laid into the server's directory; `{settings}` is the first."""
    base: str = ""
    """Of its addresses, after the port."""
    environment: Mapping[str, str] = field(default_factory=dict)
    credential: tuple[str, str] = ("", "")
    """Variable and value that the suite and the client send."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The same credential as plain requests send it, for those that fill the server."""

    @property
    def version(self) -> str:
        """The pinned version of the package that serves."""
        return self.packages[0].rpartition("@" if self.registry == "node" else "==")[2]
