"""Which credential a client sends, and where it goes in a request."""

from __future__ import annotations

import base64
import os

from listing_runtime.errors import ConfigurationError
from listing_runtime.operation import Scheme


class Credential:
    """A secret with its place; no representation shows it."""

    __slots__ = ("_secret", "scheme")

    def __init__(self, scheme: Scheme, secret: str) -> None:
        self.scheme = scheme
        self._secret = secret

    def __repr__(self) -> str:
        return f"<Credential for {self.scheme.name}>"

    @property
    def secrets(self) -> list[str]:
        """What nothing that is written down may hold."""
        user, _, password = self._secret.partition(":") if self.scheme.kind == "basic" else ("", "", "")
        return [self._secret, *filter(None, [password or user])]

    @property
    def headers(self) -> dict[str, str]:
        """Headers that carry it."""
        match self.scheme.kind:
            case "bearer":
                return {"Authorization": f"Bearer {self._secret}"}
            case "basic":
                return {"Authorization": f"Basic {base64.b64encode(self._secret.encode()).decode()}"}
            case "header":
                return {self.scheme.name: self._secret}
            case "cookie":
                return {"Cookie": f"{self.scheme.name}={self._secret}"}
            case "query":
                return {}

    @property
    def query(self) -> list[tuple[str, str]]:
        """Query parameters that carry it."""
        return [(self.scheme.name, self._secret)] if self.scheme.kind == "query" else []


def find_credential(scheme: Scheme | None, token: str | None) -> Credential | None:
    """Take the credential from the argument or else from the environment."""
    if scheme is None:
        return None
    secret = token if token is not None else os.environ.get(scheme.variable or "", "")
    if not secret.strip():
        where = f"pass token=, or set {scheme.variable}" if scheme.variable else "pass token="
        raise ConfigurationError(f"no credential: {where}")
    if not secret.isascii() or not secret.isprintable():
        raise ConfigurationError("the credential has characters that no HTTP header may hold")
    return Credential(scheme, secret.strip())
