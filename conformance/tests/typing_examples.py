"""What a user's type checker sees; mypy and pyright, both strict, have nothing to say about this file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import assert_type

from browserbase_sessions import AsyncClient, Client, Listing, Session, SessionPage
from browserbase_sessions.errors import APIStatusError, RateLimitError
from browserbase_sessions.models import SessionStatus, SessionStatusText
from browserbase_sessions.types import Resume
from instavm_sandboxes import Client as InstaVMClient
from instavm_sandboxes.errors import APIStatusError as InstaVMAPIStatusError
from instavm_sandboxes.models import HTTPValidationError, ValidationError
from instavm_sandboxes.types import JSON
from vercel_sessions import Client as VercelClient


def sync_examples(client: Client) -> None:
    """Every value has its exact type; an absent optional is None."""
    listing = client.list_sessions(status="RUNNING", q="user_metadata['a']:'b'", timeout=5.0)
    assert_type(listing, Listing[Session, SessionPage])
    for session in listing:
        assert_type(session, Session)
        assert_type(session.id, str)
        assert_type(session.started_at, datetime)
        assert_type(session.ended_at, datetime | None)
        assert_type(session.status, SessionStatusText | SessionStatus | str)
        assert_type(session.proxy_bytes, int)
    page = listing.first_page()
    assert_type(page, SessionPage)
    assert_type(page.items, list[Session])
    assert_type(page.response.status, int)
    assert_type(list(page), list[Session])
    assert_type(page.next_page(), SessionPage | None)
    assert_type(page.has_next_page, bool)
    assert_type(client.with_options(timeout=1.0, default_headers={"X-Team": "a"}), Client)


def argument_examples(vercel: VercelClient, instavm: InstaVMClient) -> None:
    """Documented words are completed, and any other text is taken; times and mappings go where they mean something."""
    vercel.list_sessions(sort_order="asc", max_items=3, prefetch=1, extra_query={"teamId": ["a", "b"]})
    vercel.list_sessions(sort_order="never heard of", extra_headers={"X-Trace": "1"}, max_retries=0)
    instavm.list_sandboxes(metadata={"team": "a"})
    instavm.list_sandboxes(metadata='{"team":"a"}')


def recording_examples(path: Path) -> None:
    """A file to record in is named by text or by a path, for either client."""
    assert_type(Client(record=path), Client)
    assert_type(Client("t", timeout=5.0, record="traffic.jsonl"), Client)
    assert_type(AsyncClient(record=path), AsyncClient)
    assert_type(AsyncClient(record=None), AsyncClient)


def error_examples(client: Client) -> None:
    """Errors carry typed values."""
    try:
        client.list_sessions(status=SessionStatus.RUNNING).first_page()
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except APIStatusError as error:
        assert_type(error.status, int)
        assert_type(error.request_id, str | None)
        assert_type(error.message, str | None)
        assert_type(error.resume, Resume | None)


def error_body_examples(client: InstaVMClient) -> None:
    """A documented error body has its model; any other is JSON."""
    try:
        client.list_sandboxes().first_page()
    except InstaVMAPIStatusError as error:
        body = error.body
        if isinstance(body, HTTPValidationError):
            assert_type(body.detail, list[ValidationError] | None)
        else:
            shown(body)


def shown(value: JSON) -> str:
    """Take any JSON."""
    return str(value)


async def async_examples(client: AsyncClient) -> None:
    """The async mirror has the same types."""
    async for session in client.list_sessions():
        assert_type(session, Session)
    assert_type(await client.list_sessions().first_page(), SessionPage)
