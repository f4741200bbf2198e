"""The benchmarks' table says which bars were met."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.readers import written

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(autouse=True)
def bench_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the benchmark's modules as its programs do."""
    monkeypatch.syspath_prepend(str(BENCH))


@pytest.mark.parametrize(
    ("value", "bars", "verdict"),
    [
        (2.0, {"most": 2.0}, "met"),
        (2.1, {"most": 2.0}, "MISSED"),
        (20.0, {"least": 20.0}, "met"),
        (19.9, {"least": 20.0}, "MISSED"),
        (7.0, {}, "x"),
    ],
)
def test_a_figure_says_whether_its_bar_was_met(value: float, bars: dict[str, float], verdict: str) -> None:
    """The last word of a line is the verdict, and a figure without a bar has none."""
    from figures import Figure

    figure = Figure("name", value, **bars)

    assert figure.line().split()[-1] == verdict
    assert figure.met == (verdict != "MISSED")


def test_one_missed_bar_is_a_missed_section(capsys: pytest.CaptureFixture[str]) -> None:
    """A section was met when all of its figures were, and all are shown either way."""
    from figures import Figure, show

    assert not show("title", [Figure("first", 3.0, most=2.0), Figure("second", 1.0, most=2.0)])
    assert show("title", [Figure("third", 1.0, most=2.0)])
    assert ["first", "second", "third"] == [
        line.split()[0] for line in capsys.readouterr().out.splitlines()[2:] if "at most" in line
    ]


def test_rounds_are_compared_one_by_one() -> None:
    """A ratio is the median of the rounds' ratios: a round in which the machine was busy counts as any other."""
    from timing import Rounds

    rounds = Rounds({"ours": [1.0, 10.0, 2.0], "theirs": [2.0, 20.0, 2.0]})

    assert rounds.ratio("ours", "theirs") == pytest.approx(0.5)


def test_every_work_is_run_in_every_round() -> None:
    """Works take turns."""
    from timing import side_by_side

    ran: list[str] = []
    works: dict[str, Any] = {name: lambda name=name: ran.append(name) for name in "ab"}
    side_by_side(works, time.perf_counter, rounds=2, slice_seconds=0.0)

    assert "ab" + "aaabbb" + "bbbaaa" == "".join(ran)


def test_bodies_are_what_the_specs_say() -> None:
    """What is measured is read on the fastest path, and given back as it came."""
    import importlib

    from bodies import COUNTS, body

    for stem in COUNTS:
        page = importlib.import_module(f"{stem}._fast").read_page(body(stem, 7))
        assert json.loads(body(stem, 7)) == written(page), stem


def test_honest_mocks_of_foreign_servers_are_clean(capfd: pytest.CaptureFixture[str]) -> None:
    """The spec of every server that no one here wrote loads, its mock keeps every promise, and each server has one."""
    from wild.planted import GENERATED
    from wild.server import HERE
    from wild.servers import SERVERS

    stems = sorted(path.stem for path in HERE.glob("*.yaml"))
    left_out = [word for check in GENERATED for word in ("--skip", check)]
    command = [sys.executable, "-m", "conformance", "run", *stems, "--specs", str(HERE), "--fail-on", "note", *left_out]
    code = subprocess.run(command, check=False).returncode

    assert (code, stems) == (0, sorted(server.stem for server in SERVERS)), capfd.readouterr().out


def test_each_verdict_is_of_a_server_and_a_word() -> None:
    """The table of judged findings can be read, and names no server twice for one finding."""
    from wild.judged import OPEN, OURS, TRUE, verdicts
    from wild.servers import SERVERS

    rows = verdicts()

    assert {row.stem for row in rows} <= {server.stem for server in SERVERS}
    assert {row.verdict for row in rows} <= {TRUE, OPEN, OURS}
    assert len({(row.stem, row.id) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("fault", "query", "expected"),
    [
        ("drop the last item", {"status": "draft"}, (200, [{"id": 1, "title": "a", "asked": "draft"}])),
        ("ignore a filter", {"status": "draft"}, (200, [{"id": n, "title": "a", "asked": None} for n in (1, 2)])),
        ("rename a field", {}, (200, [{"id": n, "title_": "a", "asked": None} for n in (1, 2)])),
        ("refuse following pages", {"_page": "2"}, (400, {})),
        ("refuse following pages", {"_page": "1"}, (200, [{"id": n, "title": "a", "asked": None} for n in (1, 2)])),
    ],
)
def test_the_proxy_tells_one_lie(fault: str, query: dict[str, str], expected: tuple[int, Any]) -> None:
    """What it passes on differs in one way from what the server behind it says."""
    from wild.proxy import lying
    from wild.servers import JSON_SERVER

    with posts() as upstream, lying(JSON_SERVER, upstream, fault) as liar:
        told = httpx.get(f"{liar}/posts", params=query)

    assert (told.status_code, told.json()) == expected


@contextmanager
def posts() -> Iterator[str]:
    """A server of two posts, each with the state that it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query)).get("status")
            body = json.dumps([{"id": number, "title": "a", "asked": asked} for number in (1, 2)]).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
