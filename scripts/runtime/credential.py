"""Which credential a client sends, and where it goes in a request."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, cast

from listing_runtime.errors import ConfigurationError, InvalidArgumentError
from listing_runtime.secret import Secret, SecretHeaders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listing_runtime.operation import Operation, Scheme


class Credential:
    """A secret with its place; no representation shows it."""

    __slots__ = ("_secret", "scheme")

    def __init__(self, scheme: Scheme, secret: Secret) -> None:
        self.scheme: Scheme = scheme
        self._secret = secret

    def __repr__(self) -> str:
        return f"<Credential for {self.scheme.name}>"

    @property
    def secrets(self) -> list[str]:
        """What nothing that is written down may hold."""
        secret = self._secret.value
        user, _, password = secret.partition(":") if self.scheme.kind == "basic" else ("", "", "")
        return [secret, *filter(None, [password or user])]

    @property
    def headers(self) -> SecretHeaders:
        """Headers that carry it."""
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
        """Query parameters that carry it."""
        return [(self.scheme.name, self._secret.value)] if self.scheme.kind == "query" else []


def find_credential(operation: Operation, token: Secret | None, scheme: str | None = None) -> Credential | None:
    """Take the credential from the argument or else from the environment, for the scheme that was named or fits."""
    schemes = operation.schemes if scheme is None else [_named(operation, scheme)]
    if not schemes:
        return None
    if not isinstance(cast("object", token), (Secret, type(None))):
        raise InvalidArgumentError(f"token=: expected a str, got {type(token).__name__}")
    taken = schemes[0] if token is not None else next(filter(_from_environment, schemes), schemes[0])
    secret = _stripped(_from_environment(taken) if token is None else token)
    if secret is None:
        raise ConfigurationError(f"no credential: {_where(schemes)}")
    if not secret.value.isascii() or not secret.value.isprintable():
        source = "token=" if token is not None else taken.variable
        raise ConfigurationError(f"the credential has characters that no HTTP header may hold; look at {source}")
    return Credential(taken, secret)


def _named(operation: Operation, name: str) -> Scheme:
    wanted = str(name).lower()
    for scheme in operation.schemes:
        if wanted in {scheme.title.lower(), scheme.kind}:
            return scheme
    known = ", ".join(repr(scheme.title) for scheme in operation.schemes) or "none"
    raise InvalidArgumentError(f"scheme={name!r} is not documented; documented: {known}")


def _from_environment(scheme: Scheme) -> Secret | None:
    return _stripped(Secret(os.environ.get(scheme.variable or "", "")))


def _stripped(secret: Secret | None) -> Secret | None:
    # A mounted secret ends in a line break, a copied one in a blank.
    return Secret(secret.value.strip()) if secret is not None and secret.value.strip() else None


def _where(schemes: Iterable[Scheme]) -> str:
    variables = " or ".join(dict.fromkeys(scheme.variable for scheme in schemes if scheme.variable))
    return f"pass token=, or set {variables}" if variables else "pass token="
