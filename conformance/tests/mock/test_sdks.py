"""The vendors' real SDKs work on the mock, unmodified."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

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


@pytest.fixture
def e2b() -> ModuleType:
    """E2B's SDK."""
    return importlib.import_module("e2b")


def e2b_ids(pages: Any) -> list[str]:
    """The identifiers on all pages."""
    found: list[str] = []
    while pages.has_next:
        found += [one.sandbox_id for one in pages.next_items()]
    return found


def test_e2b_walks_and_filters(e2b: ModuleType) -> None:
    """E2B's SDK walks by the header, each sandbox once, and filters by state, template and metadata of any text."""
    stored = [entry.value for entry in dataset_of("e2b_sandboxes").entries]
    odd = next(one["metadata"] for one in stored if "note" in one.get("metadata", {}))
    with mock("e2b_sandboxes") as url:
        reach = {"api_key": SECRET, "api_url": url, "validate_api_key": False}
        everything = e2b_ids(e2b.Sandbox.list(limit=50, **reach))
        queries = {
            "state": e2b.SandboxQuery(state=[e2b.SandboxState.PAUSED]),
            "metadata": e2b.SandboxQuery(metadata=odd),
        }
        found = {name: e2b_ids(e2b.Sandbox.list(query=query, **reach)) for name, query in queries.items()}

    assert sorted(everything) == sorted(one["sandboxID"] for one in stored)
    assert sorted(found["state"]) == sorted(one["sandboxID"] for one in stored if one["state"] == "paused")
    noted = [one["sandboxID"] for one in stored if one.get("metadata") == odd]
    assert sorted(found["metadata"]) == sorted(noted) != []


def test_e2b_is_refused(e2b: ModuleType) -> None:
    """E2B's SDK raises its own error for a wrong key."""
    with mock("e2b_sandboxes") as url, pytest.raises(e2b.AuthenticationException):
        e2b.Sandbox.list(api_key="wrong", api_url=url, validate_api_key=False).next_items()


@pytest.fixture
def openai() -> ModuleType:
    """The SDK that Sandbase's pages recommend for agents."""
    return importlib.import_module("openai")


def test_openai_walks_and_filters(openai: ModuleType) -> None:
    """OpenAI's SDK walks from last session to last session, each once, turns the order, and filters by agent."""
    stored = [entry.value for entry in dataset_of("sandbase_agent_sessions").entries]
    active = [one["id"] for one in stored if one["lifecycle_status"] == "active"]
    agent = next(one["agent_id"] for one in stored if one["lifecycle_status"] == "active" and one.get("agent_id"))
    with mock("sandbase_agent_sessions") as url, openai.OpenAI(api_key=SECRET, base_url=f"{url}/v1") as client:
        sessions = client.beta.agents.sessions
        everything = [one.id for one in sessions.list(limit=7)]
        turned = [one.id for one in sessions.list(order="asc")]
        of_agent = [one.id for one in sessions.list(agent_id=agent)]
        archived = [one.id for one in sessions.list(extra_query={"lifecycle_status": "archived"})]

    assert sorted(everything) == sorted(active)
    assert turned == everything[::-1]
    assert of_agent == [one for one in everything if next(s for s in stored if s["id"] == one).get("agent_id") == agent]
    assert sorted(archived) == sorted(one["id"] for one in stored if one["lifecycle_status"] == "archived")


def test_openai_is_refused(openai: ModuleType) -> None:
    """OpenAI's SDK raises its own errors for a wrong key and for a limit out of range."""
    with mock("sandbase_agent_sessions") as url:
        with openai.OpenAI(api_key="wrong", base_url=f"{url}/v1") as client, pytest.raises(openai.AuthenticationError):
            client.beta.agents.sessions.list()
        with openai.OpenAI(api_key=SECRET, base_url=f"{url}/v1") as client, pytest.raises(openai.BadRequestError):
            client.beta.agents.sessions.list(limit=101)


@pytest.fixture
def vercel() -> ModuleType:
    """Vercel's SDK of sandboxes."""
    return importlib.import_module("vercel.sandbox.sync")


@contextmanager
def vercel_on(sdk: ModuleType, url: str, token: str = SECRET) -> Iterator[None]:
    """A session of Vercel's SDK with a mock."""
    given = importlib.import_module("vercel.sandbox").SandboxCredentials(
        token=token, team_id="team_1", project_id="prj_9aKx2LmQ7Vt4"
    )
    options = sdk.SandboxServiceOptions(base_url=url, credentials_factory=lambda: given)
    with importlib.import_module("vercel.api").session(service_options=[options]):
        yield


def test_vercel_walks_and_filters(vercel: ModuleType) -> None:
    """Vercel's SDK walks every page of a project, sorts by name, and finds by prefix and by tag."""
    entries = dataset_of("vercel_named_sandboxes").entries
    stored = [entry.value for entry in entries if entry.owners["project"] == "prj_9aKx2LmQ7Vt4"]
    with mock("vercel_named_sandboxes") as url, vercel_on(vercel, url):
        everything = [one.name for one in vercel.query_sandboxes(page_size=7)]
        by_name = [one.name for one in vercel.query_sandboxes(query=vercel.SandboxQueryByName(sort_order="asc"))]
        web = vercel.SandboxQueryByName(name_prefix="web-")
        tagged = vercel.SandboxQueryByCreatedAt(tag=vercel.TagFilter(key="env", value="prod"))
        found = [[one.name for one in vercel.query_sandboxes(query=query)] for query in (web, tagged)]

    assert sorted(everything) == sorted(one["name"] for one in stored)
    assert by_name == sorted(everything)
    assert sorted(found[0]) == sorted(one["name"] for one in stored if one["name"].startswith("web-")) != []
    assert sorted(found[1]) == sorted(one["name"] for one in stored if one.get("tags", {}).get("env") == "prod") != []


def test_vercel_is_refused(vercel: ModuleType) -> None:
    """Vercel's SDK raises its own error for a wrong token."""
    with mock("vercel_named_sandboxes") as url, vercel_on(vercel, url, "wrong"), pytest.raises(vercel.SandboxApiError):
        list(vercel.query_sandboxes())
