"""The vendors' real SDKs work on the mock, unmodified."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest

from conformance.tests.conftest import listening
from conformance.tests.mock.conftest import SECRET, contract_of, dataset_of

pytestmark = pytest.mark.machine


@pytest.fixture
def browserbase() -> ModuleType:
    """The SDK, loaded when a test needs it."""
    return importlib.import_module("browserbase")


@pytest.fixture
def anthropic() -> ModuleType:
    """The SDK of the page's example."""
    return importlib.import_module("anthropic")


@contextmanager
def mock(stem: str) -> Iterator[str]:
    """The base URL of an honest mock."""
    with listening(contract_of(stem)) as url:
        yield url


def test_browserbase_lists_and_filters(browserbase: ModuleType) -> None:
    """Browserbase's SDK lists every session, and those of one status or with given metadata."""
    with mock("browserbase_sessions") as url, browserbase.Browserbase(api_key=SECRET, base_url=url) as client:
        everything = client.sessions.list()
        running_ones = client.sessions.list(status="RUNNING")
        production = client.sessions.list(q="user_metadata['env']:'prod'")

    assert {entry.value["id"] for entry in dataset_of("browserbase_sessions").entries} == {one.id for one in everything}
    assert {one.id for one in everything if one.status == "RUNNING"} == {one.id for one in running_ones} != set()
    assert {"prod"} == {(one.user_metadata or {})["env"] for one in production}


def test_browserbase_is_refused(browserbase: ModuleType) -> None:
    """Browserbase's SDK raises its own error for a wrong key."""
    with (
        mock("browserbase_sessions") as url,
        browserbase.Browserbase(api_key="wrong", base_url=url) as client,
        pytest.raises(browserbase.AuthenticationError),
    ):
        client.sessions.list()


def test_anthropic_walks_and_filters(anthropic: ModuleType) -> None:
    """The SDK of the page's example walks every page, each session once, and filters by agent."""
    with mock("sandbase_sessions") as url, anthropic.Anthropic(api_key=SECRET, base_url=url) as client:
        page = client.beta.sessions.list(agent_id="agent_01HqR2k7", limit=20)
        of_agent = [session.id for session in page]
        everything = [session.id for session in client.beta.sessions.list(limit=7)]

    current = [one.value for one in dataset_of("sandbase_sessions").entries if one.value.get("archived_at") is None]
    assert sorted(one["id"] for one in current) == sorted(everything)
    assert sorted(one["id"] for one in current if one.get("agent_id") == "agent_01HqR2k7") == sorted(of_agent)


def test_anthropic_is_refused(anthropic: ModuleType) -> None:
    """The SDK of the page's example raises its own error for a wrong key."""
    with (
        mock("sandbase_sessions") as url,
        anthropic.Anthropic(api_key="wrong", base_url=url) as client,
        pytest.raises(anthropic.AuthenticationError),
    ):
        client.beta.sessions.list()
