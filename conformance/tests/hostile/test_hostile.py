"""Whatever a server sends, a run ends in time and in little memory, with a finding or with exit 3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.tests.hostile.cases import CASES, DRIFT
from conformance.tests.hostile.servers import JSON, Recorder, head, sends, serving

STEM = "vercel_sessions"
SECRET = "hostile-servers-want-this-7d21"
MOST_MEGABYTES = 300
MOST_SECONDS = 60
MEASURED = """
import resource, sys
from conformance.cli import main
code = main(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000, file=sys.stderr)
sys.exit(code)
"""


def hurt(url: str, *options: str) -> tuple[subprocess.CompletedProcess[str], int, float]:
    """Run the suite on a server in a process of its own; gives its peak in MB and its seconds too."""
    command = [sys.executable, "-c", MEASURED, "run", STEM, "--target", url, "--timeout", "2", *options]
    environment = {**os.environ, "VERCEL_TOKEN": SECRET, "PYTHONFAULTHANDLER": "1"}
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST_SECONDS, env=environment)
    return done, int(done.stderr.rsplit("peak", 1)[-1]), time.monotonic() - started


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_server_costs_little_and_is_told(name: str, record_property: Callable[[str, Any], None]) -> None:
    """The exit code and the sentence are right, there is no traceback, and the peak stays below 300 MB."""
    case = CASES[name]
    with serving(case.script) as url:
        done, megabytes, seconds = hurt(url)

    record_property("figures", f"{name}: {seconds:.1f} s, {megabytes} MB")
    assert done.returncode == case.code, done.stdout + done.stderr
    assert case.word in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "crashed" not in done.stdout
    assert megabytes < MOST_MEGABYTES


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_to_another_host_is_not_followed(status: str, tmp_path: Path) -> None:
    """The other host hears nothing, so no credential reaches it; the redirect is a finding."""
    there, report = Recorder(), tmp_path / "report.json"
    with serving(sends(head("200 OK", JSON)), there) as other:
        answer = head(f"{status} Moved", f"Location: {other}/v2/sandboxes/sessions", "Content-Length: 0")
        with serving(sends(answer)) as url:
            done, _, _ = hurt(url, "--report", str(report), "--check", "status-documented")

    assert done.returncode == DRIFT
    assert there.heads == []
    (finding,) = json.loads(report.read_text())["operations"][0]["findings"]
    assert finding["actual"] == f"{status} to {other}/v2/sandboxes/sessions"
