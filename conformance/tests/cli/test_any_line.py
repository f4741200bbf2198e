"""500 command lines, environments and streams at random: each ends as documented, whatever it asks for."""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest

from conformance.cli.main import main
from conformance.tests.cli.test_streams import closed, full, left
from conformance.tests.conftest import mock
from conformance.tests.runs import CONTRACTS, STEMS

DRAWS = 500
LEVELS = ("note", "warning", "error")
LONG = "a" * 5000
ODD = (
    "",
    " ",
    "-",
    "--",
    "\x1b[2J",
    "é",
    "\udcff",
    "a/b",
    "..",
    "nan",
    "inf",
    "-1",
    "1e999",
    "0x10",
    "😀",
    "##[x]",
    "$(x)",
    LONG,
)
"""Values that no option is made for."""
QUICK = (
    "operation-exists",
    "limit-respected",
    "status-documented",
    "bad-input-refused",
    "order-holds",
    "no-such-check",
)
FAULTS = ("path-retired-404", "limit-ignored", "order-ignored", "no-such-fault", "equals-ignored")
FILES = {
    "empty": b"",
    "binary.json": bytes(range(256)),
    "text.yaml": b"a: [1, 2\n",
    "tags.yaml": b"a: !x [!!python/object:os.system 1]\n",
    "bom.json": b"\xef\xbb\xbf{}",
    "list.json": b"[]",
    "nested.json": b"[" * 100_000,
    "number.json": b"1e9999",
    "surrogate.json": b'{"a": "\\ud800", "\\udfff": 1}',
    "utf16.json": "{}".encode("utf-16"),
    "report.json": b'{"format": 1}',
    "har.har": b'{"log": {"entries": [null, 1, {"request": []}]}}',
    "lines.jsonl": b'{"url": 1}\nnull\n{"url": "http://[::1", "status": "x", "headers": 3}\n\xff\n',
    "packed.gz": b"\x1f\x8b\x08\x00garbage",
    "ledger.toml": b"[[known]]\noperation = 3\n",
    "document.yaml": b"openapi: 3.1.0\npaths: {/a: {get: 3}}\n",
    "swagger.yaml": b"swagger: '2.0'\npaths: []\n",
}
VARIABLES: dict[str, tuple[str, ...]] = {
    "HTTP_PROXY": ("socks5://127.0.0.1:1", "http://x:y", "://", LONG),
    "ALL_PROXY": ("socks4://h", "http://[::1"),
    "NO_PROXY": ("[::1]", "fd00::/8,*", "\x7f"),
    "SSL_CERT_FILE": ("/gone", LONG, "/dev/null"),
    "REQUESTS_CA_BUNDLE": ("/gone", "/etc/hostname"),
    "COLUMNS": ("0", "-3", "1", "x", "99999"),
    "NO_COLOR": ("1",),
    "FORCE_COLOR": ("1",),
    "GITHUB_ACTIONS": ("true", ""),
    "TERM": ("dumb", "x"),
    "LANG": ("C", "xx_YY.latin-7"),
    "_CONFORMANCE_COMPLETE": ("x", "complete_bash", "source_zsh", ""),
    **{credential.env: ("", " ", "clé", "a\nb", LONG) for one in CONTRACTS.values() for credential in one.credentials},
}


def _ascii() -> TextIO:
    return io.TextIOWrapper(io.BytesIO(), encoding="cp1252")


STREAMS: tuple[Callable[[], TextIO | None], ...] = (io.StringIO, io.StringIO, _ascii, full, left, closed, lambda: None)


