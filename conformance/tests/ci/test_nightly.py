"""The nightly run: what it plans, checks, remembers and tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.tests.ci.conftest import Runner
from conformance.tests.conftest import STEMS, listening
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"
CREDENTIAL = "BROWSERBASE_API_KEY"
pytestmark = pytest.mark.machine


def planned(runner: Runner, kind: str = "operations") -> list[dict[str, str]]:
    """The jobs that the latest plan says: of every operation, or of those at what comes next."""
    told = dict(line.split("=", 1) for line in runner.told("GITHUB_OUTPUT").splitlines())
    jobs: list[dict[str, str]] = json.loads(told[kind])
    return jobs


def test_the_plan_is_one_job_for_each_operation(runner: Runner) -> None:
    """Every spec has its job, with the variable of its credential."""
    done = runner.run("plan")

    assert done.returncode == 0, done.stderr
    assert [job["stem"] for job in planned(runner)] == STEMS
    assert {"stem": STEM, "credential": CREDENTIAL} in planned(runner)
    assert planned(runner, "next") == []


def test_the_plan_by_hand_is_what_was_asked(runner: Runner) -> None:
    """STEMS chooses; an unknown one stops the run with a sentence."""
    runner.run("plan", STEMS=f" {STEM} ")
    wrong = runner.run("plan", STEMS="nobody_sessions")

    assert [job["stem"] for job in planned(runner)] == [STEM]
    assert wrong.returncode != 0
    assert "nobody_sessions" in wrong.stderr
    assert STEM in wrong.stderr


def test_the_plan_names_what_comes_next(runner: Runner) -> None:
    """An operation has one job more where a line names its target; a line that names none stops the run."""
    url = "https://next.example.org/api"
    runner.run("plan", NEXT=f"\n  {STEM}  {url} \n")
    every = planned(runner, "next")
    runner.run("plan", STEMS=next(stem for stem in STEMS if stem != STEM), NEXT=f"{STEM} {url}")
    wrong = [runner.run("plan", NEXT=line) for line in (STEM, f"nobody_sessions {url}")]

    assert every == [{"stem": STEM, "credential": CREDENTIAL, "target": url}]
    assert planned(runner, "next") == []
    assert [done.returncode for done in wrong] == [1, 1]
    assert ["has no target" in wrong[0].stderr, "no operation 'nobody_sessions'" in wrong[1].stderr] == [True, True]


def test_the_previous_report_is_of_the_last_run_that_could_tell(runner: Runner) -> None:
    """Of the earlier runs the newest with a report of this operation is taken; where there is none, that is said."""
    (runner.gh / "run-list").write_text("30\n20\n10\n")
    none = runner.run("previous", STEM=STEM)
    for run in ("20", "10"):
        kept = runner.gh / "artifacts" / run / f"report-{STEM}"
        kept.mkdir(parents=True)
        (kept / "report.json").write_text(run)
    found = runner.run("previous", STEM=STEM)

    assert (none.returncode, none.stdout) == (0, f"no earlier report of {STEM}\n")
    assert (found.returncode, found.stdout) == (0, f"previous report of {STEM}: run 20\n")
    assert (runner.checkout / "previous/report.json").read_text() == "20"


def test_a_run_that_holds_leaves_every_report(runner: Runner) -> None:
    """Exit 0, the reports, the summary, the name of the artifact; the credential is used and shown nowhere."""
    with listening(CONTRACTS[STEM], secret="hunter2hunter2") as url:
        done = runner.run("live", STEM=STEM, TARGET=url, CREDENTIAL_NAME=CREDENTIAL, CREDENTIAL="hunter2hunter2")

    reports = {path.name: path.read_text() for path in (runner.checkout / "reports").iterdir()}
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(reports) == {f"report.{ending}" for ending in ("json", "md", "html", "xml", "sarif")}
    assert runner.told("GITHUB_STEP_SUMMARY") == reports["report.md"]
    assert runner.told("GITHUB_OUTPUT") == f"artifact=report-{STEM}\n"
    assert "hunter2" not in done.stdout + done.stderr + "".join(reports.values())


def test_what_counts_only_together_has_a_line_each(runner: Runner) -> None:
    """Each variable gets its own line of the secret, and of one alone the whole is its value."""
    tool = "bash -c printenv"
    told = runner.run("live", STEM=STEM, CREDENTIAL_NAME="HERON_A and HERON_B", CREDENTIAL="one a\ntwo", TOOL=tool)
    alone = runner.run("live", STEM=STEM, CREDENTIAL_NAME="HERON_A", CREDENTIAL="one\ntwo", TOOL=tool)

    assert {"HERON_A=one a", "HERON_B=two"} <= set(told.stdout.splitlines())
    assert "HERON_A=one\ntwo\n" in alone.stdout


def test_a_run_that_drifts_is_compared_and_kept(runner: Runner) -> None:
    """Exit 1 is the job's; the report is kept to compare the next one with, beside the one before it."""
    (runner.checkout / "previous").mkdir()
    main(["run", STEM, "--report", str(runner.checkout / "previous/report.json")])
    with listening(CONTRACTS[STEM], fault="enum-grew-once") as url:
        done = runner.run("live", STEM=STEM, TARGET=url)

    outcomes = json.loads((runner.checkout / "reports/report.json").read_text())["operations"][0]["outcomes"]
    learned = next(one for one in outcomes if one["check"] == "vocabulary-learned")
    assert done.returncode == 1
    assert "no earlier report" not in learned["reason"]
    assert (runner.checkout / "reports/previous.json").exists()
    assert runner.told("GITHUB_OUTPUT") == f"artifact=report-{STEM}\n"


