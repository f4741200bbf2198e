"""What a client is set up with, and what one call adds to that."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlencode, urlsplit

from listing_runtime.call.arguments import request_parts, text_of
from listing_runtime.credential import Credential, find_credential
from listing_runtime.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from listing_runtime.call.order import Order
    from listing_runtime.operation import Operation
    from listing_runtime.recording.recording import Recording
    from listing_runtime.types import Resume

LONGEST_BODY = 32 * 1024 * 1024
_WARNED = set[type]()
"""The classes whose users know of a successor."""


class Call:
    """One call of the operation: its arguments, and how its response is read."""

    def __init__(
        self,
        arguments: Mapping[str, object],
        *,
        timeout: float | None,
        extra_query: Mapping[str, object] | None,
    ) -> None:
        self.arguments = arguments
        self.timeout = timeout
        self.extra_query = [(name, text_of(value)) for name, value in (extra_query or {}).items()]


class Settings:
    """What a client was set up with; nothing of it can be changed later."""

    __operation__: ClassVar[Operation]

    def __init__(
        self, access: tuple[str | None, str | None], base_url: str | None, timeout: float, max_body_bytes: int
    ) -> None:
        token, scheme = access
        self._base_url = _checked(base_url or self.__operation__.server)
        self._timeout = timeout
        self._max_body_bytes = max_body_bytes
        self._credential: Credential | None = find_credential(self.__operation__.schemes, token, scheme)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._base_url}>"

    def _recording(self, path: str | PathLike[str] | None) -> Recording | None:
        """Open the file to which exchanges are appended."""
        if path is None:
            return None
        from listing_runtime.recording.recording import Recording  # noqa: PLC0415 - loaded where it is asked for

        return Recording(path, self.__operation__, self._credential)

    def _superseded(self) -> None:
        """Warn whoever calls an operation that has a successor; each client class once."""
        operation = self.__operation__
        if type(self) in _WARNED:
            return
        _WARNED.add(type(self))
        message = f"{operation.method} {operation.path} is superseded by {operation.successor}"
        warnings.warn(message, DeprecationWarning, stacklevel=3)

    def _order(self, call: Call, resume: Resume | None) -> Order:
        """Make the request of one page."""
        from listing_runtime.call.order import Order  # noqa: PLC0415 - loaded when something is sent

        operation, credential = self.__operation__, self._credential
        parts = request_parts(operation, {**call.arguments, **(resume or {})})
        return Order(
            operation.method,
            self._base_url + parts.target(call.extra_query),
            urlencode(credential.query) if credential else "",
            parts.headers | (credential.headers if credential else {}),
            self._timeout if call.timeout is None else call.timeout,
            self._max_body_bytes,
            operation.package,
        )


def _checked(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1)
    except ValueError:
        parts, complete = None, False
    if parts is not None and "@" in parts.netloc:
        raise ConfigurationError("the base URL holds a user name or password: leave them out, and pass token=")
    if not complete or "?" in base_url or "#" in base_url:
        raise ConfigurationError(f"base URL {base_url!r}: expected http(s)://host[:port][/path]")
    return base_url.rstrip("/")
