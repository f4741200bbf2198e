"""A request as the mock sees it, and the refusal of one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from attrs import evolve, frozen


@frozen
class Request:
    """Method, path, decoded query and headers; header names are in lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    @classmethod
    def read(cls, method: str, path: str, query: str, headers: Mapping[str, str]) -> Request:
        """The request with the query string `query`."""
        pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
        return cls(method, path, tuple(pairs), headers)

    def values(self, name: str) -> list[str]:
        """Every value of a query parameter, in order."""
        return [value for known, value in self.query if known == name]


def without(request: Request, *names: str) -> Request:
    """The request without some of its parameters."""
    return evolve(request, query=tuple(pair for pair in request.query if pair[0] not in names))


def added(request: Request, name: str, text: str) -> Request:
    """The request with one parameter more."""
    return evolve(request, query=(*request.query, (name, text)))


def replaced(request: Request, name: str, text: str) -> Request:
    """The request with another value of a parameter, in its place."""
    return evolve(request, query=tuple((known, text if known == name else value) for known, value in request.query))


class Refused(Exception):  # noqa: N818 - a verdict on a request, not an error of ours
    """The request must be refused: `given` is the name of a refusal in the contract."""

    def __init__(self, given: str, message: str, *, parameter: str = "") -> None:
        super().__init__(message)
        self.given = given
        self.parameter = parameter
