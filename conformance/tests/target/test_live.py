"""Towards servers of others: documented requests alone, slowly, with patience, and a plan before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from starlette.requests import Request

from conformance.cli.main import main
from conformance.job.defaults import LIVE
from conformance.job.destination import Destination
from conformance.spec.load import own_specs
from conformance.target.limits import Limits
from conformance.tests.conftest import STEMS, Answer, Ran, liar, mock
from conformance.tests.hostile.servers import Recorder, head, sends, serving
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
