"""What the generated clients have in common: set-up, requests, closing; generation adds the operation's method."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlencode, urlsplit

from ._credentials import Credential, find_credential
from ._query import request_parts, text_of
from .errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from types import TracebackType

    from ._operation import Operation
    from ._recording import Recording
    from ._transport import AsyncTransport, Order, Transport
    from .types import AsyncHTTPClient, HTTPClient, Response, Resume


LONGEST_BODY = 32 * 1024 * 1024


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

    def __init__(self, token: str | None, base_url: str | None, timeout: float, max_body_bytes: int) -> None:
        self._base_url = _checked(base_url or self.__operation__.server)
        self._timeout = timeout
        self._max_body_bytes = max_body_bytes
        self._credential: Credential | None = find_credential(self.__operation__.scheme, token)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._base_url}>"

    def _recording(self, path: str | PathLike[str] | None) -> Recording | None:
        """Open the file to which exchanges are appended."""
        if path is None:
            return None
        from ._recording import Recording  # noqa: PLC0415 - loaded where it is asked for

        return Recording(path, self.__operation__, self._credential)

    def _order(self, call: Call, resume: Resume | None) -> Order:
        """Make the request of one page."""
        from ._transport import Order  # noqa: PLC0415 - the HTTP library is loaded when it is needed

        operation, credential = self.__operation__, self._credential
        parts = request_parts(operation, {**call.arguments, **(resume or {})})
        return Order(
            operation.method,
            self._base_url + parts.target(call.extra_query),
            urlencode(credential.query) if credential else "",
            parts.headers | (credential.headers if credential else {}),
            self._timeout if call.timeout is None else call.timeout,
            self._max_body_bytes,
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


class SyncClient(Settings):
    """A client that waits for each response."""

    def __init__(  # noqa: PLR0913 - the settings of a client
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float = 10.0,
        max_retries: int = 2,
        max_body_bytes: int = LONGEST_BODY,
        http_client: HTTPClient | None = None,
        record: str | PathLike[str] | None = None,
    ) -> None:
        from ._retries import Retries  # noqa: PLC0415 - the HTTP library is loaded when it is needed
        from ._transport import Transport  # noqa: PLC0415

        super().__init__(token, base_url, timeout, max_body_bytes)
        self._transport: Transport = Transport(http_client, Retries(max_retries), self._recording(record))

    def _send(self, call: Call, resume: Resume | None) -> Response:
        return self._transport.send(self._order(call, resume))

    def close(self) -> None:
        """Close the connections; a client that the user gave stays open. Closing twice does no harm."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(Settings):
    """A client whose calls are awaited, under asyncio or trio."""

    def __init__(  # noqa: PLR0913 - the settings of a client
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float = 10.0,
        max_retries: int = 2,
        max_body_bytes: int = LONGEST_BODY,
        http_client: AsyncHTTPClient | None = None,
        record: str | PathLike[str] | None = None,
    ) -> None:
        from ._retries import Retries  # noqa: PLC0415 - the HTTP library is loaded when it is needed
        from ._transport import AsyncTransport  # noqa: PLC0415

        super().__init__(token, base_url, timeout, max_body_bytes)
        self._transport: AsyncTransport = AsyncTransport(http_client, Retries(max_retries), self._recording(record))

    async def _send(self, call: Call, resume: Resume | None) -> Response:
        return await self._transport.send(self._order(call, resume))

    async def aclose(self) -> None:
        """Close the connections; a client that the user gave stays open. Closing twice does no harm."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
