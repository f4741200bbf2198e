"""Which credentials a client sends: from what it is given, or else from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from listing_runtime.credential import Credential
from listing_runtime.errors import ConfigurationError, InvalidArgumentError
from listing_runtime.secret import Given, Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listing_runtime.operation import Operation, Scheme


def find_credential(operation: Operation, token: Given, scheme: str | None = None) -> Credential | None:
    """Take the credential from the argument or else from the environment, for the scheme that was named or fits."""
    schemes: Sequence[Scheme] = operation.schemes if scheme is None else [_named(operation, scheme)]
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