def test_a_run_that_could_not_tell_is_nothing_to_compare_with(runner: Runner) -> None:
    """Exit 3 keeps its reports under another name, so that yesterday's drift is not new again tomorrow."""
    done = runner.run("live", STEM=STEM, TARGET="http://127.0.0.1:1")

    assert done.returncode == 3
    assert runner.told("GITHUB_OUTPUT") == f"artifact=untold-{STEM}\n"
    assert "could not tell" in runner.told("GITHUB_STEP_SUMMARY").lower()


def reported(runner: Runner, fault: str, name: str = "report.json") -> Path:
    """The report of a run against a lying mock, where the job that tells finds it."""
    path = runner.checkout / "reports" / name
    path.parent.mkdir(exist_ok=True)
    main(["run", STEM, "--report", str(path), *(["--fault", fault] if fault else [])])
    return path


def test_new_drift_becomes_a_pull_request(runner: Runner) -> None:
    """The change of the spec and the client made of it are pushed to a branch of their own; the text says it all."""
    reported(runner, "", "previous.json")
    reported(runner, "enum-grew-once")

    done = runner.run("tell", STEM=STEM)

    assert done.returncode == 0, done.stdout + done.stderr
    branch = f"drift/{STEM}-7"
    changed = runner.git("diff", "--name-only", "main", f"origin/{branch}").split()
    assert f"specs/{STEM}.yaml" in changed
    assert {path.split("/")[0] for path in changed} == {"specs", "generated"}
    created = runner.asked()[-1]
    assert created["asked"][:6] == ["pr", "create", "--head", branch, "--base", "main"]
    assert "body-matches-schema" in created["body"]
    assert f"+++ b/specs/{STEM}.yaml" in created["body"]
    assert "https://ci.example.org/runs/7" in created["body"]


def test_a_pull_request_that_is_open_gets_a_comment(runner: Runner) -> None:
    """Nothing is pushed over what people may have changed."""
    reported(runner, "enum-grew-once")
    (runner.gh / "pr-list").write_text("12\n")

    done = runner.run("tell", STEM=STEM)

    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.asked()[-1]["asked"][:3] == ["pr", "comment", "12"]
    assert runner.git("branch", "--remotes") == ""


