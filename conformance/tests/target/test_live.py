"""Towards servers of others: documented requests alone, slowly, with patience, and a plan before anything is sent."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from starlette.requests import Request

from conformance.cli.main import main
from conformance.errors import TargetError
from conformance.job.defaults import LIVE
from conformance.job.destination import Destination
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs
from conformance.target.limits import Limits
from conformance.target.patience import Patience, pause
from conformance.target.target import Target
from conformance.tests.conftest import STEMS, TOKEN, Answer, Lie, Ran, liar, mock
from conformance.tests.hostile.servers import Recorder, answers, head, sends, serving
from conformance.tests.runs import CONTRACTS, drifted, ran

STEM = "browserbase_sessions"
ENV = "BROWSERBASE_API_KEY"


def destination(name: str, **limits: Any) -> Destination:
    """What `--target` with these limits says."""
    return Destination(name=name, limits=evolve(Limits(), **limits), environment={}, seed=1, fixtures=None)


@pytest.fixture
def live_specs(tmp_path: Path) -> Callable[[str], Path]:
    """Specs whose live server is another one."""

    def written(url: str) -> Path:
        for stem in STEMS:
            text = (own_specs() / f"{stem}.yaml").read_text()
            server = CONTRACTS[stem].server
            (tmp_path / f"{stem}.yaml").write_text(text.replace(server, url))
        return tmp_path

    return written


@pytest.mark.parametrize("stem", STEMS)
def test_only_the_documented_request_is_sent(stem: str) -> None:
    """Every request of a whole run is a GET of the documented path, and has no body."""
    seen: set[tuple[str, str, str]] = set()

    def note(request: Request, answer: Answer) -> Answer:
        seen.add((request.method, request.url.path, request.headers.get("content-length", "0")))
        return answer

    with liar(CONTRACTS[stem], note) as url:
        main(["run", stem, "--target", url])

    assert seen == {("GET", CONTRACTS[stem].path, "0")}


@pytest.mark.parametrize("name", [LIVE, "https://api.example.com", "http://10.0.0.7:8080"])
def test_what_is_not_on_this_machine_is_treated_gently(name: str) -> None:
    """At most 120 requests to an operation, 2 a second, unless the user says otherwise."""
    contract = CONTRACTS[STEM]

    costs = destination(name).costs(contract)
    asked = destination(name, requests=500, rate=9.0).costs(contract)

    assert (costs.requests, costs.rate) == (120, 2.0)
    assert (asked.requests, asked.rate) == (500, 9.0)


@pytest.mark.parametrize("name", ["mock", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:80"])
def test_this_machine_is_not_slowed_down(name: str) -> None:
    """The mock and loopback addresses have no ceiling and no rate."""
    costs = destination(name).costs(CONTRACTS[STEM])

    assert (costs.requests, costs.rate) == (None, None)


@pytest.mark.parametrize("stem", STEMS)
def test_the_gentle_budget_suffices(stem: str) -> None:
    """120 requests make every check of an honest server; the generated queries take what is left."""
    result = ran(CONTRACTS[stem], generated=True, limits=evolve(Limits(), requests=120))

    assert result.requests <= 120
    assert result.unchecked == ()
    assert drifted(result) == set()


def test_a_budget_that_runs_out_is_exit_3(run_on: Callable[..., Ran], capsys: pytest.CaptureFixture[str]) -> None:
    """Without drift, a spent budget could not tell: exit 3, and a sentence names what was not checked."""
    contract = CONTRACTS["vercel_sessions"]

    done = run_on(contract.stem, mock(contract), "--max-requests", "12")

    (operation,) = done.record["operations"]
    assert done.code == 3
    assert f"12 requests are spent; {len(operation['unchecked'])} checks were not made: " in capsys.readouterr().out
    assert {"pages-complete", "order-holds"} & set(operation["unchecked"])


def sometimes(status: int, headers: dict[str, str], *, every: int = 5) -> Lie:
    """A server that refuses each fifth request."""
    numbers = itertools.count(1)

    def lie(_: object, answer: Answer) -> Answer:
        return Answer(status, headers, b"later") if next(numbers) % every == 0 else answer

    return lie


@pytest.mark.parametrize(
    ("status", "headers"), [(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"}), (429, {"Retry-After": "soon"})]
)
def test_patience_is_no_drift(
    status: int, headers: dict[str, str], run_on: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that asks to wait now and then is asked again; nothing of it is drift."""
    waits: list[float] = []
    monkeypatch.setattr("conformance.target.attempts.time.sleep", waits.append)
    contract = CONTRACTS[STEM]

    done = run_on(STEM, liar(contract, sometimes(status, headers)))

    (operation,) = done.record["operations"]
    assert (done.code, done.ids()) == (0, set())
    assert len(waits) >= 5
    assert {wait for wait in waits if wait} == ({0.5} if headers["Retry-After"] == "soon" else set())
    assert str(status) not in [str(one["response"]["status"]) for f in operation["findings"] for one in f["witness"]]


