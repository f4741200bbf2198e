"""What a client is set up with, and what one call adds to that."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlencode

from listing_runtime import validity
from listing_runtime.call.arguments import pairs_of, request_parts, unless_named
from listing_runtime.call.call import Call
from listing_runtime.credentials import find_credential
from listing_runtime.errors import InvalidArgumentError
from listing_runtime.logs import log_as_asked
from listing_runtime.operation import Operation
from listing_runtime.secret import Given, Secret, SecretHeaders
from listing_runtime.superseded import warn_superseded
from listing_runtime.wire import OnInvalid, Resume

if TYPE_CHECKING:
    from listing_runtime.call.order import Order
    from listing_runtime.credential import Credential
    from listing_runtime.recording.recording import Recording

LONGEST_BODY = 32 * 1024 * 1024


class Settings:
    """What a client was set up with; nothing of it can be changed later, but `with_options` gives another one."""

    __operation__: ClassVar[Operation]

    def __init__(  # noqa: PLR0913, PLR0917 - the settings of a client
        self,
        token: Given,
        scheme: str | None,
        base_url: str | None,
        timeout: float,
        max_retries: int,
        max_body_bytes: int,
        default_headers: Mapping[str, str] | None,
        default_query: Mapping[str, Any] | None,
    ) -> None:
        self._base_url = validity.base_url(base_url, self.__operation__)
        self._timeout = validity.seconds("timeout", timeout)
        self._max_retries = validity.count("max_retries", max_retries)
        self._max_body_bytes = validity.count("max_body_bytes", max_body_bytes, least=1)
        self._default_headers = validity.headers("default_headers", default_headers)
        self._default_query = pairs_of("default_query", default_query)
        log_as_asked(self.__operation__.package)
        self._credential: Credential | None = find_credential(self.__operation__, token, scheme)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {getattr(self, '_base_url', 'no server yet')}>"

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
        max_body_bytes: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, Any] | None = None,
    ) -> Self:
        """Give a client with other settings that shares this one's connections; closing either closes both.

        Headers and query parameters are added to this client's, and take the place of those with the same name.
        """
        added = pairs_of("default_query", default_query)
        changes: dict[str, Any] = {
            "_default_headers": self._default_headers.and_of(validity.headers("default_headers", default_headers)),
            "_default_query": unless_named(self._default_query, {name for name, _ in added}) + added,
        }
        if timeout is not None:
            changes["_timeout"] = validity.seconds("timeout", timeout)
        if max_retries is not None:
            changes["_max_retries"] = validity.count("max_retries", max_retries)
        if max_body_bytes is not None:
            changes["_max_body_bytes"] = validity.count("max_body_bytes", max_body_bytes, least=1)
        other = copy.copy(self)
        vars(other).update(changes)
        return other

    def _told(self, error: Exception, resume: Resume | None) -> Exception:
        """Make an error fit to leave a call."""
        from listing_runtime.disclosure import disclosed  # noqa: PLC0415 - loaded when something went wrong

        return disclosed(error, self._credential, resume)

    def _recording(self, path: str | PathLike[str] | None) -> Recording | None:
        """Open the file to which exchanges are appended."""
        if path is None:
            return None
        from listing_runtime.recording.recording import Recording  # noqa: PLC0415 - loaded where it is asked for

        return Recording(validity.path("record", path), self.__operation__, self._credential)

    def _call(  # noqa: PLR0913 - what every call takes
        self,
        arguments: Mapping[str, object],
        *,
        on_invalid: OnInvalid,
        timeout: float | None,
        max_retries: int | None,
        extra_query: Mapping[str, Any] | None,
        extra_headers: Mapping[str, str] | None,
    ) -> Call:
        """Check a call where it stands in the caller's code, not where its first page is asked for."""
        operation = self.__operation__
        if operation.superseded:
            warn_superseded(operation)
        parts = request_parts(operation, arguments)
        extra = pairs_of("extra_query", extra_query)
        if twice := {name for name, _ in extra} & {name for name, _ in parts.query}:
            raise InvalidArgumentError(f"extra_query: {min(twice)!r} is given as an argument too")
        return Call(
            parts.given,
            self._timeout if timeout is None else validity.seconds("timeout", timeout),
            self._max_retries if max_retries is None else validity.count("max_retries", max_retries),
            extra,
            validity.headers("extra_headers", extra_headers),
            validity.on_invalid(on_invalid),
        )

    def _order(self, call: Call, resume: Resume | None) -> Order:
        """Make the request of one page."""
        from listing_runtime.call.order import Order  # noqa: PLC0415 - loaded when something is sent

        operation, credential = self.__operation__, self._credential
        parts = request_parts(operation, {**call.arguments, **(resume or {})})
        documented = {name for name, _ in parts.query}
        extra = unless_named(call.extra_query, documented)
        default = unless_named(self._default_query, documented | {name for name, _ in extra})
        carried = credential.headers if credential else SecretHeaders()
        return Order(
            operation.method,
            self._base_url + parts.target([*extra, *default]),
            Secret(urlencode(credential.query) if credential else ""),
            SecretHeaders(parts.headers).and_of(carried, self._default_headers, call.headers),
            call.timeout,
            self._max_body_bytes,
            operation.package,
            call.max_retries,
        )
