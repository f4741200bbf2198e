"""How a client says who it is."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import field, frozen

from conformance.pointer import Pointer

OTHER = "_OTHER"
"""Ends the name of the variable that holds a second credential."""


class Kind(StrEnum):
    """How a credential travels."""

    BEARER = "bearer"
    BASIC = "basic"
    HEADER = "header"
    QUERY = "query"
    COOKIE = "cookie"


@frozen(kw_only=True)
class Credential:
    """One security scheme; `env` names the environment variable that feeds it, empty where none does."""

    scheme: str
    kind: Kind
    name: str
    """Of the header, query parameter or cookie; `Authorization` for bearer and basic."""
    env: str
    pointer: Pointer

    @property
    def other_env(self) -> str:
        """The variable of a second credential, of somebody who may see something else; empty where nothing feeds it."""
        return f"{self.env}{OTHER}" if self.env else ""

    def headers(self, secret: str) -> dict[str, str]:
        """The request headers that carry `secret`, of basic `user:password`; empty for a credential in the query."""
        return self.shown(base64.b64encode(secret.encode()).decode() if self.kind is Kind.BASIC else secret)

    def shown(self, secret: str) -> dict[str, str]:
        """The request headers in which `secret`, such as the name of a variable, stands as it is."""
        if self.kind in (Kind.BEARER, Kind.BASIC):
            return {"Authorization": f"{self.kind.capitalize()} {secret}"}
        if self.kind is Kind.COOKIE:
            return {"Cookie": f"{self.name}={secret}"}
        return {self.name: secret} if self.kind is Kind.HEADER else {}

    def query(self, secret: str) -> dict[str, str]:
        """The query parameters that carry `secret`; empty for a credential in a header."""
        return {self.name: secret} if self.kind is Kind.QUERY else {}

    def carries(self, secret: str) -> bool:
        """Whether it can be sent with this secret: what stands in a header is visible ASCII (RFC 9110, 5.5)."""
        return all(value.isascii() and value.isprintable() for value in self.headers(secret).values())

    @property
    def place(self) -> tuple[str, str]:
        """What one request has once, so that no two credentials share it: a header, a parameter, a cookie."""
        kind = self.kind if self.kind in (Kind.QUERY, Kind.COOKIE) else Kind.HEADER
        return str(kind), self.name.lower() if kind is Kind.HEADER else self.name


@frozen
class Carried:
    """A credential in a request, with its secret."""

    credential: Credential
    secret: str = field(repr=False)


@frozen
class Requirement:
    """The credentials that are enough together: one of the alternatives under OpenAPI's `security`."""

    credentials: tuple[Credential, ...]

    def __str__(self) -> str:
        return " with ".join(one.scheme for one in self.credentials)

    @property
    def schemes(self) -> frozenset[str]:
        """The names of its schemes."""
        return frozenset(one.scheme for one in self.credentials)

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables that feed it."""
        return tuple(dict.fromkeys(one.env for one in self.credentials if one.env))

    @property
    def is_fed(self) -> bool:
        """Whether each of its credentials has a variable."""
        return all(one.env for one in self.credentials)


Secrets = str | Mapping[str, str]
"""One text for whatever scheme, or the text of each scheme by its name."""


def merged(headers: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The headers of one request that carries several credentials: its cookies share a header."""
    found: dict[str, str] = {}
    for one in headers:
        for name, value in one.items():
            is_second_cookie = name == "Cookie" and name in found
            found[name] = f"{found[name]}; {value}" if is_second_cookie else value
    return found


def variables(requirements: Iterable[Requirement]) -> str:
    """The variables of alternatives as a sentence has them: `A and B or C`."""
    return " or ".join(dict.fromkeys(" and ".join(one.variables) for one in requirements if one.variables))