def test_a_pause_is_kept() -> None:
    """`Retry-After: 1` lengthens the run by a second."""
    contract = CONTRACTS[STEM]
    with liar(contract, sometimes(429, {"Retry-After": "1"}, every=2)) as url, opened(contract, url) as target:
        target.send()
        started = time.monotonic()
        target.send()

    assert time.monotonic() - started >= 1
    assert target.sent == 3


def opened(contract: Contract, url: str, **limits: Any) -> Target:
    """A target on a server."""
    return Target(contract, url, secret=TOKEN, limits=evolve(Limits(), **limits))


def test_a_date_is_understood() -> None:
    """`Retry-After` may be an HTTP date; one that is past asks for no pause."""
    later = datetime.now(UTC) + timedelta(seconds=30)

    assert 25 < pause({"retry-after": format_datetime(later, usegmt=True)}, 0) <= 30
    assert pause({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0) == 0
    assert [pause({}, attempt) for attempt in range(3)] == [0.5, 1, 2]


@pytest.mark.parametrize("said", ["7", "99999999999999999999"])
def test_patience_has_an_end(said: str) -> None:
    """A server that asks for too long a pause could not be asked: an error that says so."""
    with (
        serving(answers(b"", f"Retry-After: {said}", status="429 Too Many Requests")) as url,
        opened(CONTRACTS[STEM], url, patience=Patience(pause=5)) as target,
        pytest.raises(TargetError, match="asks to wait"),
    ):
        target.send()


def test_a_server_that_never_lets_in_is_exit_3(run_on: Callable[..., Ran], capsys: pytest.CaptureFixture[str]) -> None:
    """429 for ever: five attempts, then exit 3."""
    recorder = Recorder()
    server = serving(answers(b"", "Retry-After: 0", status="429 Too Many Requests"), recorder)

    done = run_on(STEM, server)

    assert done.code == 3
    assert len(recorder.heads) == 5
    assert "answered 429 5 times in a row" in capsys.readouterr().out


def test_a_server_that_falls_silent_is_left_alone(run_on: Callable[..., Ran]) -> None:
    """After five requests in a row without an answer none is sent any more."""
    recorder = Recorder()
    first = iter([answers(b'{"sessions": [], "pagination": {"count": 0, "next": null}}')])

    def script(connection: socket.socket, request: bytes) -> None:
        next(first, sends(b""))(connection, request)

    done = run_on("vercel_sessions", serving(script, recorder))

    assert done.code in {1, 3}
    assert len(recorder.heads) == 6


@pytest.mark.parametrize("options", [[], ["--check", "pages-disjoint"]])
def test_a_wrong_credential_is_told_by_its_variable(
    options: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A credential that is refused: exit 3 with the variable's name, never its value."""
    monkeypatch.setenv(ENV, "not-the-right-one-51")
    with mock(CONTRACTS[STEM]) as url:
        code = main(["run", STEM, "--target", url, *options])
    out, err = capsys.readouterr()

    assert code == 3
    assert f"Is the value of {ENV} right?" in out
    assert "not-the-right-one-51" not in out + err


def test_live_without_a_credential_names_the_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--target live` without the variable sends nothing and says which is missing."""
    monkeypatch.delenv(ENV, raising=False)

    assert main(["run", STEM, "--target", "live"]) == 3
    assert f"Set {ENV}, or use --target mock" in capsys.readouterr().out


@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_sends_nothing(
    stem: str, live_specs: Callable[[str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--plan` says what goes where, how much and for how long, and the server hears nothing."""
    recorder = Recorder()
    monkeypatch.setenv(CONTRACTS[stem].credentials[0].env, "never-shown-8841")
    with serving(sends(head()), recorder) as url:
        code = main(["run", stem, "--target", "live", "--specs", str(live_specs(url)), "--plan"])
    out = capsys.readouterr().out

    assert (code, recorder.heads) == (0, [])
    assert f"{stem}  GET {CONTRACTS[stem].path} at {url}, credential ${CONTRACTS[stem].credentials[0].env}" in out
    assert "never-shown-8841" not in out


def test_a_plan_counts_what_is_sent(run_on: Callable[..., Ran], capsys: pytest.CaptureFixture[str]) -> None:
    """On an honest server like the rehearsed one, a run sends about what the plan says."""
    main(["run", STEM, "--target", "https://api.example.com", "--plan"])
    line = next(line for line in capsys.readouterr().out.splitlines() if "together" in line)
    planned = int(line.split("checks")[1].split()[0])

    done = run_on(STEM, mock(CONTRACTS[STEM]))

    assert abs(done.record["operations"][0]["requests"] - planned) <= planned // 4
    assert f"about {planned / 2:.0f} s at 2 a second" in line


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
@pytest.mark.parametrize(
    "form",
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y", " %a, %d %b %Y %H:%M:%S +0000"],
)
def test_every_form_of_a_date_is_the_same_pause(form: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9110 knows three, of which two are obsolete; where the machine stands does not matter."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        later = datetime.now(UTC) + timedelta(seconds=90)
        assert 85 < pause({"retry-after": later.strftime(form)}, 0) <= 90
    finally:
        monkeypatch.undo()
        time.tzset()
