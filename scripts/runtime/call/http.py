"""The one module that makes HTTP clients."""

from __future__ import annotations

import functools
import os
import ssl
from collections.abc import Callable, Coroutine, Iterator
from typing import TypeAlias
from urllib.parse import urlsplit

import httpx
from listing_runtime.call.body import ACCEPTED
from listing_runtime.errors import ConfigurationError
from listing_runtime.wire import AsyncHTTPClient, HTTPClient

HEADERS = {"Accept": "application/json", "Accept-Encoding": ACCEPTED}
"""Sent with every request: a client of ours is made with them, one that a user gave is told each time."""

Answer: TypeAlias = Callable[[httpx.Request], httpx.Response]
"""From a request to its response."""

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def new_client() -> HTTPClient:
    """Make an HTTP client; ConfigurationError names the variable of the environment that does not let us."""
    context = _context()
    try:
        return httpx.Client(headers=HEADERS, verify=context)
    except Exception as error:  # noqa: BLE001 - ImportError, ValueError, InvalidURL: by the scheme of a proxy
        raise _of_proxies(error) from None


def new_async_client() -> AsyncHTTPClient:
    """Make an async HTTP client; ConfigurationError names the variable of the environment that does not let us."""
    context = _context()
    try:
        return httpx.AsyncClient(headers=HEADERS, verify=context)
    except Exception as error:  # noqa: BLE001 - ImportError, ValueError, InvalidURL: by the scheme of a proxy
        raise _of_proxies(error) from None


def mock_client(answer: Answer) -> HTTPClient:
    """Make an HTTP client that asks a function instead of a server."""
    return httpx.Client(transport=httpx.MockTransport(answer))


def mock_async_client(answer: Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]) -> AsyncHTTPClient:
    """Make an async HTTP client that asks a function instead of a server."""
    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


def _context() -> ssl.SSLContext:
    given = tuple(os.environ.get(name) for name in _CERTIFICATES)
    try:
        return _shared_context(given)
    except (OSError, ValueError) as error:
        known = [(name, value) for name, value in zip(_CERTIFICATES, given, strict=True) if value]
        gone = [each for each in known if not os.path.exists(each[1])]  # noqa: PTH110 - a text of the environment
        named = " and ".join(f"{name}={value}" for name, value in gone or known)
        raise ConfigurationError(f"{named or 'the certificates of this machine'}: {error}") from None


@functools.lru_cache(maxsize=4)
def _shared_context(_given: tuple[str | None, ...]) -> ssl.SSLContext:
    # To read all certificates takes 30 ms: clients with the same environment share what was read.
    return httpx.create_ssl_context()


def _of_proxies(error: Exception) -> ConfigurationError:
    told = next((f"{name}={_shown(value)}: {why}" for name, value, why in _unusable()), None)
    return ConfigurationError(told or f"no HTTP client can be made in this environment: {error}")


def _unusable() -> Iterator[tuple[str, str, str]]:
    for name in (each for upper in _PROXIES for each in (upper, upper.lower())):
        value = os.environ.get(name)
        if value and (why := _unfit(value)):
            yield name, value, why
    for name in ("NO_PROXY", "no_proxy"):
        if value := os.environ.get(name):
            yield name, value, "an entry is neither a host name, nor an address, nor a domain with a leading dot"


def _unfit(proxy: str) -> str | None:
    try:
        httpx.HTTPTransport(proxy=proxy if "://" in proxy else f"http://{proxy}", verify=_context()).close()
    except Exception as error:  # noqa: BLE001 - as above
        return str(error).partition(". Make sure")[0]
    return None


def _shown(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        return value.rpartition("@")[2]
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
