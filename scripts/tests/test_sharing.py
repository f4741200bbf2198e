"""One client for many: threads, tasks, and what becomes of it when it is closed."""

import asyncio
import importlib
import threading

import httpx
import pytest
import sandbase_sessions
from sandbase_sessions import errors

from tests.answers import STEMS, URL, answering, listing, rows, sandbase_page


def test_threads_share_a_client() -> None:
    """Walks in many threads at once each give every item, once."""
    testing = importlib.import_module("sandbase_sessions.testing")
    shared = testing.client(rows("sandbase_sessions", 60), page_size=7)
    expected = [item.id for item in shared.list_sessions(include_archived=True)]
    found: list[list[str]] = []
    start = threading.Barrier(8)

    def walk() -> None:
        start.wait()
        found.append([item.id for item in shared.list_sessions(include_archived=True)])

    threads = [threading.Thread(target=walk) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 8
    assert sorted(expected) == sorted(row["id"] for row in rows("sandbase_sessions", 60))


def test_tasks_share_a_client() -> None:
    """Walks in many tasks at once each give every item, once."""
    testing = importlib.import_module("sandbase_sessions.testing")
    given = testing.client(rows("sandbase_sessions", 60)).list_sessions(include_archived=True)
    expected = [item.id for item in given]

    async def main() -> list[list[str]]:
        async with testing.async_client(rows("sandbase_sessions", 60), page_size=7) as shared:

            async def walk() -> list[str]:
                return [item.id async for item in shared.list_sessions(include_archived=True)]

            return await asyncio.gather(*(walk() for _ in range(20)))

    assert asyncio.run(main()) == [expected] * 20


@pytest.mark.parametrize("stem", STEMS)
def test_a_closed_client_says_so(stem: str) -> None:
    """Closing twice does no harm; a call after it is a ConfigurationError, sync and async."""
    package = importlib.import_module(stem)
    ours = package.Client("t")
    ours.close()
    ours.close()

    async def call() -> None:
        other = package.AsyncClient("t")
        await other.aclose()
        await other.aclose()
        await listing(other, stem).first_page()

    with pytest.raises(package.errors.ConfigurationError, match="the client is closed; make a new one"):
        listing(ours, stem).first_page()
    with pytest.raises(package.errors.ConfigurationError, match="the client is closed; make a new one"):
        asyncio.run(call())


def test_a_users_http_client_stays_open() -> None:
    """It is his to close; when he has, we say so."""
    http = httpx.Client(transport=httpx.MockTransport(answering(sandbase_page())))
    with sandbase_sessions.Client("t", base_url=URL, http_client=http) as ours:
        ours.list_sessions().first_page()

    assert not http.is_closed
    again = sandbase_sessions.Client("t", base_url=URL, http_client=http)
    http.close()
    with pytest.raises(errors.ConfigurationError, match="closed"):
        again.list_sessions().first_page()
