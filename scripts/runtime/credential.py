"""Credentials, and where they go in a request."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from listing_runtime.secret import Secret, SecretHeaders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listing_runtime.operation import Operation, Scheme


class Credential:
    """A secret with its place, and those that count only together with it; no representation shows them."""

    __slots__ = ("_beside", "_secret", "scheme")

    def __init__(self, scheme: Scheme, secret: Secret) -> None:
        self.scheme: Scheme = scheme
        self._secret = secret
        self._beside: tuple[Credential, ...] = ()

    def and_of(self, beside: Iterable[Credential]) -> Credential:
        """Give it together with others."""
        whole = Credential(self.scheme, self._secret)
        whole._beside = tuple(beside)
        return whole

    def __repr__(self) -> str:
        return f"<Credential for {' and '.join(each.scheme.name for each in (self, *self._beside))}>"

    @property
    def secrets(self) -> list[str]:
        """What nothing that is written down may hold."""
        secret = self._secret.value
        user, _, password = secret.partition(":") if self.scheme.kind == "basic" else ("", "", "")
        return [secret, *filter(None, [password or user])]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The secrets of all of them, each with what stands in its place."""
        own = [(secret, placeholder(self.scheme)) for secret in self.secrets]
        return own + [pair for each in self._beside for pair in each.hidden]

    @property
    def headers(self) -> SecretHeaders:
        """Headers that carry them."""
        carried = self._headers
        for each in self._beside:
            further = each.headers
            if "Cookie" in carried and "Cookie" in further:
                further["Cookie"] = f"{carried['Cookie']}; {further['Cookie']}"
            carried = carried.and_of(further)
        return carried

    @property
    def _headers(self) -> SecretHeaders:
        secret = self._secret.value
        match self.scheme.kind:
            case "bearer":
                return SecretHeaders({"Authorization": f"Bearer {secret}"})
            case "basic":
                return SecretHeaders({"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"})
            case "header":
                return SecretHeaders({self.scheme.name: secret})
            case "cookie":
                return SecretHeaders({"Cookie": f"{self.scheme.name}={secret}"})
            case "query":
                return SecretHeaders()

    @property
    def query(self) -> list[tuple[str, str]]:
        """Query parameters that carry them."""
        own = [(self.scheme.name, self._secret.value)] if self.scheme.kind == "query" else []
        return own + [pair for each in self._beside for pair in each.query]


def placeholder(scheme: Scheme) -> str:
    """Give what stands in the place of a secret in whatever is written down."""
    return f"${scheme.variable or 'TOKEN'}"


def carriers(operation: Operation) -> dict[str, str]:
    """Give the names of parameters in the query that carry credentials, each with what stands in a secret's place."""
    parts = (part for scheme in operation.schemes for part in scheme.parts)
    return {part.name: placeholder(part) for part in parts if part.kind == "query"}
