"""The vendors' real SDKs for Node.js, unmodified, list of the mock what plain requests list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from conformance.tests.conftest import Answer, listening, lying
from conformance.tests.mock.conftest import SECRET, contract_of, dataset_of
from conformance.tests.node import evaluated, installed

if TYPE_CHECKING:
    import httpx
    from starlette.requests import Request

pytestmark = pytest.mark.machine
PACKAGES = ("@vercel/sandbox@3.5.0", "@vercel/sdk@1.28.35", "e2b@2.51.0", "openai@7.59.0")
SCRIPT = Path(__file__).parent / "sdks.mjs"
TEAM, PROJECT = {"projectId": "prj_9aKx2LmQ7Vt4"}, {"project": "prj_9aKx2LmQ7Vt4"}
Asked = dict[str, Any]


@pytest.fixture
def packages(request: pytest.FixtureRequest) -> Path:
    """The folder of the SDKs, which lasts from run to run."""
    return installed(PACKAGES, request.config.cache.mkdir("npm"))


def next_of(answer: httpx.Response) -> Asked:
    """What a page says of the next one, as its vendor says it."""
    body = answer.json()
    if isinstance(body, list):
        return {"nextToken": answer.headers.get("x-next-token")}
    if "has_more" in body:
        return {"after": body["last_id"] if body["has_more"] else None}
    return {"cursor": body["pagination"]["next"]}


def plain(url: str, stem: str, query: Asked) -> Iterator[list[str]]:
    """The identities on each page of a listing, by plain requests."""
    import httpx  # noqa: PLC0415 - nothing is loaded when tests are collected

    contract = contract_of(stem)
    after: Asked = {}
    with httpx.Client(base_url=url, headers=contract.credentials[0].headers(SECRET)) as client:
        while None not in after.values():
            answer = client.get(contract.path, params=query | after).raise_for_status()
            items: Any = contract.items.place.get(answer.json())
            yield [str(contract.identity.get(item)) for item in items]
            after = next_of(answer)


def both(packages: Path, sdk: str, stem: str, *asks: tuple[Asked, Asked]) -> list[list[list[str]]]:
    """The pages that an SDK lists for each ask, compared with those of the query of the same meaning."""
    with listening(contract_of(stem)) as url:
        listed: list[list[list[str]]] = given(packages, sdk, url, *(asked for asked, _ in asks))
        expected = [list(plain(url, stem, query)) for _, query in asks]

    assert listed == expected
    return listed


def refused(packages: Path, sdk: str, stem: str, *asks: Asked) -> list[tuple[str, int | None]]:
    """The error of an SDK for each ask that the mock refuses, and the status in it."""
    with listening(contract_of(stem)) as url:
        return [(said["error"], said["status"]) for said in given(packages, sdk, url, *asks)]


def given(packages: Path, sdk: str, url: str, *asks: Asked) -> list[Any]:
    """What an SDK gives for each ask, with the token of the mock unless it has another."""
    whole = [{"token": SECRET} | asked for asked in asks]
    gave: list[Any] = evaluated(SCRIPT, packages, {"sdk": sdk, "url": url, "asks": whole})
    return gave


def items(stem: str, *, owned: bool = False) -> list[Any]:
    """What the mock stores; of the project alone where that is asked."""
    entries = dataset_of(stem).entries
    return [entry.value for entry in entries if not owned or entry.owners["project"] == PROJECT["project"]]


def flat(pages: list[list[str]]) -> list[str]:
    """The identities of all pages."""
    return [identity for page in pages for identity in page]


def test_vercel_sandbox_walks_filters_and_sorts(packages: Path) -> None:
    """@vercel/sandbox walks the pages of a project, turns the order, sorts by name, finds by prefix and by tag."""
    walk, turned, by_name, web, tagged = both(
        packages,
        "@vercel/sandbox",
        "vercel_named_sandboxes",
        (TEAM | {"limit": 7}, PROJECT | {"limit": 7}),
        (TEAM | {"sortOrder": "asc"}, PROJECT | {"sortOrder": "asc"}),
        (TEAM | {"sortBy": "name"}, PROJECT | {"sortBy": "name"}),
        (TEAM | {"sortBy": "name", "namePrefix": "web-"}, PROJECT | {"sortBy": "name", "namePrefix": "web-"}),
        (TEAM | {"tags": {"env": "prod"}}, PROJECT | {"tags": "env:prod"}),
    )
    stored = items("vercel_named_sandboxes", owned=True)

    assert len(walk) == 4
    assert sorted(flat(walk)) == sorted(one["name"] for one in stored)
    assert flat(turned) == flat(walk)[::-1]
    assert flat(by_name) == sorted(flat(walk), reverse=True)
    assert set(flat(web)) == {one["name"] for one in stored if one["name"].startswith("web-")} != set()
    assert set(flat(tagged)) == {one["name"] for one in stored if one.get("tags", {}).get("env") == "prod"} != set()


def test_vercel_sandbox_lists_sessions(packages: Path) -> None:
    """@vercel/sandbox walks the sessions of one sandbox, in either order."""
    sandbox = next(one for one in items("vercel_named_sandboxes") if one["name"].startswith("web"))
    session = items("vercel_sessions")[0]
    one = {"sandbox": sandbox | {"name": session["sourceSandboxName"]}, "session": session, "routes": []}
    query = PROJECT | {"name": session["sourceSandboxName"], "limit": 2}
    walk, turned = both(
        packages,
        "@vercel/sandbox",
        "vercel_sessions",
        (TEAM | {"one": one, "limit": 2}, query),
        (TEAM | {"one": one, "limit": 2, "sortOrder": "asc"}, query | {"sortOrder": "asc"}),
    )

    assert len(walk) > 2
    assert flat(turned) == flat(walk)[::-1]


def test_vercel_sandbox_is_refused(packages: Path) -> None:
    """@vercel/sandbox raises its own error for a wrong token, and for a prefix without the order that it needs."""
    asks = (TEAM | {"token": "wrong"}, TEAM | {"namePrefix": "web-"})

    assert refused(packages, "@vercel/sandbox", "vercel_named_sandboxes", *asks) == [
        ("APIError", 401),
        ("APIError", 400),
    ]


@pytest.mark.parametrize("mode", ["allow-all", "custom", "default-allow", "default-deny", "deny-all"])
def test_vercel_sandbox_takes_three_of_five_modes(packages: Path, mode: str) -> None:
    """@vercel/sandbox refuses the whole page for two of the network modes that the API's page and @vercel/sdk know."""

    def with_mode(_: Request, answer: Answer) -> Answer:
        policy = {"networkPolicy": {"mode": mode}}
        return answer.with_json(lambda body: body | {"sandboxes": [one | policy for one in body["sandboxes"]]})

    with listening(lying(contract_of("vercel_named_sandboxes"), with_mode)) as url:
        [listed] = given(packages, "@vercel/sandbox", url, TEAM)

    assert isinstance(listed, list) == (not mode.startswith("default-"))


