"""Pages that lead on, walks with an end, pages fetched ahead, and what a walk that broke says."""

import asyncio
import importlib
import inspect
import threading
import time
import typing
from types import ModuleType
from typing import Any

import anyio
import attrs
import httpx
import pytest
import sandbase_sessions
import vercel_sessions
from listing_runtime import errors

from tests.answers import STEMS, answering, async_client, client, in_turn, refusal, rows, sandbase_page


def server(count: int = 10, page_size: int = 4) -> Any:
    made: Any = importlib.import_module("vercel_sessions.testing")
    return made.server(rows("vercel_sessions", count), page_size=page_size)


def test_a_page_holds_its_items_and_leads_to_the_next() -> None:
    """Sync and async; a page without items is still a page."""
    with server().client() as ours:
        page, sizes, seen = ours.list_sessions().first_page(), list[int](), list[str]()
        while page is not None:
            sizes.append(len(page))
            seen += [item.id for item in page]
            assert page.has_next_page == (page.resume is not None)
            page = page.next_page()

    async def walk() -> list[str]:
        found = list[str]()
        async with server().async_client() as later:
            page = await later.list_sessions()
            while page is not None:
                found += [item.id for item in page]
                page = await page.anext_page()
        return found

    assert sizes == [4, 4, 2]
    assert asyncio.run(walk()) == seen
    assert vercel_sessions.SessionPage.from_dict({"sessions": [], "pagination": {"count": 0, "next": None}})


def test_a_walk_ends_after_as_many_items_as_are_wanted() -> None:
    """And asks for no page more than it needs."""
    for most, pages in ((0, 0), (1, 1), (4, 1), (5, 2), (99, 3)):
        served = server()
        with served.client() as ours:
            assert len(list(ours.list_sessions(max_items=most))) == min(most, 10)
        assert len(served.requests) == pages

        async def walk(most: int = most) -> int:
            async with server().async_client() as later:
                return len([item async for item in later.list_sessions(max_items=most)])

        assert asyncio.run(walk()) == min(most, 10)


def test_the_next_page_is_fetched_while_this_one_is_worked_on() -> None:
    """In a thread, or in a task of asyncio; under trio one after the other. Off by default."""
    for ahead, asked in ((0, 1), (1, 2)):
        served = server()
        with served.client() as ours:
            pages = ours.list_sessions(prefetch=ahead).pages()
            next(pages)
            deadline = time.monotonic() + 5
            while len(served.requests) < asked and time.monotonic() < deadline:
                time.sleep(0.005)
            assert len(served.requests) == asked
            assert [len(page) for page in pages] == [4, 2]
            ids = [item.id for item in ours.list_sessions()]
            assert [item.id for item in ours.list_sessions(prefetch=ahead)] == ids

    async def walk() -> list[str]:
        async with server().async_client() as later:
            return [item.id async for item in later.list_sessions(prefetch=1)]

    assert asyncio.run(walk()) == ids
    assert anyio.run(walk, backend="trio") == ids


def test_a_walk_that_is_left_early_leaves_nothing_behind() -> None:
    """No thread goes on after the page that was under way, no task either."""
    with server(40).client() as ours:
        for _ in ours.list_sessions(prefetch=1):
            break
        with pytest.raises(errors.APIError):
            list(client(sandbase_sessions, in_turn(refusal(404))).list_sessions(prefetch=1))

    async def leave() -> int:
        async with server(40).async_client() as later:
            walk = aiter(later.list_sessions(prefetch=1))
            await anext(walk)
            await walk.aclose()
            await asyncio.sleep(0.01)
            return len(asyncio.all_tasks())

    assert asyncio.run(leave()) == 1
    deadline = time.monotonic() + 5
    while any("prefetch" in thread.name for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [thread.name for thread in threading.enumerate() if "prefetch" in thread.name]


@pytest.mark.parametrize("ahead", [0, 1])
def test_an_error_in_mid_walk_says_from_where_to_go_on(ahead: int) -> None:
    """Nothing is listed twice and nothing is lost; before the first page there is nowhere to go on from."""
    served, found = server(), list[str]()
    with served.client(max_retries=0) as ours:
        whole = [item.id for item in ours.list_sessions()]
        walk = iter(ours.list_sessions(prefetch=ahead).pages())
        if not ahead:
            found += [item.id for item in next(walk)]
            served.refuse(500)
        else:
            served.delay(0.05)
            found += [item.id for item in next(walk)]
            served.refuse(500)
        with pytest.raises(errors.ServerError) as caught:
            found.extend(item.id for page in walk for item in page)
        served.delay(0)
        found += [item.id for item in ours.list_sessions(resume=caught.value.resume)]
        served.refuse(500)
        with pytest.raises(errors.ServerError) as first:
            ours.list_sessions().first_page()

    assert found == whole
    assert first.value.resume is None


def test_what_was_set_aside_belongs_to_its_walk() -> None:
    """A walk that is still under way does not write into that of the next one."""
    bad = sandbase_page(None, agent_version="x")
    listed = client(sandbase_sessions, answering(bad)).list_sessions(on_invalid="skip")
    first, second = listed.pages(), listed.pages()

    next(second)
    mine = listed.skipped
    next(first)
    assert mine is listed.skipped
    assert len(mine) == 1
    assert repr(listed) == "<Listing of sandbase_sessions.list_sessions>"


def test_other_settings_share_the_connections() -> None:
    """With a timeout of its own, one call more or less; the first client is as it was."""
    seen: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx.Response(503)

    ours = client(sandbase_sessions, answer)
    for each in (ours.with_options(timeout=3.0, max_retries=1), ours):
        with pytest.raises(errors.ServerError):
            each.with_options(default_headers={"Retry": "no"}).list_sessions().first_page()
    with pytest.raises(errors.ServerError):
        ours.list_sessions(max_retries=1).first_page()
    assert seen == [3.0, 3.0, 10.0, 10.0, 10.0]


@pytest.mark.parametrize("stem", STEMS)
def test_annotations_resolve_at_run_time(stem: str) -> None:
    """Of every public class and function, with and without their defaults: what reads types can read ours."""
    package: Any = importlib.import_module(stem)
    modules: list[ModuleType] = [package, package.models, package.errors, package.testing, package.types]
    checked = 0
    for module in modules:
        for name in module.__all__:
            each = getattr(module, name)
            if not inspect.isclass(each) and not inspect.isfunction(each):
                continue
            typing.get_type_hints(each)
            if attrs.has(each):
                attrs.resolve_types(each)
                checked += 1
            members = (inspect.getattr_static(each, part) for part in dir(each) if not part.startswith("_"))
            for member in members:
                if inspect.isfunction(member) and member.__module__.startswith((stem, "listing_runtime")):
                    typing.get_type_hints(member)
                    inspect.signature(member, eval_str=True)
            if inspect.isclass(each) and not attrs.has(each) and each.__module__.startswith((stem, "listing_runtime")):
                typing.get_type_hints(each.__init__)
    assert checked >= 1


def test_an_async_listing_is_awaited_for_its_first_page() -> None:
    """As users of other packages write it."""

    async def first() -> int:
        return len(await async_client(sandbase_sessions, answering(sandbase_page())).list_sessions())

    assert asyncio.run(first()) == 2
