"""Whether a request carries the credential that the mock accepts."""

from __future__ import annotations

from conformance.mock.answers.request import Refused, Request
from conformance.spec.contract import Contract
from conformance.spec.credential import Credential, Kind, Secrets


def check_credentials(contract: Contract, request: Request, secret: Secrets) -> None:
    """Accept whoever has all that some alternative asks for; else refuse as missing or wrong."""
    right = {known.scheme for known in contract.credentials if _accepted(known, request, _of(known, secret))}
    if not contract.security or any(one.schemes <= right for one in contract.security):
        return
    if any(_given(known, request) for known in contract.credentials):
        raise Refused("wrong-credentials", "the credential is not valid")
    raise Refused("missing-credentials", "a credential is required")


def _of(known: Credential, secret: Secrets) -> str:
    """The text that is right for a scheme."""
    return secret if isinstance(secret, str) else secret[known.scheme]


def _accepted(known: Credential, request: Request, secret: str) -> bool:
    if any(value in request.values(name) for name, value in known.query(secret).items()):
        return True
    if known.kind is Kind.COOKIE:
        return _cookies(request).get(known.name) == secret
    return any(_same(request.headers.get(name.lower(), ""), value) for name, value in known.headers(secret).items())


def _cookies(request: Request) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in request.headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs}


def _same(given: str, wanted: str) -> bool:
    """Equal, except that the name of an authentication scheme ignores case (RFC 9110)."""
    scheme, _, rest = given.strip().partition(" ")
    wanted_scheme, space, wanted_rest = wanted.partition(" ")
    return given.strip() == wanted or (
        bool(space) and scheme.lower() == wanted_scheme.lower() and rest.strip() == wanted_rest
    )


def _given(known: Credential, request: Request) -> bool:
    if known.kind is Kind.COOKIE:
        return known.name in _cookies(request)
    return bool(request.headers.get(known.name.lower()) or request.values(known.name))
