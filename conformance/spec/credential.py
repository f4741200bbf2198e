"""How a client says who it is."""

from __future__ import annotations

import base64
from enum import StrEnum

from attrs import frozen

from conformance.pointer import Pointer


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
