"""What `conformance run` finds at a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wild.server import HERE, Server

BUDGET = 260


@dataclass(frozen=True)
class Ran:
    """One run: how many requests, how it ended, and what it found."""

    requests: int
    code: int
    findings: tuple[dict[str, Any], ...]
    untold: tuple[str, ...]

    @property
    def causes(self) -> tuple[dict[str, Any], ...]:
        """The findings that no other one explains, in the order of the report."""
        return tuple(finding for finding in self.findings if finding.get("cause", "") in ("", finding["id"]))


def run(server: Server, url: str, skipped: Sequence[str] = ()) -> Ran:
    """Check a server at an address against its spec."""
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.json"
        command = [sys.executable, "-m", "conformance", "run", server.stem, "--specs", str(HERE), "--target", url]
        more = ["--max-requests", str(BUDGET), "--report", str(report)]
        left_out = [word for check in skipped for word in ("--skip", check)]
        done = subprocess.run(
            [*command, *more, *left_out], env=environment(server), capture_output=True, text=True, check=False
        )
        if not report.is_file():
            raise RuntimeError(done.stderr)
        (operation,) = json.loads(report.read_text())["operations"]
    untold = [f"{one['check']}: {one['reason']}" for one in operation["outcomes"] if one["outcome"] == "errored"]
    untold += [f"{check}: not reached" for check in operation.get("unchecked", ())]
    return Ran(operation["requests"], done.returncode, tuple(operation["findings"]), tuple(untold))


def environment(server: Server) -> dict[str, str]:
    """The environment of this process, with the server's credential."""
    variable, value = server.credential
    return {**os.environ, "NO_COLOR": "1"} | ({variable: value} if variable else {})
