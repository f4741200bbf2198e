"""Settings and arguments that mean something: whatever else is refused where it is given, never at its first use."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from listing_runtime.errors import ConfigurationError, InvalidArgumentError
from listing_runtime.secret import SecretHeaders

if TYPE_CHECKING:
    from os import PathLike

    from listing_runtime.operation import Operation
    from listing_runtime.wire import OnInvalid, Resume

_LONGEST_TIMEOUT = 86_400.0 * 366
"""Beyond some 290 years clocks overflow; beyond a year nobody waits."""


def seconds(name: str, value: object) -> float:
    """Check a timeout; there always is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidArgumentError(f"{name}={value!r}: expected seconds as a number; a call always has a limit")
    if not math.isfinite(value) or not 0 < value <= _LONGEST_TIMEOUT:
        raise InvalidArgumentError(f"{name}={value!r}: expected a number of seconds above 0, a year at most")
    return float(value)


def count(name: str, value: object, *, least: int = 0, most: int | None = None) -> int:
    """Check a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidArgumentError(f"{name}={value!r}: expected a whole number")
    if value < least or (most is not None and value > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        raise InvalidArgumentError(f"{name}={value}: expected {bounds}")
    return value


def optional_count(name: str, value: object) -> int | None:
    """Check a whole number that may be left open."""
    return None if value is None else count(name, value)


def on_invalid(value: object) -> OnInvalid:
    """Check what becomes of invalid items."""
    if not isinstance(value, str) or value not in {"raise", "skip"}:
        raise InvalidArgumentError(f'on_invalid={value!r}: expected "raise" or "skip"')
    return cast("OnInvalid", value)


def path(name: str, value: object) -> str | PathLike[str]:
    """Check the path of a file."""
    if isinstance(value, (str, os.PathLike)) and isinstance(os.fspath(cast("Any", value)), str):
        return cast("str | PathLike[str]", value)
    raise InvalidArgumentError(f"{name}={value!r}: expected a path")


def headers(name: str, value: object) -> SecretHeaders:
    """Check headers; no value is shown, as it may be a secret."""
    if value is None:
        return SecretHeaders()
    if not isinstance(value, Mapping):
        raise InvalidArgumentError(f"{name}: expected a mapping, got {type(value).__name__}")
    pairs = cast("Mapping[object, object]", value)
    for key, text in pairs.items():
        if not isinstance(key, str) or not key or not key.isascii() or not key.isprintable() or set(key) & set(" :"):
            raise InvalidArgumentError(f"{name}: {key!r} is no name of a header")
        if not isinstance(text, str) or not text.isascii() or not text.isprintable():
            raise InvalidArgumentError(f"{name}: the value of {key!r} is no text that a header may hold")
    return SecretHeaders(cast("Mapping[str, str]", pairs))


def resume(value: object, operation: Operation) -> Resume | None:
    """Check where a walk is to go on: one that names nothing this operation knows would begin anew without a word."""
    if value is None:
        return None
    wanted = ", ".join(repr(name) for name in operation.links) or "none: there is one page"
    names = set(cast("Mapping[str, object]", value)) if isinstance(value, Mapping) else set[str]()
    if not names or names != set(operation.links) or not isinstance(value, Mapping):
        raise InvalidArgumentError(f"resume={value!r} is of no page of {operation.name}; its keys: {wanted}")
    given = cast("Mapping[str, object]", value)
    origin = getattr(given, "package", operation.package)
    if origin != operation.package:
        raise InvalidArgumentError(f"resume={value!r} is of a page of {origin}, not of {operation.package}")
    for name, cursor in operation.links.items():
        kinds = (int, float) if cursor.numeric else (str, int) if cursor.style == "cursor" else (int, str)
        if isinstance(given[name], bool) or not isinstance(given[name], kinds) or given[name] == "":
            raise InvalidArgumentError(f"resume={value!r}: {name!r} is no cursor of {operation.name}")
    return cast("Resume", given)


def client(value: object, *, waits: bool) -> object:
    """Check that an HTTP client is one, and of the kind that is asked for: one that waits, or one that is awaited."""
    kind = "a client whose calls wait, such as httpx.Client" if waits else "an async client, such as httpx.AsyncClient"
    send = getattr(value, "send", None)
    close = getattr(value, "close" if waits else "aclose", None)
    if isinstance(value, type) or not all(map(callable, (send, close, getattr(value, "build_request", None)))):
        raise InvalidArgumentError(f"http_client={value!r}: expected {kind}")
    if waits and inspect.iscoroutinefunction(send):
        raise InvalidArgumentError(f"http_client={value!r} is awaited: expected {kind}")
    return value


def base_url(given: object, operation: Operation) -> str:
    """Check where the API is; a variable that is empty must not mean production."""
    name = f"{operation.package.upper()}_BASE_URL"
    if given is None:
        given, name = os.environ.get(name, operation.server), f"{name} "
    else:
        name = "base_url="
    if not isinstance(given, str):
        raise InvalidArgumentError(f"base URL {name}{given!r}: expected a str")
    return _checked(given.strip(), name)


def _checked(url: str, name: str) -> str:
    try:
        parts = urlsplit(url)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        host = parts.hostname or ""
        # A label that begins so claims to be encoded already, and the HTTP library decodes it at the first use.
        complete = complete and not any(each in {"", "xn--"} for each in host.rstrip(".").split("."))
    except ValueError:
        parts, complete = None, False
    if parts is not None and "@" in parts.netloc:
        raise ConfigurationError("the base URL holds a user name or password: leave them out, and pass token=")
    if not complete or "?" in url or "#" in url or not url.isprintable() or " " in url:
        raise InvalidArgumentError(f"base URL {name}{url!r}: expected http(s)://host[:port][/path]")
    return url.rstrip("/")
