"""What the generated clients have in common, sync and async; generation adds the operation's method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from listing_runtime.settings import LONGEST_BODY, Call, Settings

if TYPE_CHECKING:
    from os import PathLike
    from types import TracebackType

    from listing_runtime.call.transport import AsyncTransport, Transport
    from listing_runtime.types import AsyncHTTPClient, HTTPClient, Response, Resume

__all__ = ["AsyncClient", "Call", "SyncClient"]


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
        scheme: str | None = None,
    ) -> None:
        from listing_runtime.call.retries import Retries  # noqa: PLC0415 - the HTTP library is loaded when it is needed
        from listing_runtime.call.transport import Transport  # noqa: PLC0415

        super().__init__((token, scheme), base_url, timeout, max_body_bytes)
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
        scheme: str | None = None,
    ) -> None:
        from listing_runtime.call.retries import Retries  # noqa: PLC0415 - the HTTP library is loaded when it is needed
        from listing_runtime.call.transport import AsyncTransport  # noqa: PLC0415

        super().__init__((token, scheme), base_url, timeout, max_body_bytes)
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
