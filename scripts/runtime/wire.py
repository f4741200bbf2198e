"""What goes over the wire, as plain values that know nothing of the HTTP library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

__all__ = [
    "JSON",
    "AsyncHTTPClient",
    "Detailed",
    "HTTPClient",
    "Headers",
    "OnInvalid",
    "Request",
    "Response",
    "Resume",
]

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""Any JSON value."""

OnInvalid: TypeAlias = Literal["raise", "skip"]
"""What becomes of an item that is not what the documentation says: the walk stops, or the item is set aside."""

Resume: TypeAlias = Mapping[str, str | int | float]
"""Where a walk goes on: parameters of the next request, safe to store as JSON."""


class Headers(Mapping[str, str]):
    """Headers of a response; names are found in any case, repeated ones are joined by commas."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, str] = {}
        for name, value in pairs:
            known = self._values.get(name.lower())
            self._values[name.lower()] = value if known is None else f"{known}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Headers({list(self._values.items())!r})"

    def __reduce__(self) -> tuple[type[Headers], tuple[list[tuple[str, str]]]]:
        return Headers, (list(self._values.items()),)


class Request(NamedTuple):
    """What was sent; credentials are left out."""

    method: str
    url: str


class Response(NamedTuple):
    """What came back."""

    status: int
    headers: Headers
    content: bytes
    """Body as it came, decompressed."""
    elapsed: float
    """Seconds from sending the request to the last byte of the body."""
    request: Request

    def json(self) -> Any:  # noqa: ANN401 - JSON may be anything
        """Parse the body; ValueError where it is not JSON."""
        return json.loads(self.content)

    def __repr__(self) -> str:
        return f"<Response {self.status} of {self.request.method} {self.request.url}, {len(self.content)} bytes>"


class Answered(Protocol):
    """Anything that came with a response."""

    @property
    def response(self) -> Response:
        """The response."""
        raise NotImplementedError


PageT = TypeVar("PageT", bound=Answered)


class Detailed(NamedTuple, Generic[PageT]):
    """A page, and the parts of its response that users of openapi-python-client look for."""

    status_code: int
    content: bytes
    headers: Headers
    parsed: PageT


def detailed(page: PageT) -> Detailed[PageT]:
    """Take the parts from a page."""
    response = page.response
    return Detailed(response.status, response.content, response.headers, page)


class HTTPClient(Protocol):
    """What is asked of an HTTP client; `httpx.Client` has it."""

    def build_request(self, method: str, url: str, *, headers: dict[str, str], timeout: float) -> object:
        """Make a request from its parts and the client's own settings."""

    def send(self, request: Any, *, auth: None, follow_redirects: bool, stream: bool) -> Any:  # noqa: ANN401
        """Send a request; the body is not read yet."""

    def close(self) -> None:
        """Close all connections."""


class AsyncHTTPClient(Protocol):
    """What is asked of an async HTTP client; `httpx.AsyncClient` has it."""

    def build_request(self, method: str, url: str, *, headers: dict[str, str], timeout: float) -> object:
        """Make a request from its parts and the client's own settings."""

    async def send(self, request: Any, *, auth: None, follow_redirects: bool, stream: bool) -> Any:  # noqa: ANN401
        """Send a request; the body is not read yet."""

    async def aclose(self) -> None:
        """Close all connections."""
