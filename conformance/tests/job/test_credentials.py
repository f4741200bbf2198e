"""A credential goes to whom it was given for; a replay line works when it is pasted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from conformance.cli.main import main
from conformance.tests import in_process
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
REAL, OTHER = "a-real-token", "another-token"
HOST = CONTRACTS[STEM].server if CONTRACTS else ""
ELSEWHERE, HERE = "https://elsewhere.example", "http://127.0.0.1:1999"


@contextmanager
def listening(url: str) -> Iterator[list[str]]:
    """A server at an address that keeps the credentials which it hears."""
    heard: list[str] = []

    def answer(request: Request) -> JSONResponse:
        heard.append(request.headers.get("authorization", "").removeprefix("Bearer "))
        return JSONResponse({}, status_code=500)

    in_process._APPLICATIONS[url] = Starlette(routes=[Route("/{path:path}", answer)])  # noqa: SLF001 - of the tests
    try:
        yield heard
    finally:
        del in_process._APPLICATIONS[url]  # noqa: SLF001 - as above


@pytest.mark.parametrize(
    ("url", "options", "sent", "told"),
    [
        (ELSEWHERE, [], "test-token", "VERCEL_TOKEN is for api.vercel.com and is not sent to elsewhere.example"),
        ("https://api.vercel.com.elsewhere.example", [], "test-token", "is not sent to"),
        (ELSEWHERE, ["--credential-env", "OTHER_TOKEN"], OTHER, ""),
        (ELSEWHERE, ["--credential-env", "VERCEL_TOKEN"], REAL, ""),
        (f"{HOST}/", [], REAL, ""),
        (HERE, [], REAL, ""),
        (HERE, ["--credential-env", "OTHER_TOKEN"], OTHER, ""),
    ],
)
def test_a_credential_goes_to_hosts_of_the_spec_alone(  # noqa: PLR0913, PLR0917 - pytest's parameters
    url: str,
    options: list[str],
    sent: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever else is asked hears `test-token`, or what is named for it, and what stays here is said."""
    monkeypatch.setenv("VERCEL_TOKEN", REAL)
    monkeypatch.setenv("OTHER_TOKEN", OTHER)
    with listening(url.rstrip("/")) as heard:
        main(["run", STEM, "--target", url, "--check", "no-server-error", "--check", "limit-bounds", *options])

    shown = capsys.readouterr()
    assert heard
    assert {one for one in heard if one} <= {sent}
    assert told in shown.err
    assert bool(shown.err) is bool(told)
    assert REAL not in shown.out + shown.err


def test_a_variable_that_is_named_and_not_set_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else is sent in its place."""
    monkeypatch.setenv("VERCEL_TOKEN", REAL)
    with listening(ELSEWHERE) as heard:
        code = main(["run", STEM, "--target", ELSEWHERE, "--credential-env", "UNSET_TOKEN"])

    assert (code, heard) == (3, [])
    assert "Set UNSET_TOKEN" in capsys.readouterr().out
    assert main(["run", STEM, "--credential-env", "UNSET_TOKEN"]) == 2


def test_a_replay_names_the_variable_that_was_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that the user named, and where `test-token` was sent the shell is told to set it."""
    monkeypatch.setenv("OTHER_TOKEN", OTHER)
    monkeypatch.delenv("VERCEL_TOKEN", raising=False)
    found = {}
    for options in ([], ["--credential-env", "OTHER_TOKEN"]):
        with listening(ELSEWHERE):
            report = tmp_path / "report.json"
            asked = ["--check", "no-server-error", "--check", "status-documented", "--check", "limit-bounds"]
            main(["run", STEM, "--target", ELSEWHERE, *asked, "--report", str(report), *options])
        (operation,) = json.loads(report.read_text())["operations"]
        found[len(options)] = (operation["start"], operation["findings"][-1]["curl"][-1].rpartition("Bearer ")[2])

    assert found == {
        0: ("export VERCEL_TOKEN=${VERCEL_TOKEN:-test-token}", '$VERCEL_TOKEN"'),
        2: ("", '$OTHER_TOKEN"'),
    }


@pytest.mark.machine
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize("token", ["", "a-token-of-mine"])
def test_the_lines_of_a_finding_work_when_pasted(token: str, tmp_path: Path) -> None:
    """The first starts the very mock, the next get the very answers, whatever the variable holds."""
    report, script = tmp_path / "report.json", tmp_path / "pasted.sh"
    main(["run", STEM, "--fault", "equals-ignored", "--reading", "refusals-empty", "--report", str(report)])
    (operation,) = json.loads(report.read_text())["operations"]
    finding = next(one for one in operation["findings"] if one["check"] == "cursor-keeps-filters")
    wait = "until curl -s -o /dev/null http://127.0.0.1:8931; do sleep 0.2; done"
    asked = [f"{line}; echo" for line in finding["curl"]]
    script.write_text("\n".join([operation["start"].replace("&", ">/dev/null &"), wait, *asked, "kill $!"]))

    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if name != "VERCEL_TOKEN"}
    environment = {**clean, "PATH": path, **({"VERCEL_TOKEN": token} if token else {})}
    done = subprocess.run(
        ["/usr/bin/env", "bash", script], capture_output=True, text=True, check=True, timeout=60, env=environment
    )

    answers = [json.loads(line)["sessions"] for line in done.stdout.splitlines() if line.startswith("{")]
    assert answers == [json.loads(one["response"]["body"])["sessions"] for one in finding["witness"]]