def test_vercel_sdk_walks_and_filters(packages: Path) -> None:
    """@vercel/sdk, which has no pager, is led from page to page by what it gives; it filters by state and by tag."""
    walk, stopped, tagged, web = both(
        packages,
        "@vercel/sdk",
        "vercel_named_sandboxes",
        (PROJECT | {"limit": 7}, PROJECT | {"limit": 7}),
        (PROJECT | {"status": "stopped"}, PROJECT | {"status": "stopped"}),
        (PROJECT | {"tags": "env:prod"}, PROJECT | {"tags": "env:prod"}),
        (PROJECT | {"sortBy": "name", "namePrefix": "web-"}, PROJECT | {"sortBy": "name", "namePrefix": "web-"}),
    )
    stored = items("vercel_named_sandboxes", owned=True)

    assert len(walk) == 4
    assert sorted(flat(walk)) == sorted(one["name"] for one in stored)
    assert set(flat(stopped)) == {one["name"] for one in stored if one["status"] == "stopped"} != set()
    assert set(flat(tagged)) == {one["name"] for one in stored if one.get("tags", {}).get("env") == "prod"} != set()
    assert set(flat(web)) == {one["name"] for one in stored if one["name"].startswith("web-")} != set()


def test_vercel_sdk_lists_sessions(packages: Path) -> None:
    """@vercel/sdk lists all sessions, and those of one sandbox."""
    name = items("vercel_sessions")[0]["sourceSandboxName"]
    walk, of_one = both(
        packages,
        "@vercel/sdk",
        "vercel_sessions",
        ({"sessions": True, "limit": 30}, {"limit": 30}),
        ({"sessions": True, "name": name}, {"name": name}),
    )

    assert len(walk) == 3
    assert sorted(flat(walk)) == sorted(one["id"] for one in items("vercel_sessions"))
    assert set(flat(of_one)) == {one["id"] for one in items("vercel_sessions") if one["sourceSandboxName"] == name}