class Draw:
    """One command line."""

    def __init__(self, seed: int, directory: Path, url: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.directory, self.url = directory, url
        self.report = directory / f"{seed}.json"
        self.name = self.chance.choice(list(_COMMANDS))
        self.fail_on = "error"

    def file(self) -> str:
        """A file that is there, or not."""
        names = [str(self.directory / name) for name in FILES]
        return self.chance.choice([*names, *names, str(self.directory), "/dev/null", "/proc/self/mem", *ODD])

    def stem(self) -> str:
        """An operation, most of the time."""
        return self.chance.choice([*STEMS, *STEMS, *STEMS, self.chance.choice(ODD)])

    def some(self, *options: Callable[[], list[str]]) -> list[str]:
        """A few of the options, in any order."""
        chosen = self.chance.sample(options, self.chance.randrange(len(options) + 1))
        return [word for option in chosen for word in option()]

    def of(self, option: str, *values: str) -> Callable[[], list[str]]:
        """An option with one of its values, or with an odd one."""
        odd = self.chance.random() < 0.2
        return lambda: [option, self.chance.choice(ODD if odd else values)]

    def level(self) -> list[str]:
        """The level that decides."""
        self.fail_on = self.chance.choice(LEVELS)
        return ["--fail-on", self.fail_on]

    def arguments(self) -> list[str]:
        """The words."""
        return [self.name, *_COMMANDS[self.name](self)]


def _run(draw: Draw) -> list[str]:
    checks = ["--check", draw.chance.choice(QUICK), "--check", draw.chance.choice(QUICK)]
    return [
        *(draw.stem() for _ in range(draw.chance.randrange(1, 3))),
        *checks,
        *("--report", str(draw.report)),
        *draw.some(
            draw.level,
            draw.of("--target", "mock", draw.url, "http://127.0.0.1:9", "http://[::1", "ftp://x", "http://u:p@h"),
            draw.of("--timeout", "1", "0.1"),
            draw.of("--rate", "1000", "5"),
            draw.of("--seed", "0", "-7"),
            draw.of("--max-requests", "1", "7", "0"),
            draw.of("--fault", *FAULTS),
            draw.of("--reading", "no-such"),
            draw.of("--skip", *QUICK),
            lambda: ["--since", draw.file()],
            lambda: ["--ledger", draw.file()],
            lambda: [
                "--record",
                str(draw.directory / draw.chance.choice(["r.jsonl", f"{draw.report.name}", *ODD[7:9]])),
            ],
            lambda: ["--report", draw.file()],
            lambda: ["--specs", draw.file()],
            lambda: ["--show-values"],
            lambda: ["--plan"],
        ),
    ]


def _replay(draw: Draw) -> list[str]:
    files = [draw.file() for _ in range(draw.chance.randrange(1, 3))]
    return [draw.stem(), *files, "--jobs", "1", "--report", str(draw.report), *draw.some(draw.level)]


_COMMANDS: dict[str, Callable[[Draw], list[str]]] = {
    "run": _run,
    "replay": _replay,
    "diff": lambda draw: [draw.stem(), draw.file(), "--report", str(draw.report), *draw.some(draw.level)],
    "list": lambda draw: draw.some(lambda: ["--checks"], lambda: ["--json"], lambda: ["--specs", draw.file()]),
    "explain": lambda draw: [draw.chance.choice([*QUICK, f"{draw.stem()}#{draw.chance.choice(ODD)}", *ODD])],
    "report": lambda draw: [draw.file(), *draw.some(lambda: ["--report", str(draw.directory / "again.html")])],
    "compare": lambda draw: [draw.file(), draw.file()],
    "propose": lambda draw: [draw.file(), *draw.some(lambda: ["--specs", draw.file()])],
    "new": lambda draw: [
        draw.chance.choice(["acme_things", *ODD]),
        *("--path", draw.chance.choice(["/a", "/b", *ODD])),
        *(draw.chance.choice(["--from", "--from-response"]), draw.file()),
        *("--specs", str(draw.directory / "made"), "--force"),
    ],
    "mock": lambda draw: [draw.stem(), *draw.some(draw.of("--port", "0"), draw.of("--host", "127.0.0.1", "256.0.0.1"))],
    "--version": lambda _: [],
    "--no-such-option": lambda draw: [draw.chance.choice(ODD)],
    "\udcff": lambda _: [],
}


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where odd files lie, and where a command may write."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("conformance.mock.server.serve", lambda *_, **__: None)
    return tmp_path


@contextmanager
def surroundings(draw: Draw, patch: pytest.MonkeyPatch) -> Iterator[tuple[Any, io.StringIO]]:
    """An environment and streams; gives standard output and standard error."""
    for name in draw.chance.sample(sorted(VARIABLES), draw.chance.randrange(3)):
        patch.setenv(name, draw.chance.choice(VARIABLES[name]))
    out, err = draw.chance.choice(STREAMS)(), io.StringIO()
    patch.setattr(sys, "stdout", out)
    patch.setattr(sys, "stderr", err)
    patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(draw.chance.choice(list(FILES.values())))))
    yield out, err


def _record(draw: Draw) -> dict[str, Any] | None:
    return json.loads(draw.report.read_text()) if draw.report.exists() else None


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("seed", range(DRAWS))
def test_any_line_ends_as_documented(seed: int, directory: Path) -> None:
    """Never a traceback, never 1 without a finding of the level, never 0 without a check that held."""
    with mock(CONTRACTS[STEMS[0]]) as url, pytest.MonkeyPatch.context() as patch:
        draw = Draw(seed, directory, url)
        arguments = draw.arguments()
        with surroundings(draw, patch) as (_, err):
            code = main(arguments)

    told, record = err.getvalue(), _record(draw)
    assert code in {0, 1, 2, 3}, arguments
    assert "Traceback" not in told, arguments
    assert "crashed" not in told, arguments
    assert code == 0 or told or record or draw.name == "compare", arguments
    if record is not None and draw.name in {"run", "replay", "diff"} and "--plan" not in arguments:
        _agrees(code, record, draw.fail_on)


def _agrees(code: int, record: dict[str, Any], fail_on: str) -> None:
    counted = LEVELS[LEVELS.index(fail_on) :]
    findings = [one for operation in record["operations"] for one in operation["findings"] if not one["known"]]
    ended = {one["outcome"] for operation in record["operations"] for one in operation["outcomes"]}
    assert (code == 1) == (any(one["level"] in counted for one in findings) or bool(record["ledger"]))
    assert code != 0 or "held" in ended or "known" in ended
    assert "crashed" not in json.dumps([operation["outcomes"] for operation in record["operations"]])
