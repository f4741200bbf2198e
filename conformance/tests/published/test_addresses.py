"""A document at an address is read in time, or it is said why not, and no secret of the address is shown."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from conformance.cli.main import main
from conformance.mock.server import running
from conformance.target.download import fetch
from conformance.tests.published.changes import no_field
from conformance.tests.published.conftest import HERE, SPECS, published


@contextmanager
def serving(route: Callable[[Request], Response]) -> Iterator[str]:
    """A server that answers everything so; gives its base URL."""
    with running(Starlette(routes=[Route("/{path:path}", route)])) as url:
        yield url


def test_a_document_at_a_url_is_compared() -> None:
    """The document is fetched, also behind a redirect on the same host."""
    data = (HERE / "acme_30.yaml").read_bytes()

    def answer(request: Request) -> Response:
        return Response(data) if request.url.path == "/openapi.yaml" else RedirectResponse("/openapi.yaml")

    with serving(answer) as url:
        codes = [
            main(["diff", "acme_things", f"{url}{path}", "--specs", str(SPECS)]) for path in ("/openapi.yaml", "/")
        ]

    assert codes == [0, 0]


def test_a_page_at_a_url_is_no_document(capsys: pytest.CaptureFixture[str]) -> None:
    """A page that comes with 200, as many a missing document does, is exit 2 and named by its address."""
    with serving(lambda _: Response("<!doctype html><title>Not found</title>", media_type="text/html")) as url:
        code = main(["diff", "acme_things", f"{url}/openapi.json", "--specs", str(SPECS)])

    errors = " ".join(capsys.readouterr().err.split())
    assert (code, f"{url}/openapi.json:1: is a web page or XML" in errors) == (2, True)


def test_a_secret_in_the_address_is_in_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the terminal nor the report holds user information or query of the address."""
    document = published("acme_31")
    no_field("cpus")(document)
    report = tmp_path / "report.json"

    with serving(lambda _: Response(json.dumps(document))) as url:
        address = url.replace("//", "//user:hunter2@") + "/openapi.json?token=hunter2"
        code = main(["diff", "acme_things", address, "--specs", str(SPECS), "--report", str(report)])

    out = capsys.readouterr()
    assert (code, json.loads(report.read_text())["target"]) == (1, f"{url}/openapi.json")
    assert "hunter2" not in report.read_text() + out.out + out.err


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: Response(status_code=404), "it answered 404"),
        (lambda _: RedirectResponse("http://other.invalid/"), "another host"),
        (lambda request: RedirectResponse(str(request.url) + "x"), "leads on more than"),
        (lambda _: StreamingResponse(iter([b"x" * 1_000_000] * 100)), "larger than 64 MB"),
    ],
    ids=["missing", "other host", "loop", "too large"],
)
def test_a_url_that_gives_no_document_is_exit_3(
    answer: Callable[[Request], Response], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing could be told, and why is said without the secret in the address."""
    with serving(answer) as url:
        code = main(
            ["diff", "acme_things", url.replace("//", "//user:hunter2@") + "/?token=hunter2", "--specs", str(SPECS)]
        )

    out = capsys.readouterr()
    assert (code, words in " ".join(out.out.split())) == (3, True)
    assert "hunter2" not in out.out + out.err


def test_an_unreachable_url_is_exit_3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The report says that every comparison errored."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/openapi.json"
        report = tmp_path / "report.json"
        code = main(["diff", "acme_things", url, "--specs", str(SPECS), "--report", str(report)])

    outcomes = json.loads(report.read_text())["operations"][0]["outcomes"]
    assert (code, {outcome["outcome"] for outcome in outcomes}) == (3, {"errored"})
    assert "could not tell" in capsys.readouterr().out


def test_a_slow_server_is_left() -> None:
    """The whole download has one deadline, however often a byte comes."""

    def drip() -> Iterator[bytes]:
        for _ in range(600):
            time.sleep(0.05)
            yield b"x" * 70_000

    with (
        serving(lambda _: StreamingResponse(drip())) as url,
        pytest.raises(Exception, match="not complete in time"),
    ):
        fetch(url, timeout=0.5)
