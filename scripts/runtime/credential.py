"""Which credential a client sends, and where it goes in a request."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from listing_runtime.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def find_credential(schemes: Sequence[Scheme], token: str | None, title: str | None) -> Credential | None:
    """Take the credential from the argument or else from the environment; `title` chooses its scheme."""
    allowed = [scheme for scheme in schemes if title in {None, scheme.title}]
    if not allowed:
        if title is not None:
            known = ", ".join(scheme.title for scheme in schemes) or "none"
            raise ConfigurationError(f"scheme={title!r} is not documented; documented: {known}")
        return None
    held = {scheme: os.environ.get(scheme.variable or "", "") for scheme in reversed(allowed)}
    scheme = allowed[0] if token is not None else next((one for one in allowed if held[one].strip()), allowed[0])
    secret = token if token is not None else held[scheme]
    if not secret.strip():
        variables = " or ".join(dict.fromkeys(one.variable for one in allowed if one.variable))
        where = f"pass token=, or set {variables}" if variables else "pass token="
        raise ConfigurationError(f"no credential: {where}")
    if not secret.isascii() or not secret.isprintable():
        raise ConfigurationError("the credential has characters that no HTTP header may hold")
    return Credential(scheme, secret.strip())
