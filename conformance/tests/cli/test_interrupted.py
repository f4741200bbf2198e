"""Whoever interrupts a run is given what was found by then."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from conformance.__main__ import again
from conformance.cli.main import main
from conformance.target.target import Target
from conformance.tests.runs import STEMS

STEM, OTHER = STEMS[:2]
DRIFT, COULD_NOT_TELL = 1, 3


def _interrupt_after(answers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    send, sent = Target.send, [0]

    def sending(target: Target, *given: Any, **more: Any) -> Any:
        sent[0] += 1
        if sent[0] == answers:
            raise KeyboardInterrupt
        return send(target, *given, **more)

    monkeypatch.setattr(Target, "send", sending)


@pytest.mark.parametrize(
    ("answers", "options"),
    [(1, []), (12, []), (40, ["--fault", "equals-ignored"])],
)
def test_what_was_found_is_kept(
    answers: int,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The report says what held, what was found, and what was not made; the recording has what was answered."""
    report, recording = tmp_path / "r.json", tmp_path / "r.jsonl"
    _interrupt_after(answers, monkeypatch)

    code = main(["run", STEM, *options, "--report", str(report), "--record", str(recording)])

    told, record = capsys.readouterr(), json.loads(report.read_text())
    (operation,) = record["operations"]
    unmade = [one["check"] for one in operation["outcomes"] if one["reason"] == "interrupted"]
    expected = DRIFT if options else COULD_NOT_TELL
    assert (code, record["exit"]) == (expected, expected)
    assert told.err.splitlines()[-1] == "interrupted"
    assert len(recording.read_text().splitlines()) == answers - 1
    assert 0 < len(unmade) <= len(operation["outcomes"])
    assert bool(operation["findings"]) is (expected == DRIFT)


def del_and_wait(one: object) -> None:
    """Let go of an object, and wait a while for what comes of it."""
    del one
    time.sleep(5)


def test_no_other_operation_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants the end wants no more of it."""
    report = tmp_path / "r.json"
    _interrupt_after(10, monkeypatch)

    main(["run", STEM, OTHER, "--report", str(report)])

    first, second = json.loads(report.read_text())["operations"]
    assert (first["requests"], second["requests"]) == (9, 0)
    assert {one["reason"] for one in second["outcomes"]} == {"interrupted"}


@pytest.mark.machine
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_a_server_is_silent(number: signal.Signals, tmp_path: Path) -> None:
    """The wait for an answer ends at once, and the report is there."""
    report = tmp_path / "r.json"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "conformance", "run", STEM, "--target", url, "--timeout", "60"]
        run = subprocess.Popen(
            [*command, "--report", str(report)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        held, _ = listener.accept()
        began = time.monotonic()
        run.send_signal(number)
        _, told = run.communicate(timeout=30)
        held.close()

    assert (run.returncode, told.splitlines()[-1], report.exists()) == (COULD_NOT_TELL, "interrupted", True)
    assert time.monotonic() - began < 20


@pytest.mark.machine
def test_a_signal_while_it_is_imported() -> None:
    """From its first own line on there is no traceback, whenever it comes."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        run = subprocess.Popen(
            [sys.executable, "-m", "conformance", "run"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        time.sleep(pause)
        run.send_signal(signal.SIGTERM)
        _, told = run.communicate(timeout=60)

        assert run.returncode in {COULD_NOT_TELL, -signal.SIGTERM}
        assert "Traceback" not in told


def test_what_python_drops_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python drops what interrupts a callback of its own; whoever wants the end gets it all the same."""

    class Dropping:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "unraisablehook", again)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        with pytest.raises(KeyboardInterrupt):
            del_and_wait(Dropping())
    finally:
        signal.signal(signal.SIGINT, before)


def test_whoever_interrupts_pytest_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a part of a run is no record: pytest itself has to hear of it."""
    from conformance.pytest_plugin.suite import ran  # noqa: PLC0415 - nothing is loaded when tests are collected

    _interrupt_after(5, monkeypatch)

    with pytest.raises(KeyboardInterrupt):
        ran(STEM)
