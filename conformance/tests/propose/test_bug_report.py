"""A bug report says to a stranger what is promised and where, what happens instead, and how to see it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from conformance.cli.main import main
from conformance.exchange import Request
from conformance.spec.load import load_contract, own_specs
from conformance.tests.conftest import STEMS, TOKEN, Ran, listening, mock

Json = dict[str, Any]
SESSIONS = "https://vercel.com/docs/rest-api/sandboxes-v2-beta/list-sessions (as of 2026-05-07)"
SANDBOXES = "https://vercel.com/docs/rest-api/sandboxes/list-sandboxes (as of 2026-05-07)"


@frozen(kw_only=True)
class Bug:
    """A fault, what its report must say, and what its commands must show."""

    stem: str
    fault: str
    check: str
    documentation: str
    promised: str
    expected: str
    happened: str
    shows: Callable[..., bool]
    """Whether the bodies that the commands print, in their order, show the fault; first what `expected` catches."""
    title: str = "does not do what its documentation says"
    basis: str = "Promised"
    """What the promise is called: one that no page states is a reading of ours."""


BUGS = (
    Bug(
        stem="vercel_sessions",
        fault="equals-ignored",
        check="filter-sound",
        documentation=SESSIONS,
        promised="with name, only the sessions of that sandbox are returned",
        expected=r"only items where /sourceSandboxName equals '([\w-]+)'",
        happened=r"\d+ others, such as '[\w-]+'",
        shows=lambda name, one: any(item["sourceSandboxName"] != name for item in one["sessions"]),
    ),
    Bug(
        stem="vercel_sessions",
        fault="cursor-loops",
        check="walk-ends",
        documentation=SESSIONS,
        promised="a page's pagination.next is the opaque cursor of the next page; it is null on the last one",
        expected="a new cursor on every page, and none on the last",
        happened=r"cursor '.*… again, on pages 1 and 2",
        shows=lambda one, other: one["pagination"]["next"] == other["pagination"]["next"] is not None,
    ),
    Bug(
        stem="sandbase_sessions",
        fault="order-unstable",
        check="stable-answer",
        documentation="your page on GET /v1/sessions (as of 2026-11-23)",
        promised="a GET is safe (RFC 9110, 9.2.1): asking does not change what is listed",
        expected="the same items in the same order",
        happened="the same items in another order",
        shows=lambda one, other: [item["id"] for item in one["data"]] != [item["id"] for item in other["data"]],
    ),
    Bug(
        stem="vercel_sandboxes",
        fault="items-null",
        check="body-matches-schema",
        documentation=SANDBOXES,
        promised="The sandboxes of this page",
        expected="type 'array'",
        happened="at /sandboxes: None",
        shows=lambda one: one["sandboxes"] is None,
    ),
    Bug(
        stem="vercel_sessions",
        fault="count-off-by-one",
        check="count-is-page",
        title="does what its documentation leaves open",
        basis="As we read it",
        documentation=SESSIONS,
        promised="pagination.count is the number of items on the current page (described on the v1 page)",
        expected=r"1 at \$response\.body#/pagination/count, as the page holds",
        happened="2",
        shows=lambda one: one["pagination"]["count"] != len(one["sessions"]),
    ),
)


HIDING = "Between two … (%E2%80%A6 in an address) a customer's value is left out: put one of your own there."


def pasted(command: str, variables: dict[str, str]) -> Json:
    """The JSON body that a command prints when it is pasted into a shell."""
    given = {"PATH": os.environ["PATH"], **variables}
    done = subprocess.run(["/bin/sh", "-c", command], env=given, capture_output=True, text=True, check=True)
    head, _, body = done.stdout.partition("\n\n")
    assert head.startswith("HTTP/1.1 200")
    found: Json = json.loads(body)
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.fault)
def test_a_stranger_can_see_the_bug(bug: Bug, tmp_path: Path) -> None:
    """Every part is there, and the commands, pasted as they are, show what the report says."""
    contract = load_contract(bug.stem, own_specs())
    report = tmp_path / "report.json"

    with listening(contract, fault=bug.fault) as url:
        main(["run", bug.stem, "--target", url, "--check", bug.check, "--report", str(report)])
        findings = json.loads(report.read_text())["operations"][0]["findings"]
        finding = next(one for one in findings if one["check"] == bug.check)
        title, said, again, commands, end = finding["proposal"]["bug_report"].rstrip("\n").split("\n\n")
        (variable,) = {credential.env for credential in contract.credentials if credential.env}
        bodies = [pasted(line.strip(), {variable: TOKEN}) for line in commands.splitlines()]

    documentation, promised, expected, happened = said.splitlines()
    assert title == f"{contract.operation} {bug.title}"
    assert documentation == f"Documentation: {bug.documentation}"
    assert promised == f"{bug.basis}: {bug.promised}"
    match = re.fullmatch(f"Expected: {bug.expected}", expected)
    assert match
    assert re.fullmatch(rf"Happened: {bug.happened} \(on \d{{4}}-\d\d-\d\d\)", happened)
    assert again.startswith(f"To reproduce, with a credential in {variable}")
    assert TOKEN not in finding["proposal"]["bug_report"]
    assert end == f"(found by the check {bug.check} on {bug.stem}, finding {finding['id']})"
    assert all(value in commands for value in match.groups())
    assert bug.shows(*match.groups(), *bodies)


def test_a_value_that_is_hidden_is_said_to_be(run_on: Callable[..., Ran]) -> None:
    """A command with a stand-in in it cannot be pasted as it is, and says so; with --show-values it can."""
    contract = load_contract("instavm_sandboxes", own_specs())
    texts = []
    for options in ((), ("--show-values",)):
        ran = run_on(contract.stem, mock(contract, fault="contains-ignored"), "--check", "filter-sound", *options)
        (finding,) = ran.record["operations"][0]["findings"]
        texts.append(finding["proposal"]["bug_report"])

    (value,) = re.findall(r"Expected: only items where /metadata contains \{'\w+': '(\w+)'\}", texts[1])
    assert [HIDING in text for text in texts] == [True, False]
    assert [f"%22{value}%22" in text for text in texts] == [False, True]


def test_what_the_documentation_leaves_open_is_asked(run_on: Callable[..., Ran]) -> None:
    """A warning accuses nobody: it says how the documentation is read."""
    contract = load_contract("vercel_sandboxes", own_specs())

    ran = run_on(contract.stem, mock(contract, fault="total-off-by-one"), "--check", "total-is-collection")

    (finding,) = ran.record["operations"][0]["findings"]
    text = finding["proposal"]["bug_report"]
    assert text.startswith("GET /v1/sandboxes does what its documentation leaves open\n")
    assert "\nAs we read it: pagination.total stands beside count without a description; it is read as" in text
    assert re.search(r"Expected: (\d+) at \$response.body#/pagination/total, as the \d+ pages from the first", text)


def test_what_needs_no_credential_says_none(run_on: Callable[..., Ran]) -> None:
    """A request without a credential is shown without one."""
    contract = load_contract("sandbase_sessions", own_specs())

    ran = run_on(contract.stem, mock(contract, fault="no-credentials-needed"), "--check", "credentials-required")

    reports = [one["proposal"]["bug_report"] for one in ran.record["operations"][0]["findings"]]
    anonymous = next(text for text in reports if "Expected: 401 for no credential" in text)
    assert re.search(r"To reproduce:\n\n    curl -si http://127.0.0.1:\d+/v1/sessions\n", anonymous)


@pytest.mark.parametrize("stem", STEMS)
def test_every_spec_names_its_page_or_its_day(stem: str) -> None:
    """What a bug report refers to: an address, or at least since when the documentation is known."""
    source = load_contract(stem, own_specs()).source

    assert re.fullmatch(r"\d{4}-\d\d-\d\d", source["captured"])
    assert source.get("url", "https://").startswith("https://")


@pytest.mark.parametrize(
    ("url", "header", "shown"),
    [
        ("https://a.example/?cursor=$(reboot)", "x", "'https://a.example/?cursor=$(reboot)'"),
        (
            "https://a.example/?key=$ACME_KEY&cursor=$(reboot)",
            "x",
            "'https://a.example/?key=$ACME_KEY&cursor=$(reboot)'",
        ),
        ("https://a.example/?cursor=${HOME}", "x", "'https://a.example/?cursor=${HOME}'"),
        ("https://a.example/?key=$ACME_KEY", "x", '"https://a.example/?key=$ACME_KEY"'),
        ("https://a.example/", "Bearer $ACME_KEY", 'https://a.example/ -H "Authorization: Bearer $ACME_KEY"'),
        ("https://a.example/?cursor=it's", "x", "'https://a.example/?cursor=it'\"'\"'s'"),
    ],
)
def test_a_command_shows_what_it_fills_in(url: str, header: str, shown: str) -> None:
    """The shell fills in the credential's variable; whatever else a server put into a cursor stays text."""
    command = Request("GET", url, (("Authorization", header),)).curl()

    assert command.startswith(f"curl -s {shown}")


