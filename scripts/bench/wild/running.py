"""A server that runs while a context lasts, on this machine alone, in a directory that is thrown away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from wild.installing import installed
from wild.server import HERE, Server

PATIENCE = 120.0


class NotStartedError(Exception):
    """A server did not answer in time."""


@contextmanager
def running(server: Server) -> Iterator[str]:
    """Start a server and fill it; gives the address of its API."""
    programs = installed(server)
    with tempfile.TemporaryDirectory() as directory:
        home, port = Path(directory), _free_port()
        words = {
            "bin": str(programs),
            "home": directory,
            "port": str(port),
            "settings": str(home.joinpath(*server.settings[:1])),
        }
        for name in server.settings:
            (home / name).write_text(_said((HERE / "settings" / name).read_text(), words))
        environment = {"PATH": os.environ["PATH"], "HOME": directory}
        environment |= {name: _said(value, words) for name, value in server.environment.items()}
        with (home / "log").open("wb") as log:
            if server.before:
                _started(server.before, words, environment, log).wait(PATIENCE)
            process = _started(server.command, words, environment, log)
            try:
                _wait(process, f"http://127.0.0.1:{port}", home / "log")
                yield f"http://127.0.0.1:{port}{server.base}"
            finally:
                _end(process)


def _started(
    command: tuple[str, ...], words: dict[str, str], environment: dict[str, str], log: object
) -> subprocess.Popen[bytes]:
    argv = [_said(part, words) for part in command]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        argv, cwd=words["home"], env=environment, stdout=log, stderr=log, start_new_session=True
    )


def _said(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(httpx.TransportError):
            httpx.get(url, timeout=5)
            return
        time.sleep(0.2)
    raise NotStartedError(f"no answer at {url}:\n{log.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it started: they are a session of their own."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
            if number is signal.SIGTERM:
                time.sleep(0.3)
