"""The one download that is no exchange: a published document, within limits of size, time and host."""

from __future__ import annotations

import ssl
import time

import httpx

from conformance.errors import TargetError
from conformance.target.http_client import made

MEGABYTE = 1_000_000
MOST = 64 * MEGABYTE
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(url: str, *, timeout: float, authorities: ssl.SSLContext | bool = True, most: int = MOST) -> bytes:
    """The body at an http(s) address; raises TargetError where there is none within `timeout` seconds and `most` bytes.

    Nothing secret is sent. A redirect is followed on the same host alone.
    """
    deadline = time.monotonic() + timeout
    try:
        with made(lambda: httpx.Client(timeout=timeout, verify=authorities, headers={"Accept": "*/*"})) as client:
            return _follow(client, httpx.URL(url), deadline, most)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        raise TargetError(
            f"{shown(url)} cannot be read: {_why(error)}", hint="Download it and name the file."
        ) from None


def _follow(client: httpx.Client, url: httpx.URL, deadline: float, most: int) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        with client.stream("GET", url) as response:
            if response.status_code not in REDIRECTS:
                response.raise_for_status()
                return _read(response, deadline, most)
            following = url.join(response.headers.get("location", ""))
        if (following.scheme, following.host) not in {(url.scheme, url.host), ("https", url.host)}:
            raise httpx.RequestError(f"it leads to another host, {following.host or 'none'}")
        url = following
    raise httpx.RequestError(f"it leads on more than {MOST_REDIRECTS} times")


def _read(response: httpx.Response, deadline: float, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        chunks.append(chunk)
        if size > most:
            raise httpx.RequestError(f"it is larger than {most // MEGABYTE} MB")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("it was not complete in time")
    return b"".join(chunks)


def _why(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code}"
    return str(error) or type(error).__name__


def shown(url: str) -> str:
    """An address without user information and query, which may hold a secret; any other text as it is."""
    if not url.startswith(("http://", "https://")):
        return url
    try:
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None))
    except httpx.InvalidURL:
        return "the address"