def test_vercel_sdk_is_refused(packages: Path) -> None:
    """@vercel/sdk raises its own error for a wrong token, and for a state without the order that it needs."""
    asks = ({"token": "wrong"}, {"status": "running", "sortBy": "name"})

    assert refused(packages, "@vercel/sdk", "vercel_named_sandboxes", *asks) == [("SDKError", 401), ("SDKError", 400)]


def test_e2b_walks_and_filters(packages: Path) -> None:
    """E2B's SDK walks by the header, turns the order, and filters by state and by metadata of any text."""
    stored = items("e2b_sandboxes")
    odd = next(one["metadata"] for one in stored if "note" in one.get("metadata", {}))
    walk, turned, paused, noted = both(
        packages,
        "e2b",
        "e2b_sandboxes",
        ({"limit": 50}, {"limit": 50}),
        ({"order": "asc"}, {"order": "asc"}),
        ({"query": {"state": ["paused"]}}, {"state": "paused"}),
        ({"query": {"metadata": odd}}, {"metadata": urlencode(odd, quote_via=quote)}),
    )

    assert len(walk) == 3
    assert sorted(flat(walk)) == sorted(one["sandboxID"] for one in stored)
    assert flat(turned) == flat(walk)[::-1]
    assert set(flat(paused)) == {one["sandboxID"] for one in stored if one["state"] == "paused"} != set()
    assert set(flat(noted)) == {one["sandboxID"] for one in stored if one.get("metadata") == odd} != set()


def test_e2b_is_refused(packages: Path) -> None:
    """E2B's SDK raises its own errors: of a wrong key a class without the status, of what else is refused with it."""
    asks = ({"token": "wrong"}, {"limit": 101})

    assert refused(packages, "e2b", "e2b_sandboxes", *asks) == [("AuthenticationError", None), ("SandboxError", 400)]


def test_openai_walks_and_filters(packages: Path) -> None:
    """OpenAI's SDK walks from last session to last session, turns the order, filters by agent and by state."""
    stored = items("sandbase_agent_sessions")
    agent = next(one["agent_id"] for one in stored if one["lifecycle_status"] == "active" and one.get("agent_id"))
    asks: tuple[Asked, ...] = ({"limit": 7}, {"order": "asc"}, {"agent_id": agent}, {"lifecycle_status": "archived"})
    walk, turned, of_agent, archived = both(
        packages, "openai", "sandbase_agent_sessions", *zip(asks, asks, strict=True)
    )
    states = {one["id"]: one["lifecycle_status"] for one in stored}

    assert len(walk) > 3
    assert sorted(flat(walk)) == sorted(each for each, state in states.items() if state == "active")
    assert flat(turned) == flat(walk)[::-1]
    assert set(flat(of_agent)) == {one["id"] for one in stored if one.get("agent_id") == agent} & set(flat(walk))
    assert set(flat(archived)) == {each for each, state in states.items() if state == "archived"}


def test_openai_is_refused(packages: Path) -> None:
    """OpenAI's SDK raises its own errors for a wrong key and for a limit out of range."""
    errors = refused(packages, "openai", "sandbase_agent_sessions", {"token": "wrong"}, {"limit": 101})

    assert errors == [("AuthenticationError", 401), ("BadRequestError", 400)]
