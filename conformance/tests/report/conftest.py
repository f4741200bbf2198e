"""What the tests of the reports share: a drifted run, and a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from conformance.cli.main import main
from conformance.tests.browsers import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of a real run against a mock that ignores filters."""
    path = tmp_path_factory.mktemp("drifted") / "report.json"
    checks = ("--check", "filter-sound", "--check", "bad-input-refused", "--check", "filter-bounds")
    code = main(["run", "vercel_sessions", "--fault", "equals-ignored", *checks, "--report", str(path)])
    assert code == 1
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, for as long as one module's tests need it."""
    with chromium() as launched:
        yield launched
