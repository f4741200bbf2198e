"""`conformance watch`: again and again, within bounds, and a page of what holds since when."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.record.history import updated
from conformance.tests.browsers import accessibility, chromium
from conformance.tests.conftest import mock
from conformance.tests.report import records
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits, and no two runs begin in one second."""
    began = iter(f"2026-11-23T12:00:{second:02}Z" for second in range(60))
    monkeypatch.setattr("conformance.job.job.now", lambda: next(began))
    monkeypatch.setattr("conformance.cli.watch.time.sleep", lambda _: None)
    monkeypatch.setattr("conformance.cli.watch.signal.signal", lambda *_: None)


def test_the_last_reports_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Older ones go with their pages; what they showed is remembered; each run is a line."""
    directory = tmp_path / "watched"
    code = main(["watch", STEM, "--every", "1s", "--times", "4", "--keep", "2", "--report", str(directory)])

    assert code == 0
    assert len(capsys.readouterr().err.splitlines()) == 4
    assert sorted(path.name for path in directory.iterdir()) == [
        "history.json",
        "history.md",
        "index.html",
        *(f"run-202611231200{second}{ending}" for second in ("02", "03") for ending in (".html", ".json")),
    ]
    remembered = json.loads((directory / "history.json").read_text())[STEM]
    assert remembered["filter-sound"] == {"word": "held", "since": "2026-11-23T12:00:00Z"}
    assert "filter-sound | held | 2026-11-23 12:00" in (directory / "history.md").read_text()


def test_it_ends_as_the_last_run_did(tmp_path: Path) -> None:
    """Drift is 1, what could not be told 3, and the history says since when."""
    with mock(CONTRACTS[STEM], fault="equals-ignored") as url:
        assert main(["watch", STEM, "--target", url, "--times", "1", "--report", str(tmp_path)]) == 1
    assert main(["watch", STEM, "--target", "http://127.0.0.1:1", "--times", "1", "--report", str(tmp_path)]) == 3

    assert "is not applied" not in (tmp_path / "index.html").read_text()  # the last run could not tell
    assert json.loads((tmp_path / "history.json").read_text())[STEM]["filter-sound"]["word"] == "drifted"


@pytest.mark.parametrize(("every", "words"), [("soon", "is no time"), ("0s", "is no time"), ("15", "is no time")])
def test_how_often_is_said_in_units(every: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no time is wrong usage, before anything is sent."""
    assert main(["watch", STEM, "--every", every, "--report", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err


def test_since_when_is_remembered() -> None:
    """A check that ends otherwise begins anew; one that could not tell changes nothing."""
    drifted = records.typed(
        records.record(records.operation("one_sessions", records.finding()), started="2026-01-02T00:00:00Z")
    )
    clean = records.typed(records.record(records.operation("one_sessions"), started="2026-01-01T00:00:00Z"))
    untold = records.typed({**records.untold(), "started": "2026-01-03T00:00:00Z"})

    first = updated({}, clean)
    second = updated(first, drifted)
    third = updated(second, untold)
    assert first["one_sessions"]["filter-sound"] == {"word": "held", "since": "2026-01-01T00:00:00Z"}
    assert second["one_sessions"]["filter-sound"] == {"word": "drifted", "since": "2026-01-02T00:00:00Z"}
    assert second["one_sessions"]["pages-disjoint"]["since"] == "2026-01-01T00:00:00Z"
    assert third == second


@pytest.mark.machine
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_it_is_told(sent: signal.Signals, tmp_path: Path) -> None:
    """Between two runs it ends at once, as the last run did, without a traceback."""
    command = [sys.executable, "-m", "conformance", "watch", STEM, "--every", "1h", "--report", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr is not None
        assert "held" in watching.stderr.readline()
        watching.send_signal(sent)
        _, told = watching.communicate(timeout=30)

    assert watching.returncode == 0
    assert told.splitlines()[-1].startswith("stopped after 1 runs")
    assert "Traceback" not in told


@pytest.mark.machine
def test_a_phone_can_read_the_history(tmp_path: Path) -> None:
    """The page is as wide as the phone, and axe has nothing to say, in light and dark."""
    with mock(CONTRACTS[STEM], fault="equals-ignored") as url:
        main(["watch", STEM, "--target", url, "--times", "2", "--report", str(tmp_path)])
    with chromium() as browser:
        for width in (390, 1280):
            page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark").new_page()
            page.goto((tmp_path / "index.html").as_uri())

            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert accessibility(page).violations_count == 0
