"""Runs the suite on one server after the other, and measures; a program, so that its memory is its own."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path

from conformance.cli.main import main

MEMORY = Path("/proc/self")


def peak() -> int:
    """The most memory that this process has held since `forget_peak`, in MB."""
    line = next(line for line in (MEMORY / "status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1000


def forget_peak() -> None:
    """Measure from here."""
    (MEMORY / "clear_refs").write_text("5")


def measure(arguments: list[str]) -> dict[str, object]:
    """Run the command line; gives its exit code, all that it wrote, seconds and peak."""
    out, started = io.StringIO(), time.monotonic()
    forget_peak()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(arguments)
    return {"code": code, "text": out.getvalue(), "seconds": time.monotonic() - started, "peak": peak()}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(measure(json.loads(line))) + "\n")
        sys.stdout.flush()
