"""Why a server could not be reached, as a sentence with what to do about it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from conformance.errors import TargetError
from conformance.target.body import TooMuch

_EXPIRED, _SELF_SIGNED, _WRONG_HOST = {10}, {18, 19}, {62, 64}
"""Verification errors of OpenSSL (x509_vfy.h) that call for different deeds."""
_CA = "If it is a private authority, name its certificate in SSL_CERT_FILE."


def explained(error: Exception, base_url: str) -> TargetError:
    """The error that the user reads."""
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause, base_url)
        if isinstance(cause, ssl.SSLError):
            hint = "Does the server speak TLS on this port? Try http://, or another port."
            return TargetError(f"{base_url}: no TLS connection: {cause.reason or cause}", hint=hint)
        if isinstance(cause, socket.gaierror):
            host = httpx.URL(base_url).host
            hint = "Is the name spelt right, and does DNS, or the proxy in HTTPS_PROXY, work here?"
            return TargetError(f"{base_url} cannot be reached: the name {host} has no address", hint=hint)
    return TargetError(_sentence(error, base_url), hint=_hint(error))


def _certificate(error: ssl.SSLCertVerificationError, base_url: str) -> TargetError:
    code = error.verify_code
    if code in _EXPIRED:
        return TargetError(f"{base_url}: its certificate has expired", hint="Renew it; is the clock here right?")
    if code in _WRONG_HOST:
        return TargetError(
            f"{base_url}: its certificate is for another host: {error.verify_message.rstrip('.')}",
            hint="Use a name that the certificate holds.",
        )
    if code in _SELF_SIGNED:
        return TargetError(f"{base_url}: its certificate is self-signed", hint=_CA)
    return TargetError(f"{base_url}: its certificate is not trusted: {error.verify_message}", hint=_CA)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what caused it, and so on; the parts of a group too."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]


def _sentence(error: Exception, base_url: str) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return f"{base_url} did not answer in time"
    if isinstance(error, httpx.ProxyError):
        return f"the proxy did not lead to {base_url}: {error}"
    if isinstance(error, httpx.ConnectError):
        return f"{base_url} cannot be reached: {error}"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return f"{base_url} broke off or did not speak HTTP: {error or type(error).__name__}"
    return f"{base_url} gave no usable answer: {error or type(error).__name__}"


def _hint(error: Exception) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "Is the server overloaded, or --timeout too short?"
    if isinstance(error, TooMuch) and error.option:
        return f"Is it the listing? Then raise {error.option}."
    if isinstance(error, httpx.DecodingError):
        return "What is behind this address is no listing of the operation."
    return "Is the address right, and the server running?"
