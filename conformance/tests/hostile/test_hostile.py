"""Whatever a server sends, a run ends in time and in little memory, with a finding or with exit 3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.conftest import listening
from conformance.tests.hostile.cases import DRIFT, GROUPS, Case
from conformance.tests.hostile.servers import JSON, Recorder, head, sends, serving
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
pytestmark = pytest.mark.machine
SECRET = "hostile-servers-want-this-7d21"
MOST_MEGABYTES = 300
HANGS = 180
BUDGET = 120


def hurt(cases: Mapping[str, Case]) -> dict[str, dict[str, Any]]:
    """Run the suite on each server in one process of its own; TimeoutExpired where it hangs."""
    with ExitStack() as stack:
        urls = [stack.enter_context(serving(case.script)) for case in cases.values()]
        results = measured(["run", STEM, "--target", url, "--timeout", "1"] for url in urls)
    return dict(zip(cases, results, strict=True))


def measured(lines: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    """What each of some command lines came to, all in one process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "conformance.tests.hostile.measured"],
        input="\n".join(json.dumps(line) for line in lines),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
        env={**os.environ, "VERCEL_TOKEN": SECRET},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


LINUX = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is measured as Linux tells it")


@LINUX
@pytest.mark.parametrize("group", GROUPS)
def test_a_hostile_server_costs_little_and_is_told(group: str, record_property: Callable[[str, Any], None]) -> None:
    """Exit code and sentence are right, there is no traceback or crash, and the peak stays below 300 MB."""
    results = hurt(GROUPS[group])

    for name, result in results.items():
        record_property("figures", f"{name}: {result['seconds']:.1f} s, {result['peak']} MB")
        assert (name, result["code"]) == (name, GROUPS[group][name].code), result["text"]
        assert GROUPS[group][name].word in result["text"], name
        assert not {"Traceback", "crashed"} & set(result["text"].replace(":", " ").split()), (name, result["text"])
        assert SECRET not in result["text"]
    assert max(result["peak"] for result in results.values()) < MOST_MEGABYTES


@LINUX
def test_a_listing_of_50_000_items_is_read_by_default(record_property: Callable[[str, Any], None]) -> None:
    """In one array, of 12 fields each: every promise that can be checked is, within the same memory."""
    with listening(CONTRACTS["browserbase_sessions"], items=50_000) as url:
        (result,) = measured([["run", "browserbase_sessions", "--target", url]])

    record_property("figures", f"50,000 items: {result['seconds']:.1f} s, {result['peak']} MB")
    assert result["code"] == 0, result["text"]
    assert "every documented promise that was checked held" in result["text"]
    assert result["peak"] < MOST_MEGABYTES


def test_pages_without_end_are_asked_for_within_the_budget() -> None:
    """However fresh each is."""
    recorder = Recorder()
    with serving(GROUPS["endless"]["fresh pages for ever"].script, recorder) as url:
        assert main(["run", STEM, "--target", url, "--max-requests", str(BUDGET)]) == DRIFT

    assert len(recorder.heads) <= BUDGET


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_to_another_host_is_not_followed(
    status: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other host hears nothing, so no credential reaches it; the redirect is a finding."""
    monkeypatch.setenv("VERCEL_TOKEN", SECRET)
    there, report = Recorder(), tmp_path / "report.json"
    with serving(sends(head("200 OK", JSON)), there) as other:
        answer = head(f"{status} Moved", f"Location: {other}/v2/sandboxes/sessions", "Content-Length: 0")
        with serving(sends(answer)) as url:
            code = main(["run", STEM, "--target", url, "--report", str(report), "--check", "status-documented"])

    assert code == DRIFT
    assert there.heads == []
    (finding,) = json.loads(report.read_text())["operations"][0]["findings"]
    assert finding["actual"] == f"{status} to {other}/v2/sandboxes/sessions"