HOSTILE = (
    "$(touch canary)",
    "`touch canary`",
    "';touch canary;'",
    '";touch canary;"',
    "\n touch canary\n",
    "\\'; touch canary #",
    "$ACME_KEY$(touch canary)",
    "${ACME_KEY:=`touch canary`}",
    "&touch canary&",
    "|touch canary",
    ">canary",
    "!!* ~ ? [a] {a,b} \t -o canary",
)
"""What a server may put into a cursor."""


BASH = shutil.which("bash") or ""


@pytest.mark.skipif(not BASH, reason="there is no bash")
def test_a_shell_runs_nothing_but_the_command(tmp_path: Path) -> None:
    """Under bash each line calls curl once, with the address as it is; of nothing that a server wrote comes a file."""
    (tmp_path / "curl").write_text("#!/bin/sh\nprintf '%s\\0' \"$2\" >>addresses\n")
    (tmp_path / "curl").chmod(0o755)
    addresses = [f"https://a.example/?cursor={text}" for text in HOSTILE]
    lines = [Request("GET", url, (("Authorization", "Bearer $ACME_KEY"),)).curl() for url in addresses]

    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ACME_KEY": "k", "HISTFILE": ""}
    done = subprocess.run(
        [BASH, "-c", "\n".join(lines)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "addresses").read_text().split("\0")[:-1] == addresses
    assert sorted(path.name for path in tmp_path.iterdir()) == ["addresses", "curl"]
