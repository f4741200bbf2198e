"""What the tests of the reports share: a drifted run, and a real browser."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from conformance.cli import main

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of a real run against a mock that ignores filters."""
    path = tmp_path_factory.mktemp("drifted") / "report.json"
    checks = ("--check", "filter-sound", "--check", "bad-input-refused", "--check", "filter-bounds")
    code = main(["run", "vercel_sessions", "--fault", "equals-ignored", *checks, "--report", str(path)])
    assert code == 1
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; where .ci/run installs one, its absence is a failure."""
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
