"""One request and its response, with credentials already out of it."""

from __future__ import annotations

import json
import re
import shlex
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from attrs import field, frozen

from conformance.jsontext import Json, is_deep, is_half, weight
from conformance.pointer import MISSING, Found

if TYPE_CHECKING:
    import httpx

MOST_VALUES, MOST_BODIES = 700_000, 512
"""How much of what was read is kept as JSON: all of an ordinary run, or one answer, however large it is."""
_VARIABLE = re.compile(r"\$[A-Z]")
_MORE = re.compile(r"\$(?![A-Z])|[\"`\\!]")
"""What a shell reads within double quotes besides variables."""


@frozen
class Request:
    """A request as it is shown: a secret stands there as the environment variable that holds it."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """Those that the caller chose: credentials and nothing else."""

    def curl(self) -> str:
        """A command line that sends the request again; the shell fills in the variables."""
        return f"curl -s {_quoted(self.url)}{''.join(f' {option(name, value)}' for name, value in self.headers)}"


def option(name: str, value: str) -> str:
    """A header as an option of curl; of basic credentials curl makes what is sent, from a variable."""
    login = re.fullmatch(r"Basic (\$[A-Z][A-Z0-9_]*)", value)
    return f'-u "{login[1]}"' if login else f"-H {_quoted(f'{name}: {value}')}"


def _quoted(text: str) -> str:
    """The text for a shell, which fills in variables and runs nothing that stands in the text."""
    variable = _VARIABLE.search(text) and not _MORE.search(text)
    return f'"{text}"' if variable else shlex.quote(text)


class _Read:
    """The bodies that were read last, as JSON, whichever exchange has them: values take much more room than text."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, tuple[int, Found]] = OrderedDict()
        self._values = 0
        self._lock = Lock()

    def json(self, body: bytes) -> Found:
        """A body as JSON, or `MISSING` where it is none."""
        with self._lock:
            if body in self._kept:
                self._kept.move_to_end(body)
                return self._kept[body][1]
        size = weight(body)
        with self._lock:
            self._make_room(size)
        value = _parsed(body)
        with self._lock:
            self._values += size - self._kept.get(body, (0,))[0]
            self._kept[body] = size, value
        return value

    def _make_room(self, size: int) -> None:
        """Before a body is read, so that what goes and what comes are never there together."""
        while self._kept and (self._values + size > MOST_VALUES or len(self._kept) >= MOST_BODIES):
            self._values -= self._kept.popitem(last=False)[1][0]

    def forget(self) -> None:
        """Let go of all of it."""
        with self._lock:
            self._kept.clear()
            self._values = 0


_READ = _Read()


def forget() -> None:
    """Let go of the JSON that was read, before something as large is made; whoever wants it reads it again."""
    _READ.forget()


def _parsed(body: bytes) -> Found:
    try:
        value: Json = json.loads(body)
    except (ValueError, RecursionError):
        return MISSING
    return MISSING if is_deep(value) or is_half(value, body) else value


@frozen(slots=False, eq=False)
class Exchange:
    """One request and its response."""

    request: Request
    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)
    seconds: float
    query: tuple[tuple[str, str], ...] = ()
    """The request's own query, decoded, without credentials."""
    passing: bool = False
    """Whether it is a failure that was gone when the same was asked once more."""
    original: bytes | None = field(default=None, repr=False)
    """The body as it came, where `body` shows rows of values as objects; None where that is the same."""

    @property
    def wire(self) -> bytes:
        """The body as it came."""
        return self.body if self.original is None else self.original

    @property
    def json(self) -> Found:
        """The body as JSON, or `MISSING` where it is none."""
        known = self.__dict__  # where a faster reader leaves what it read
        return known["json"] if "json" in known else _READ.json(self.body)

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case; empty where there is none."""
        value: str = self.headers.get("content-type", "")
        return value.partition(";")[0].strip().lower()

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.url} → {self.status}"
