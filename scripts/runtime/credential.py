"""Which credentials a client sends, and where they go in a request."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from listing_runtime.errors import ConfigurationError, InvalidArgumentError
from listing_runtime.secret import Given, Secret, SecretHeaders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        own = [(secret, self.scheme.placeholder) for secret in self.secrets]
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


def find_credential(operation: Operation, token: Given, scheme: str | None = None) -> Credential | None:
    """Take the credential from the argument or else from the environment, for the scheme that was named or fits."""
    schemes = operation.schemes if scheme is None else [_named(operation, scheme)]
    if not schemes:
        return None
    schemes = _fitting(schemes, token)
    taken = next((each for each in schemes if None not in _found(each, token)), schemes[0])
    secrets = _found(taken, token)
    for part, secret in zip(taken.parts, secrets, strict=True):
        if secret is None:
            raise ConfigurationError(f"no credential: {_where(schemes, taken, secrets)}")
        if not secret.value.isascii() or not secret.value.isprintable():
            source = part.variable if _given(part, taken, token) is None else "token="
            raise ConfigurationError(f"the credential has characters that no HTTP header may hold; look at {source}")
    first, *beside = (Credential(part, secret) for part, secret in zip(taken.parts, secrets, strict=True) if secret)
    return first.and_of(beside)


def _named(operation: Operation, name: str) -> Scheme:
    wanted = str(name).lower()
    for scheme in operation.schemes:
        if any(wanted in {part.title.lower(), part.kind} for part in scheme.parts):
            return scheme
    known = ", ".join(repr(part.title) for scheme in operation.schemes for part in scheme.parts) or "none"
    raise InvalidArgumentError(f"scheme={name!r} is not documented; documented: {known}")


def _fitting(schemes: Sequence[Scheme], token: Given) -> Sequence[Scheme]:
    """Those that have a place for what was given; raises InvalidArgumentError where none has."""
    if token is None or isinstance(cast("object", token), Secret):
        return schemes
    pairs = [each for each in schemes if each.beside]
    if not pairs or not isinstance(cast("object", token), Mapping):
        raise InvalidArgumentError(f"token=: expected a str, got {type(token).__name__}")
    texts = cast("Mapping[str, object]", token)
    for title, text in texts.items():
        if not isinstance(text, Secret):
            raise InvalidArgumentError(f"token=: {title!r}: expected a str, got {type(text).__name__}")
    fitting = [each for each in schemes if texts.keys() <= {part.title for part in each.parts}]
    if not fitting:
        known = " or ".join(" with ".join(repr(part.title) for part in each.parts) for each in schemes)
        raise InvalidArgumentError(f"token=: {', '.join(map(repr, texts))}: documented are {known}")
    return fitting


def _given(part: Scheme, taken: Scheme, token: Given) -> Secret | None:
    """What was given for one part: a text alone is that of the first."""
    if token is None or isinstance(token, Secret):
        return token if part is taken.parts[0] else None
    return token.get(part.title)


def _found(scheme: Scheme, token: Given) -> list[Secret | None]:
    """The secret of each part, where there is one."""
    given = [_given(part, scheme, token) for part in scheme.parts]
    both = zip(scheme.parts, given, strict=True)
    return [_stripped(_from_environment(part) if secret is None else secret) for part, secret in both]


def _from_environment(scheme: Scheme) -> Secret:
    return Secret(os.environ.get(scheme.variable or "", ""))


def _stripped(secret: Secret) -> Secret | None:
    # A mounted secret ends in a line break, a copied one in a blank.
    return Secret(secret.value.strip()) if secret.value.strip() else None


def _where(schemes: Iterable[Scheme], taken: Scheme, secrets: Sequence[Secret | None]) -> str:
    """What to pass or to set: all that would do, or what is lacking of the one that is begun."""
    lacking = [part for part, secret in zip(taken.parts, secrets, strict=True) if secret is None]
    begun = len(lacking) < len(taken.parts)
    ways = [lacking] if begun else [each.parts for each in schemes]
    named = [" and ".join(part.variable for part in each if part.variable) for each in ways]
    variables = " or ".join(dict.fromkeys(filter(None, named)))
    texts = ", ".join(f"{part.title!r}: ..." for part in lacking) if taken.beside else ""
    argument = f"token={{{texts}}}" if texts else "token="
    return f"pass {argument}, or set {variables}" if variables else f"pass {argument}"
