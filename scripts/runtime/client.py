"""What the generated clients have in common, sync and async; generation adds the operation's method."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from listing_runtime import validity
from listing_runtime.call.call import Call
from listing_runtime.listing import AsyncListing, Listing
from listing_runtime.secret import hidden
from listing_runtime.settings import LONGEST_BODY, Settings
from listing_runtime.walk.range import Range
from listing_runtime.wire import AsyncHTTPClient, HTTPClient, OnInvalid, Response, Resume

if TYPE_CHECKING:
    from listing_runtime.call.async_transport import AsyncTransport
    from listing_runtime.call.transport import Transport
    from listing_runtime.model.pages import Page

__all__ = ["AsyncClient", "SyncClient"]

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT", bound="Page[Any]")


class SyncClient(Settings):
    """A client that waits for each response."""

    def __init__(  # noqa: PLR0913 - the settings of a client
        self,
        token: str | None = None,
        *,
        scheme: str | None = None,
        base_url: str | None = None,
        timeout: float = 10.0,
        max_retries: int = 2,
        max_body_bytes: int = LONGEST_BODY,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, Any] | None = None,
        http_client: HTTPClient | None = None,
        record: str | PathLike[str] | None = None,
    ) -> None:
        secret, token = hidden(token), None  # no frame of ours holds it in clear from here on
        if http_client is not None:
            validity.client(http_client, waits=True)
        super().__init__(secret, scheme, base_url, timeout, max_retries, max_body_bytes, default_headers, default_query)
        from listing_runtime.call.transport import Transport  # noqa: PLC0415 - the HTTP library is loaded when needed

        self._transport: Transport = Transport(http_client, self.__operation__, self._recording(record))

    def _listing(  # noqa: PLR0913 - generated code calls it
        self,
        call: Call,
        read: Callable[[Response, OnInvalid], PageT],
        identity: Callable[[ItemT], Hashable],
        *,
        resume: Resume | None,
        max_pages: int | None,
        max_items: int | None,
        prefetch: int,
    ) -> Listing[ItemT, PageT]:
        """Make the listing that a call returns."""

        def fetch(resume: Resume | None) -> PageT:
            failure: Exception
            try:
                return read(self._transport.send(self._order(call, resume)), call.on_invalid)
            except Exception as error:  # noqa: BLE001 - told again without what the frames below hold
                failure = self._told(error, resume)
            try:
                raise failure
            finally:
                del failure  # which would hold this frame, which holds it

        within = Range.checked(self.__operation__, resume, max_pages, max_items, prefetch)
        return Listing(fetch, identity, within)

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
        scheme: str | None = None,
        base_url: str | None = None,
        timeout: float = 10.0,
        max_retries: int = 2,
        max_body_bytes: int = LONGEST_BODY,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, Any] | None = None,
        http_client: AsyncHTTPClient | None = None,
        record: str | PathLike[str] | None = None,
    ) -> None:
        secret, token = hidden(token), None  # no frame of ours holds it in clear from here on
        if http_client is not None:
            validity.client(http_client, waits=False)
        super().__init__(secret, scheme, base_url, timeout, max_retries, max_body_bytes, default_headers, default_query)
        from listing_runtime.call.async_transport import AsyncTransport  # noqa: PLC0415 - loaded when it is needed

        self._transport: AsyncTransport = AsyncTransport(http_client, self.__operation__, self._recording(record))

    def _listing(  # noqa: PLR0913 - generated code calls it
        self,
        call: Call,
        read: Callable[[Response, OnInvalid], PageT],
        identity: Callable[[ItemT], Hashable],
        *,
        resume: Resume | None,
        max_pages: int | None,
        max_items: int | None,
        prefetch: int,
    ) -> AsyncListing[ItemT, PageT]:
        """Make the listing that a call returns."""

        async def fetch(resume: Resume | None) -> PageT:
            failure: Exception
            try:
                return read(await self._transport.send(self._order(call, resume)), call.on_invalid)
            except Exception as error:  # noqa: BLE001 - told again without what the frames below hold
                failure = self._told(error, resume)
            try:
                raise failure
            finally:
                del failure  # which would hold this frame, which holds it

        within = Range.checked(self.__operation__, resume, max_pages, max_items, prefetch)
        return AsyncListing(fetch, identity, within)

    async def aclose(self) -> None:
        """Close the connections; a client that the user gave stays open. Closing twice does no harm."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
