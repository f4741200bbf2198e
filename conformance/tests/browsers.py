"""A real browser for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; where .ci/run installs one, its absence is a failure.

    While it lives an event loop runs, and no other test can start its own: fixtures keep it for one module.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        missing = f"no Chromium here ({', '.join(PROGRAMS)}): apt-get install chromium"
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - nothing is loaded when tests are collected

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program)
        yield launched
        launched.close()


def expect(shown: Page | Locator) -> Any:
    """What waits until a page, or a part of it, is as a test expects."""
    from playwright.sync_api import expect as waiting  # noqa: PLC0415 - as above

    return waiting(shown)


def accessibility(page: Page) -> Any:
    """What axe says of a page."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    return Axe().run(page)
