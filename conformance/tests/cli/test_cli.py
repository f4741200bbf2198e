"""The command line as a user meets it: words, exit codes, no traceback."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import httpx
import pytest
from attrs import frozen

from conformance.cli.main import main
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import STEMS, mock


@frozen
class Done:
    """What the program did."""

    returncode: int
    stdout: str
    stderr: str


def conformance(*arguments: str, **environment: str) -> Done:
    """Run the command line as a user does, without any credential but those given."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.endswith(("_TOKEN", "_API_KEY"))]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        code = main(arguments)
    return Done(code, out.getvalue(), err.getvalue())


def test_the_module_is_the_program() -> None:
    """`python -m conformance` gives the command line its arguments, and exits with its code."""
    command = [sys.executable, "-m", "conformance", "run", "vercel_session"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'vercel_sessions'?" in done.stderr


def test_the_package_is_called_as_a_function() -> None:
    """Whoever drives the command line from Python imports it from the package, whatever was imported before."""
    importlib.import_module("conformance.cli.main")

    assert importlib.import_module("conformance.cli").main is main


def test_list_names_the_five_operations() -> None:
    """`list --json` gives every operation with method and path."""
    done = conformance("list", "--json")

    assert [row["stem"] for row in json.loads(done.stdout)] == STEMS
    assert done.returncode == 0


def test_list_names_the_faults_that_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`list --json` gives each operation's faults with the check that must catch them; the table leaves them out."""
    main(["list", "--json"])
    rows = json.loads(capsys.readouterr().out)
    main(["list"])

    told = {row["stem"]: {fault["fault"]: fault["check"] for fault in row["faults"]} for row in rows}
    assert told["vercel_sessions"]["cursor-drops-order"] == "order-reverses"
    assert "cursor-drops-order" not in told["browserbase_sessions"]
    assert "faults" not in capsys.readouterr().out


def test_list_checks_and_explain_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """Every listed check can be explained."""
    main(["list", "--checks", "--json"])
    ids = [row["check"] for row in json.loads(capsys.readouterr().out)]

    assert len(ids) == len(set(ids)) >= 15
    for one in ids:
        assert main(["explain", one]) == 0
    assert capsys.readouterr().out.count("Run it alone") == len(ids)


def test_unreachable_is_exit_3() -> None:
    """Nobody listens: a sentence, exit 3, no traceback."""
    done = conformance("run", "vercel_sessions", "--target", "http://127.0.0.1:1")

    assert done.returncode == 3
    assert "cannot be reached" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rum"], "Did you mean 'run'?"),
        (["run", "vercel_session"], "Did you mean 'vercel_sessions'?"),
        (["run", "--check", "json-stric"], "Did you mean 'json-strict'?"),
        (["run", "--target", "ftp://127.0.0.1"], "unknown target"),
        (["run", "--report", "out.docx"], "no report format"),
        (["run", "--report", "nowhere/out.json"], "does not exist"),
        (["explain", "nothing"], "unknown check"),
        (["explain", "43bea0dc9445"], "Name its check, which stands before the id."),
        (["mock", "nothing"], "unknown STEM"),
        (["run", "--bogus"], "No such option"),
        (["run", "--max-requests", "0"], "max-requests"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not exist is said, with the nearest that does."""
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_missing_credential_is_exit_3() -> None:
    """Live without the variable says which one to set, and sends nothing."""
    done = conformance("run", "vercel_sessions", "--target", "live")

    assert done.returncode == 3
    assert "Set VERCEL_TOKEN" in done.stdout


def test_a_refused_credential_is_exit_3_and_never_shown(tmp_path: Path) -> None:
    """A wrong value of the variable is named by the variable, not by its value."""
    report = tmp_path / "report.json"
    contract = load_contract("browserbase_sessions", own_specs())
    with mock(contract) as url:
        done = conformance(
            "run", contract.stem, "--target", url, "--report", str(report), BROWSERBASE_API_KEY="hunter2hunter2"
        )

    assert done.returncode == 3
    assert "BROWSERBASE_API_KEY" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr + report.read_text()


@contextmanager
def raw_server(answer: bytes | None) -> Iterator[str]:
    """A server that says `answer` to every connection; None says nothing and holds the line."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                connection.recv(65536)
                held.append(connection)
                if answer is not None:
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
    ],
    ids=["hangs", "hangs up", "no HTTP", "half a body", "no gzip"],
)
def test_a_broken_server_is_exit_3(answer: bytes | None) -> None:
    """Whatever comes that is no answer ends in a sentence and exit 3."""
    with raw_server(answer) as url:
        done = conformance("run", "instavm_sandboxes", "--target", url, "--timeout", "0.5")

    assert done.returncode == 3, done.stdout + done.stderr
    assert "could not tell" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_budget_that_is_spent_is_said() -> None:
    """--max-requests is a ceiling, and what it left unchecked is skipped."""
    done = conformance("run", "vercel_sessions", "--max-requests", "3", "--report", "/dev/null/x.json")
    assert done.returncode == 2

    done = conformance("run", "vercel_sessions", "--max-requests", "3")
    row = next(line for line in done.stdout.splitlines() if line.startswith("vercel_sessions"))
    assert row.split()[7] == "3"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_mock_serves_until_a_signal(number: signal.Signals) -> None:
    """`mock` prints its URL, its credential and a curl line, answers, and ends cleanly."""
    command = [sys.executable, "-m", "conformance", "mock", "vercel_sessions", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "VERCEL_TOKEN"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**environment, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        url = lines[0].split()[-1]
        answer = httpx.get(f"{url}/v2/sandboxes/sessions", headers={"Authorization": "Bearer test-token"})
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)

    assert answer.status_code == 200
    assert "test-token" in lines[1]
    assert lines[2].startswith(f"curl -s '{url}/v2/sandboxes/sessions'")
    assert (process.returncode, errors) == (0, "")


def test_a_fault_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`run --fault` lies on purpose and exits 1; what does not exist or apply is exit 2."""
    assert main(["run", "vercel_sessions", "--fault", "path-retired-410"]) == 1
    assert "operation-exists" in capsys.readouterr().out
    assert main(["run", "vercel_sessions", "--fault", "path-retired-411"]) == 2
    assert main(["run", "browserbase_sessions", "--fault", "cursor-drops-order"]) == 2
    assert "hint:" in capsys.readouterr().err
