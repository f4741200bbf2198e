"""A real browser for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

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
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program)
        yield launched
        launched.close()
