"""Clients that open connections; where the environment lets none be made, the variable at fault is named."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypedDict, TypeVar, Unpack
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from conformance.errors import TargetError
from conformance.privacy.secrets import without_userinfo
from conformance.target.body import ASKED_FOR

_Client = TypeVar("_Client", httpx.Client, httpx.AsyncClient)


class Options(TypedDict):
    """How connections are made, in the library's own words."""

    timeout: float
    verify: ssl.SSLContext | bool
    transport: httpx.AsyncBaseTransport | None
    trust_env: bool


_EXCEPT = "no"
"""What `getproxies` calls the list of hosts that are reached without a proxy."""


def connections(base_url: str, **options: Unpack[Options]) -> httpx.AsyncClient:
    """The connections to a server, and silence of the libraries that would log credentials in URLs and headers."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        httpx.URL(base_url)
    except (httpx.InvalidURL, ValueError) as error:
        raise TargetError(f"{base_url}: {error}", hint="Give an http:// or https:// address.") from None
    headers = {"Accept": "application/json", "Accept-Encoding": ASKED_FOR, "User-Agent": "sandbox-list-conformance"}
    # A server that remembers a visitor would let in whoever comes next without a credential, or with a wrong one.
    forgotten = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return made(lambda: httpx.AsyncClient(headers=headers, cookies=forgotten, **options))


def made(make: Callable[[], _Client]) -> _Client:
    """The client that `make` makes of the environment; raises TargetError where it makes none."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - of the library's many kinds ImportError is one
        variable = next(_unfit(), "")
        told = variable or f"no client can be made in this environment: {error}"
        raise TargetError(told, hint="Mend the variable, or unset it.") from None


def _unfit() -> Iterator[str]:
    """Each variable of a proxy that no client can be made with, its value and why."""
    given = getproxies()
    for scheme in ("all", "https", "http"):
        if why := _why_no_proxy(given.get(scheme, "")):
            yield f"{scheme.upper()}_PROXY={_shown(given[scheme])}: {why}"
    if given.get(_EXCEPT):
        yield f"NO_PROXY={given[_EXCEPT]}: an entry is neither a host, nor an address, nor a domain with a leading dot"


def _why_no_proxy(address: str) -> str:
    try:
        if address:
            proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
            httpx.HTTPTransport(proxy=proxy, verify=False).close()
    except Exception as error:  # noqa: BLE001 - as above
        return without_userinfo(str(error).partition(". ")[0])
    return ""


def _shown(address: str) -> str:
    """The address without user and password."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rpartition("@")[2]
    return (
        parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.netloc else address.rpartition("@")[2]
    )
