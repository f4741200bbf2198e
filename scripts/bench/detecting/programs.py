"""Runs the two programs as a user does, each in a process of its own, forked from one that has read their code already."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import runpy
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

OURS, SCHEMATHESIS = "conformance", "schemathesis.cli"
CREDENTIALS = ("_TOKEN", "_API_KEY")
PATIENCE, LONGEST = 60.0, 900.0
"""Seconds until a mock must answer, and until a program must end."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    [
        *("conformance.cli.main", "schemathesis.cli"),
        # What both load late, when a run begins; none of it is needed for a right result, only for a quick one.
        *("schemathesis.specs.openapi.schemas", "schemathesis.specs.openapi.coverage"),
        *("schemathesis.specs.openapi.negative", "schemathesis.specs.openapi.stateful", "hypothesis.stateful"),
        *("schemathesis.transport.requests", "schemathesis.transport.asgi", "schemathesis.transport.wsgi"),
        *("schemathesis.openapi.generation.filters", "schemathesis.specs.openapi.examples", "httpcore"),
        *("uvicorn.loops.auto", "uvicorn.protocols.http.auto", "openapi_spec_validator"),
    ]
)


@dataclass(frozen=True)
class Done:
    """How a program ended."""

    code: int
    output: str


@dataclass(frozen=True)
class Mock:
    """A mock that answers."""

    url: str
    header: str
    """The documented credential, `Name: value`."""


def forget_credentials() -> None:
    """Take the providers' credentials out of the environment, so that the mocks' well-known one holds."""
    for name in [name for name in os.environ if name.endswith(CREDENTIALS)]:
        del os.environ[name]


def _become(argv: Sequence[str], folder: str) -> None:
    os.chdir(folder)
    with Path("output").open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.argv = list(argv)
    runpy.run_module(argv[0], run_name="__main__")


def _start(argv: Sequence[str], folder: str) -> BaseProcess:
    process = _processes.Process(target=_become, args=(argv, folder), daemon=True)
    process.start()
    return process


def run(argv: Sequence[str], folder: str) -> Done:
    """Run `python -m argv…` in a folder; what it prints goes to the folder's file `output`.

    Raises RuntimeError where it does not end.
    """
    process = _start(argv, folder)
    process.join(LONGEST)
    if process.exitcode is None:
        process.kill()
        raise RuntimeError(f"{' '.join(argv)} did not end in {LONGEST:.0f} seconds")
    return Done(process.exitcode, Path(folder, "output").read_text(encoding="utf-8"))


@contextlib.contextmanager
def mock(stem: str, *options: str) -> Iterator[Mock]:
    """Serve a mock while the context lasts; raises RuntimeError with its output where it does not start."""
    with tempfile.TemporaryDirectory() as folder:
        process = _start([OURS, "mock", stem, "--port", "0", *options], folder)
        try:
            yield _announced(process, Path(folder, "output"))
        finally:
            process.terminate()
            process.join()


def _announced(process: BaseProcess, output: Path) -> Mock:
    """What the mock says of itself: `GET /path at URL`, the credential, a curl line that ends in the header."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
        if lines and lines[-1].startswith("curl ") and lines[-1].endswith('"'):
            return Mock(lines[0].split()[-1], shlex.split(lines[-1])[-1])
        if not process.is_alive():
            break
        time.sleep(0.01)
    raise RuntimeError(f"the mock did not start: {output.read_text(encoding='utf-8') if output.exists() else ''}")
