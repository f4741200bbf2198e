"""The pytest plugin as a user of pytest meets it: plain, with xdist, against honest and lying servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.requests import Request

from conformance import checks
from conformance.cli.main import main
from conformance.spec.carried import carrying
from conformance.spec.load import load_contract
from conformance.tests.conftest import Answer, listening, lying
from conformance.tests.draft.kinds import DOCUMENT
from conformance.tests.draft.test_round_trip import answered
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"
pytestmark = pytest.mark.machine
CHECKS = len(checks.ALL)


def run(directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a directory as a user does."""
    clean = {name: value for name, value in os.environ.items() if not name.endswith(("_TOKEN", "_API_KEY"))}
    kept = {name: value for name, value in clean.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=directory, env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def ends(directory: Path, *arguments: str) -> dict[str, str]:
    """How each test ended, from the JUnit file that pytest writes: passed, failure, error, or skipped."""
    done = run(directory, "--junit-xml", "junit.xml", *arguments)
    cases = ET.parse(directory / "junit.xml").iter("testcase")  # noqa: S314 - our own file
    ended = {
        case.get("name", ""): next((part.tag for part in case if part.tag != "properties"), "passed") for case in cases
    }

    assert ended, done.stdout + done.stderr
    return ended


def test_it_is_off_and_free_unless_asked(tmp_path: Path) -> None:
    """Without the option nothing is collected, and nothing of the suite is imported but the plugin itself."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n"
        "def test_it():\n"
        "    ours = {name for name in sys.modules if name.partition('.')[0] == 'conformance'}\n"
        "    assert ours == {'conformance', 'conformance.pytest_plugin'}\n"
        "    assert not {'attrs', 'httpx', 'schemathesis', 'starlette'} & set(sys.modules)\n"
    )

    done = run(tmp_path, "-p", "no:schemathesis", "-p", "no:hypothesispytest", "-p", "no:anyio")

    assert "1 passed" in done.stdout, done.stdout


def test_each_check_is_a_test(tmp_path: Path) -> None:
    """An honest server, the embedded mock by default: one test for each check, as `conformance run` ends them."""
    ended = ends(tmp_path, "--conformance", STEM, "--conformance-report", "kept")

    record = json.loads((tmp_path / "kept" / f"{STEM}.json").read_text())
    outcomes = {one["check"]: one["outcome"] for one in record["operations"][0]["outcomes"]}
    assert ended == {name: {"held": "passed"}.get(outcome, outcome) for name, outcome in outcomes.items()}
    assert len(ended) == CHECKS


def test_what_was_skipped_says_why(tmp_path: Path) -> None:
    """A check that has nothing to test is a skip with its reason."""
    done = run(tmp_path, "--conformance", STEM, "-k", "page-full or pages-disjoint", "-rs")

    reason = next(check for check in checks.ALL if check.id == "pages-disjoint").needs(CONTRACTS[STEM])
    assert reason
    assert reason in done.stdout


def test_drift_is_a_failure_that_reads_like_the_terminal(tmp_path: Path) -> None:
    """The failure is the finding: promise, place, expected, actual, curl; no traceback, and the exit code is 1."""
    fault = next(one["fault"] for one in _faults() if one["check"] == "json-strict")
    with listening(CONTRACTS[STEM], fault=fault) as url:
        done = run(tmp_path, "--conformance", STEM, "--conformance-target", url, "-k", "json-strict")
        main(["run", STEM, "--target", url, "--check", "json-strict", "--report", str(tmp_path / "out.json")])

    (finding,) = json.loads((tmp_path / "out.json").read_text())["operations"][0]["findings"]
    assert done.returncode == 1
    assert f"{STEM} json-strict" in done.stdout
    for line in (finding["id"], finding["says"], finding["expected"], "replay    curl -s"):
        assert line in done.stdout
    assert "Traceback" not in done.stdout
    assert "telling.py" not in done.stdout


def _faults() -> list[dict[str, str]]:
    command = [sys.executable, "-m", "conformance", "list", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [fault for row in json.loads(done.stdout) if row["stem"] == STEM for fault in row["faults"]]


def test_two_workers_share_one_run(tmp_path: Path) -> None:
    """With `-n 2` a lie fails the same tests as in one process, each once, and the server is asked as often."""
    seen: Counter[str] = Counter()

    def lie(_: Request, answer: Answer) -> Answer:
        seen["requests"] += 1
        return answer.with_json(
            lambda items: [{**item, "extra": 1} for item in items] if answer.status == 200 else items
        )

    def sent(*arguments: str) -> tuple[int, dict[str, str]]:
        seen.clear()
        with listening(lying(CONTRACTS[STEM], lie)) as url:
            ended = ends(tmp_path, *asked, "--conformance-target", url, *arguments)
        return seen["requests"], ended

    asked = ("--conformance", STEM, "--conformance-fail-on", "note")
    apart, together = sent("-n", "2", "--dist", "worksteal"), sent()

    assert apart == together
    assert apart[0] > 0
    assert {name for name, end in apart[1].items() if end == "failure"} == {"fields-documented"}


def test_only_what_is_selected_is_asked(tmp_path: Path) -> None:
    """`-k` chooses checks before any request is sent."""
    run(tmp_path, "--conformance", STEM, "-k", "fields-documented or json-strict", "--conformance-report", "kept")

    record = json.loads((tmp_path / "kept" / f"{STEM}.json").read_text())
    assert [one["check"] for one in record["operations"][0]["outcomes"]] == ["json-strict", "fields-documented"]


def test_what_every_request_carries_is_said(tmp_path: Path) -> None:
    """The parts of a path have the values that the option says, in every request."""
    asked: set[str] = set()

    def lie(request: Request, answer: Answer) -> Answer:
        asked.add(request.url.path)
        return answer

    document = {**DOCUMENT, "paths": {"/projects/{project}/boxes": DOCUMENT["paths"]["/boxes"]}}
    (tmp_path / "acme.json").write_text(json.dumps(document))
    main(
        [
            "new",
            "acme_boxes",
            "--from",
            str(tmp_path / "acme.json"),
            "--path",
            *document["paths"],
            "--specs",
            str(tmp_path),
        ]
    )
    spec = tmp_path / "acme_boxes.yaml"
    spec.write_text(answered(spec.read_text()))
    (contract,) = carrying([load_contract("acme_boxes", tmp_path)], ["project=p_1"], {})
    with listening(lying(contract, lie, fixtures=tmp_path / "fixtures")) as url:
        options = ("--conformance-target", url, "--conformance-param", "project=p_1", "-k", "json-strict")
        ended = ends(tmp_path, "--conformance", "acme_boxes", "--conformance-specs", str(tmp_path), *options)

    assert (asked, ended) == ({"/projects/p_1/boxes"}, {"json-strict": "passed"})


def test_a_server_that_cannot_be_reached_is_an_error_not_a_failure(tmp_path: Path) -> None:
    """What could not be told is no drift: pytest's own word for it is error."""
    ended = ends(tmp_path, "--conformance", STEM, "--conformance-target", "http://127.0.0.1:1")

    assert set(ended.values()) == {"error"}


def test_known_drift_is_expected_and_a_stale_line_fails(tmp_path: Path) -> None:
    """A finding in the ledger is xfailed with its reason; a line that matches nothing fails the ledger's test."""
    line = '[[drift]]\noperation = "{}"\ncheck = "{}"\nreason = "told to the provider"\nsince = "2026-11-01"\n'
    asked = ("--conformance", STEM, "--conformance-ledger", "known.toml", "-rxf", "-k", "documented or known-drift")
    with listening(CONTRACTS[STEM], fault="field-added") as url:
        (tmp_path / "known.toml").write_text(line.format(STEM, "fields-documented"))
        known = run(tmp_path, *asked, "--conformance-target", url, "--conformance-fail-on", "note")
    stale = run(tmp_path, *asked)

    assert known.returncode == 0
    assert "told to the provider" in known.stdout
    assert "1 xfailed" in known.stdout
    assert stale.returncode == 1
    assert "no longer happens: delete this line" in stale.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--conformance", "browserbase_session"], f"Did you mean '{STEM}'?"),
        (["--conformance", STEM, "--conformance-target", "ftp://127.0.0.1"], "unknown target"),
        (["--conformance", STEM, "--conformance-rate", "0"], "above 0"),
        (["--conformance", STEM, "--conformance-param", "limit=3"], "limit: nothing here carries it in every request"),
    ],
)
def test_wrong_usage_is_a_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    """What does not exist is said before anything is collected."""
    done = run(tmp_path, *arguments)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_projects_own_tests_run_beside(tmp_path: Path) -> None:
    """The checks join what is collected anyway; `-m conformance` selects them alone."""
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n")

    both = run(tmp_path, "--conformance", STEM, "--collect-only", "-q")
    alone = run(tmp_path, "--conformance", STEM, "--collect-only", "-q", "-m", "conformance", "--strict-markers")

    assert f"{CHECKS + 1} tests collected" in both.stdout
    assert f"{CHECKS}/{CHECKS + 1} tests collected" in alone.stdout


def test_the_summary_of_a_failure_is_its_headline(tmp_path: Path) -> None:
    """What pytest prints last of a failure stands alone."""
    with listening(CONTRACTS[STEM], fault="equals-ignored") as url:
        done = run(tmp_path, "--conformance", STEM, "--conformance-target", url, "-k", "filter-sound", COLUMNS="200")

    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert "`status` is not applied: " in line


def test_a_test_of_ones_own_gets_the_record(tmp_path: Path) -> None:
    """The fixture `conformance_run` runs and judges nothing; the options stand in one group of pytest's help."""
    (tmp_path / "test_it.py").write_text(
        "def test_it(conformance_run):\n"
        f"    record = conformance_run('{STEM}', fault='equals-ignored', checks=['filter-sound'])\n"
        "    (operation,) = record.operations\n"
        "    assert [one.check for one in operation.findings] == ['filter-sound']\n"
        "    assert record.exit == 1\n"
    )

    done, help_ = run(tmp_path), run(tmp_path, "--help")

    assert "1 passed" in done.stdout, done.stdout
    group = help_.stdout.partition("list operations that keep every documented promise:\n")[2].partition("\n\n")[0]
    assert group.count("--conformance") == help_.stdout.count("  --conformance") > 5
