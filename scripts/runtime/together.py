"""Clients of operations whose credentials count only together."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, cast

from listing_runtime import client
from listing_runtime.secret import hidden
from listing_runtime.settings import LONGEST_BODY
from listing_runtime.wire import AsyncHTTPClient, HTTPClient

__all__ = ["AsyncClient", "SyncClient"]


class SyncClient(client.SyncClient):
    """A client that waits for each response."""

    def __init__(  # noqa: PLR0913 - the settings of a client
        self,
        token: str | Mapping[str, str] | None = None,
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
        super().__init__(
            cast("str | None", secret),
            scheme=scheme,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            max_body_bytes=max_body_bytes,
            default_headers=default_headers,
            default_query=default_query,
            http_client=http_client,
            record=record,
        )


class AsyncClient(client.AsyncClient):
    """A client whose calls are awaited, under asyncio or trio."""

    def __init__(  # noqa: PLR0913 - the settings of a client
        self,
        token: str | Mapping[str, str] | None = None,
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
        super().__init__(
            cast("str | None", secret),
            scheme=scheme,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            max_body_bytes=max_body_bytes,
            default_headers=default_headers,
            default_query=default_query,
            http_client=http_client,
            record=record,
        )