def test_drift_that_no_spec_can_say_becomes_an_issue(runner: Runner) -> None:
    """A broken relation is no change of the spec: an issue with what to report, and no branch; then a comment on it."""
    reported(runner, "equals-ignored")

    first = runner.run("tell", STEM=STEM)
    (runner.gh / "issue-list").write_text("34\n")
    second = runner.run("tell", STEM=STEM)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    created, commented = (call for call in runner.asked() if "list" not in call["asked"])
    assert created["asked"][:4] == ["issue", "create", "--title", f"Drift of {STEM}"]
    assert "filter-sound" in created["body"]
    assert commented["asked"][:3] == ["issue", "comment", "34"]
    assert runner.git("branch", "--remotes") == ""


@pytest.mark.parametrize("fault", ["", "enum-grew-once"])
def test_nothing_new_is_not_told(runner: Runner, fault: str) -> None:
    """Neither a run that held nor one with yesterday's drift opens anything."""
    reported(runner, fault, "previous.json")
    reported(runner, fault)

    done = runner.run("tell", STEM=STEM)

    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.asked() == []


def test_each_cause_is_told_once(runner: Runner) -> None:
    """The findings of one cause are one issue that names run and commit; two causes are two, told apart by id."""
    path = reported(runner, "equals-ignored")
    record = json.loads(path.read_text())
    findings = record["operations"][0]["findings"]
    (cause,) = {one["cause"] for one in findings if one["level"] == "error"}
    runner.run("tell", STEM=STEM)
    (created,) = (call for call in runner.asked() if "list" not in call["asked"])
    assert f"conformance-cause {STEM} {cause}" in created["body"]
    assert runner.git("rev-parse", "HEAD").strip() in created["body"]
    assert "https://ci.example.org/runs/7" in created["body"]

    other = {**findings[0], "id": "abcdef012345", "cause": "abcdef012345"}
    record["operations"][0]["findings"].append(other)
    path.write_text(json.dumps(record))
    runner.run("tell", STEM=STEM)
    titles = [call["asked"][3] for call in runner.asked() if call["asked"][1] == "create"]
    assert len(titles) == 3
    assert any("abcdef012345" in part for call in runner.asked() for part in call["asked"])


def test_what_is_gone_is_closed(runner: Runner) -> None:
    """It is found by its id, and the text says in which run it was gone."""
    reported(runner, "equals-ignored", "previous.json")
    reported(runner, "")
    (runner.gh / "issue-list").write_text("34\n")

    done = runner.run("tell", STEM=STEM)

    assert done.returncode == 0, done.stdout + done.stderr
    closed = [call["asked"] for call in runner.asked() if call["asked"][1] == "close"]
    assert [call[:3] for call in closed] == [["issue", "close", "34"]]
    assert "https://ci.example.org/runs/7" in closed[0][-1]


def test_a_missing_secret_skips_the_job(runner: Runner) -> None:
    """In a fork there is none: the job says so, leaves no report, and is no failure."""
    done = runner.run("live", STEM=STEM, CREDENTIAL_NAME=CREDENTIAL, CREDENTIAL="")

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{STEM} was skipped" in runner.told("GITHUB_STEP_SUMMARY")
    assert runner.told("GITHUB_OUTPUT") == ""


def test_a_moving_target_is_shown_and_does_not_block(runner: Runner) -> None:
    """With SOFT its drift is in the report and the summary, and the job goes on; the credential is its own."""
    with listening(CONTRACTS[STEM], fault="equals-ignored", secret="of-the-next-one") as url:
        done = runner.run("live", STEM=STEM, TARGET=url, TARGET_CREDENTIAL="of-the-next-one", SOFT="yes")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "is not applied" in runner.told("GITHUB_STEP_SUMMARY")
