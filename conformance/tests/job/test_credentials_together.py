"""Credentials that count only together are sent together, each from its variable, and none of them is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from attrs import evolve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from conformance.cli.main import main
from conformance.cli.mock import _announce
from conformance.exchange import Exchange
from conformance.spec.contract import Contract
from conformance.spec.credential import Requirement
from conformance.tests import in_process
from conformance.tests.runs import Contracts, application

SPECS = Path(__file__).parents[1] / "sixth" / "specs"
STEM, OPTIONS = "heron_nests", ("--specs", str(SPECS))
CONTRACTS = Contracts(SPECS)
TOKEN, FLOCK = "a-token-of-herons", "a-flock-of-herons"
SECRETS = {"token": TOKEN, "flock": FLOCK}
ELSEWHERE = "https://elsewhere.example"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERON_TOKEN", TOKEN)
    monkeypatch.setenv("HERON_FLOCK", FLOCK)


@pytest.fixture
def served() -> Callable[..., AbstractContextManager[str]]:
    """A mock that accepts the two alone, honest or with a fault."""

    def serve(fault: str = "") -> AbstractContextManager[str]:
        server = application(CONTRACTS[STEM], fault=fault or None, fixtures=SPECS / "fixtures", secret=SECRETS)
        return in_process.answering(server)

    return serve


def test_a_server_that_asks_for_both_is_clean(
    served: Callable[..., AbstractContextManager[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are sent, and neither is in the report, the recording, or on the terminal."""
    report, recording = tmp_path / "report.json", tmp_path / "traffic.jsonl"
    with served() as url:
        code = main(["run", STEM, *OPTIONS, "--target", url, "--report", str(report), "--record", str(recording)])
    shown = capsys.readouterr()

    assert (code, json.loads(report.read_text())["operations"][0]["findings"]) == (0, [])
    written = report.read_text() + recording.read_text() + shown.out + shown.err
    assert [secret for secret in (TOKEN, FLOCK) if secret in written] == []


