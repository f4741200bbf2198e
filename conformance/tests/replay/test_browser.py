"""A HAR that Playwright writes of a real page: its script lists everything from the mock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.tests.browsers import chromium
from conformance.tests.conftest import TOKEN, Ran, listening
from conformance.tests.runs import CONTRACTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.machine
STEM = "vercel_sessions"
SCRIPT = """async ([path, token]) => {
  let listed = 0;
  const list = async (query) => {
    const answer = await fetch(`${path}?${new URLSearchParams(query)}`, {headers: {authorization: `Bearer ${token}`}});
    return answer.json();
  };
  for (let cursor = null; ; ) {
    const page = await list(cursor === null ? {limit: 10} : {limit: 10, cursor});
    listed += page.sessions.length;
    cursor = page.pagination.next;
    if (cursor === null) {
      await list({name: page.sessions[0].sourceSandboxName});
      return listed;
    }
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, for as long as one module's tests need it."""
    with chromium() as launched:
        yield launched


def recorded(browser: Browser, fault: str | None, path: Path) -> int:
    """Record the traffic of a page whose script lists everything; gives how many items it saw."""
    with listening(CONTRACTS[STEM], fault=fault) as url:
        context = browser.new_context(record_har_path=path)
        context.route(f"{url}/", lambda route: route.fulfill(body="<title>Sessions</title>", content_type="text/html"))
        page: Page = context.new_page()
        page.goto(f"{url}/")
        listed = page.evaluate(SCRIPT, [CONTRACTS[STEM].path, TOKEN])
        context.close()
    return int(listed)


@pytest.mark.parametrize(
    ("fault", "drifted"), [(None, set()), ("equals-ignored", {"filter-sound"}), ("field-added", {"fields-documented"})]
)
def test_a_page_is_recorded_and_replayed(
    browser: Browser, tmp_path: Path, replay: Callable[..., Ran], fault: str | None, drifted: set[str]
) -> None:
    """The recording of an honest mock is clean, that of a lying one shows the lie, and neither shows the token."""
    path = tmp_path / "page.har"
    listed = recorded(browser, fault, path)
    ran = replay(STEM, path)

    assert listed > 20
    assert ran.record["recording"]["exchanges"] > 3
    assert ran.ids() == drifted
    assert TOKEN in path.read_text()
    assert TOKEN not in (tmp_path / "report.json").read_text()