def test_a_server_that_ignores_the_second_is_found(
    served: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> None:
    """The finding says which was missing and which wrong; its commands name both variables, and hide both values."""
    report = tmp_path / "report.json"
    with served("half-a-credential-accepted") as url:
        code = main(["run", STEM, *OPTIONS, "--target", url, "--report", str(report)])
    (operation,) = json.loads(report.read_text())["operations"]
    found = {one["expected"]: one for one in operation["findings"]}

    assert (code, {one["check"] for one in found.values()}) == (1, {"credentials-required"})
    assert set(found) == {
        "401 for no credential (flock) beside the right token",
        "401 for a wrong credential (flock) beside the right token",
    }
    assert found["401 for a wrong credential (flock) beside the right token"]["curl"][0].endswith(
        " -H \"Authorization: Bearer $HERON_TOKEN\" -H 'X-Flock-Id: wrong-credential'"
    )
    assert TOKEN not in report.read_text()
    assert FLOCK not in report.read_text()


def test_the_commands_of_a_finding_name_both_variables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So does what a shell sets before them, and the list of operations."""
    report = tmp_path / "report.json"
    asked = ["run", STEM, *OPTIONS, "--fault", "html-for-json", "--report", str(report)]
    main(asked)
    (operation,) = json.loads(report.read_text())["operations"]

    both = ' -H "Authorization: Bearer $HERON_TOKEN" -H "X-Flock-Id: $HERON_FLOCK"'
    assert operation["findings"][0]["curl"][0].endswith(both)
    assert operation["start"].startswith(
        "export HERON_TOKEN=${HERON_TOKEN:-test-token} HERON_FLOCK=${HERON_FLOCK:-test-token}; "
    )
    main(["list", *OPTIONS])
    assert "HERON_TOKEN and HERON_FLOCK" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("lost", ["HERON_TOKEN", "HERON_FLOCK"])
def test_one_that_is_missing_is_named(
    lost: str,
    served: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is sent, the run could not tell, and whoever skips what has no credential is told the same."""
    monkeypatch.delenv(lost)
    left = ({"HERON_TOKEN", "HERON_FLOCK"} - {lost}).pop()
    with served() as url:
        codes = [main(["run", STEM, *OPTIONS, "--target", one]) for one in (url, "live")]
    told = " ".join(capsys.readouterr().out.split())

    assert codes == [3, 3]
    assert told.count(f"no credential for {STEM}: {left} is not enough alone. Set {lost}, or use --target mock.") == 2
    assert main(["run", STEM, *OPTIONS, "--target", "live", "--missing-credential", "skip"]) == 0
    assert f"Set {lost}, or" in " ".join(capsys.readouterr().err.split())


@contextmanager
def listening(url: str) -> Iterator[list[tuple[str, str]]]:
    """A server at an address that keeps the credentials which it hears."""
    heard: list[tuple[str, str]] = []

    def answer(request: Request) -> JSONResponse:
        heard.append((request.headers.get("authorization", "")[7:], request.headers.get("x-flock-id", "")))
        return JSONResponse({}, status_code=500)

    in_process._APPLICATIONS[url] = Starlette(routes=[Route("/{path:path}", answer)])  # noqa: SLF001 - of the tests
    try:
        yield heard
    finally:
        del in_process._APPLICATIONS[url]  # noqa: SLF001 - as above


@pytest.mark.parametrize(
    ("named", "sent", "told"),
    [
        ([], ("test-token", "test-token"), "--credential-env HERON_TOKEN --credential-env flock=HERON_FLOCK send them"),
        (["HERON_TOKEN"], None, "To this host it goes with --credential-env flock=HERON_FLOCK."),
        (["HERON_TOKEN", "flock=HERON_FLOCK"], (TOKEN, FLOCK), ""),
        (["flock=OTHER", "token=HERON_FLOCK"], (FLOCK, "another"), ""),
        (["flok=HERON_FLOCK"], None, "no operation has a scheme 'flok'"),
    ],
)
def test_each_may_be_named_for_another_host(
    named: list[str],
    sent: tuple[str, str] | None,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing goes there that is not named, and half of what counts together is not enough."""
    monkeypatch.setenv("OTHER", "another")
    options = [part for one in named for part in ("--credential-env", one)]
    with listening(ELSEWHERE) as heard:
        main(["run", STEM, *OPTIONS, "--target", ELSEWHERE, "--check", "no-server-error", *options])
    shown = capsys.readouterr()

    assert set(heard) == ({sent} if sent else set())
    assert told in " ".join((shown.out + shown.err).split())


def test_the_variable_of_one_keeps_that_of_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """On this machine a name alone feeds the first of them."""
    monkeypatch.setenv("OTHER", "another")
    here = ["--target", "http://127.0.0.1:1998", "--credential-env", "OTHER"]
    with listening("http://127.0.0.1:1998") as heard:
        main(["run", STEM, *OPTIONS, "--check", "no-server-error", *here])

    assert set(heard) == {("another", FLOCK)}


def test_the_mock_says_what_it_asks_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is its own variable's value, or the well-known one."""
    monkeypatch.delenv("HERON_FLOCK")

    _announce(CONTRACTS[STEM])("http://127.0.0.1:1")
    told = " ".join(capsys.readouterr().out.split())

    assert "credential: the value of HERON_TOKEN with test-token" in told
    assert told.endswith('-H "Authorization: Bearer $HERON_TOKEN" -H "X-Flock-Id: test-token"')


def test_a_recording_that_shows_both_is_replayed_without_them(tmp_path: Path) -> None:
    """Whatever else recorded it: what a request carried is hidden where an answer repeats it, each by its variable."""
    recording, report = tmp_path / "traffic.har", tmp_path / "report.json"
    contract = CONTRACTS[STEM]
    headers = [{"name": "Authorization", "value": f"Bearer {TOKEN}"}, {"name": "X-Flock-Id", "value": FLOCK}]
    body = json.dumps({"nests": [{"number": f"{TOKEN} {FLOCK}", "tree": FLOCK}]})
    entry = {
        "startedDateTime": "2026-11-27T00:00:00Z",
        "time": 1,
        "request": {"method": "GET", "url": contract.server + contract.path, "headers": headers},
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"mimeType": "application/json", "text": body},
        },
    }
    recording.write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))

    main(["replay", STEM, str(recording), *OPTIONS, "--show-values", "--report", str(report)])
    told = report.read_text()

    assert [secret for secret in (TOKEN, FLOCK) if secret in told] == []
    assert "$HERON_TOKEN $HERON_FLOCK" in told


def test_an_account_in_items_is_judged_as_it_came() -> None:
    """What stands beside a secret, and is not named like one, is none: what a server says of it stays as it is."""
    exchange = _echoed(CONTRACTS[STEM])

    assert exchange.json == {"token": "$HERON_TOKEN", "flock": FLOCK}
    assert FLOCK not in exchange.request.curl()


def test_what_is_enough_alone_is_a_secret() -> None:
    """However it is named."""
    contract = CONTRACTS[STEM]
    (both,) = contract.security
    alone = tuple(Requirement((one,)) for one in both.credentials)

    for security in (alone, alone[::-1], (both, alone[1])):
        assert _echoed(evolve(contract, security=security)).json == {"token": "$HERON_TOKEN", "flock": "$HERON_FLOCK"}


def _echoed(contract: Contract) -> Exchange:
    """The answer of a server that repeats both."""
    from conformance.target.limits import Limits  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.target.target import Target, answered_by  # noqa: PLC0415 - as above

    told = f'{{"token": "{TOKEN}", "flock": "{FLOCK}"}}'
    server = Starlette(routes=[Route("/{path:path}", lambda _: Response(told))])
    with Target(contract, ELSEWHERE, secret=SECRETS, limits=Limits(), transport=answered_by(server)) as target:
        return target.send()
