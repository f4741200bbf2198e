"""Nothing that must stay here leaves: planted everywhere, looked for in everything that a run writes."""

from __future__ import annotations

import base64
import json
import logging
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.privacy.secrets import Redactor
from conformance.report.formats import FORMATS
from conformance.tests.conftest import Answer, Lie, liar
from conformance.tests.hostile.servers import Script, answers, head, sends, serving
from conformance.tests.runs import CONTRACTS

SECRET = 'sk/live+"7d21b0"=planted&é'
SPELT = {
    "plain": SECRET,
    "percent": urllib.parse.quote(SECRET, safe=""),
    "percent, path": urllib.parse.quote(SECRET),
    "form": urllib.parse.quote_plus(SECRET),
    "JSON": json.dumps(SECRET)[1:-1],
    "JSON, slashes": json.dumps(SECRET)[1:-1].replace("/", "\\/"),
    "JSON, UTF-8": json.dumps(SECRET, ensure_ascii=False)[1:-1],
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "HTML": "sk/live+&quot;7d21b0&quot;=planted&amp;é",
}
PLAIN = "sk-live-7d21b0-planted"
TITLE, METADATA, UNKNOWN, SHORT = "Jane Doe's divorce", "acme payroll 2026", "+49 170 1234567", "Zoë"
PASSWORD = "hunter2-in-a-url"
OTHERS = [PASSWORD, "cookie-value-55d1", "location-token-91c2"]


@pytest.mark.parametrize("spelling", SPELT)
def test_a_credential_is_known_in_every_spelling(spelling: str) -> None:
    """However a server echoes it, in text or in a body, the variable's name stands there instead."""
    redactor = Redactor(SECRET, "$TOKEN")

    assert redactor.text(f"<{SPELT[spelling]}>") == "<$TOKEN>"
    assert redactor.data(f"<{SPELT[spelling]}>".encode()) == b"<$TOKEN>"
    assert SECRET not in repr(redactor)


@pytest.mark.parametrize("user", ["", "u", "us", "use", "user", "someone@example.com"])
def test_a_credential_is_known_in_basic_authorization(user: str) -> None:
    """Of base64 of `user:secret` nothing of the secret is left that can be decoded."""
    encoded = base64.b64encode(f"{user}:{PLAIN}:more".encode()).decode()

    shown = Redactor(PLAIN, "$TOKEN").text(f"Basic {encoded}")

    assert "$TOKEN" in shown
    assert PLAIN[2:-2] not in base64.b64decode(encoded).decode().replace(PLAIN, "")
    assert len(shown) < len(f"Basic {encoded}")


def planted(answer: Answer) -> Answer:
    """The answer with secrets in every header and item."""
    headers = answer.headers | {
        "set-cookie": f"s={OTHERS[1]}",
        "x-echo": f"Bearer {PLAIN}",
        "x-refresh-token": OTHERS[1],
        "www-authenticate": f'Bearer realm="{PLAIN}"',
        f"x-{PLAIN}-was-sent": "yes",
        f"X-{PLAIN.upper()}": PLAIN,
        "link": f"<https://me:{PASSWORD}@example.com/a>",
    }
    body = json.loads(answer.body)
    _plant(body)
    return Answer(answer.status, headers, json.dumps(body, ensure_ascii=False).encode())


def _plant(body: Any) -> None:
    items = body if isinstance(body, list) else next((v for v in body.values() if isinstance(v, list)), [])
    for item in items:
        item["title"] = TITLE
        item[PLAIN] = {PLAIN: [PLAIN]}
        item["metadata"] = {"customer": METADATA, "name": SHORT}
        item["userMetadata"] = {"customer": METADATA, "name": SHORT, "nested": [{"deep": UNKNOWN}]}
        item["phone"], item["account"] = UNKNOWN, 4917012345678
        item["url"] = f"https://me:{PASSWORD}@example.com/{PLAIN}"
    if isinstance(body, dict) and "error" in body:
        body["error"] = {"type": "x", "code": "x", "message": f"bad {PLAIN}, {json.dumps(PLAIN)}"}


def planting(change: Callable[[Any, Answer], Answer] | None = None) -> Lie:
    """A server whose every answer holds secrets, and which lies besides."""

    def lie(request: Any, answer: Answer) -> Answer:
        made = planted(answer)
        return change(request, made) if change else made

    return lie


def _broken_types(_: Any, answer: Answer) -> Answer:
    body = json.loads(answer.body)
    items = body if isinstance(body, list) else next((v for v in body.values() if isinstance(v, list)), [])
    for item in items:
        for name in item.keys() & {"title", "userMetadata", "metadata"}:
            item[name] = [TITLE] if name == "title" else f"{METADATA} {TITLE}"
    return Answer(answer.status, answer.headers, json.dumps(body).encode())


def _filters_ignored(_: Any, answer: Answer) -> Answer:
    body = json.loads(answer.body)
    items = body if isinstance(body, list) else next((v for v in body.values() if isinstance(v, list)), [])
    for index, item in enumerate(items):
        pair = {"customer": METADATA if index % 2 else f"{METADATA} two", "name": SHORT}
        item.update(metadata=pair, userMetadata=pair)
    return Answer(answer.status, answer.headers, json.dumps(body).encode())


def _elsewhere(_: Any, answer: Answer) -> Answer:
    body = json.loads(answer.body)
    moved = {"results": body} if isinstance(body, list) else {f"{name}_": value for name, value in body.items()}
    return Answer(answer.status, answer.headers, json.dumps(moved).encode())


def _as(status: int) -> Callable[[Any, Answer], Answer]:
    return lambda _, answer: Answer(status, answer.headers, answer.body)


def _cut(_: Any, answer: Answer) -> Answer:
    return Answer(answer.status, answer.headers, answer.body[: 2 * len(answer.body) // 3])


LIES: Mapping[str, Callable[[Any, Answer], Answer] | None] = {
    "undocumented fields": None,
    "wrong types": _broken_types,
    "filters ignored": _filters_ignored,
    "fields renamed": _elsewhere,
    "another success": _as(202),
    "a failure": _as(500),
    "cut": _cut,
}


LEAKY = ("browserbase_sessions", "instavm_sandboxes", "sandbase_sessions")
EVERYWHERE = [
    pytest.param(name, stem, marks=() if stem == LEAKY[number % 3] else pytest.mark.exhaustive)
    for number, name in enumerate(LIES)
    for stem in LEAKY
]
"""Every lie on every operation; always each on one."""


@pytest.mark.parametrize(("name", "stem"), EVERYWHERE)
def test_nothing_leaks(name: str, stem: str, leaks: Callable[..., list[str]], tmp_path: Path) -> None:
    """No report, recording, terminal or log shows a credential or a customer's value; placeholders stand there."""
    with liar(CONTRACTS[stem], planting(LIES[name]), items=12) as url:
        found = leaks(stem, url, TITLE, METADATA, UNKNOWN, SHORT, "4917012345678", TITLE.replace(" ", "+"), *OTHERS)

    assert found == []
    assert {one.name for one in tmp_path.iterdir()} >= {
        "recording.jsonl",
        *(f"{name}{ending}" for name in ("run", "replay") for ending in FORMATS),
    }


BROKEN: Mapping[str, Script] = {
    "redirect": sends(
        head(
            "302 Found",
            f"Location: https://me:{PASSWORD}@127.0.0.2/{PLAIN}?access_token=location-token-91c2",
            f"Set-Cookie: s={OTHERS[1]}",
        )
    ),
    "error body": answers(f"<b>{PLAIN} https://me:{PASSWORD}@x</b>".encode(), status="500 Oh"),
    "no HTTP": sends(f"{PLAIN} https://me:{PASSWORD}@x\r\n\r\n".encode()),
    "a header that breaks off": sends(f"HTTP/1.1 200 {PLAIN}\r\n{PLAIN} {PLAIN}\r\n\r\n".encode()),
    "an encoding": answers(b"x", f"Content-Encoding: {PLAIN}"),
    "page of text": answers(f"{TITLE} {METADATA}".encode()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_nothing_leaks_out_of_what_is_broken(name: str, leaks: Callable[..., list[str]]) -> None:
    """Redirects, error pages and texts of exceptions are told without what they quote."""
    with serving(BROKEN[name]) as url:
        found = leaks("browserbase_sessions", url, TITLE, METADATA, *OTHERS)

    assert found == []


def test_a_target_with_user_information_is_refused(leaks: Callable[..., list[str]]) -> None:
    """Credentials in `--target` are refused, and not repeated."""
    assert leaks("browserbase_sessions", f"http://me:{PASSWORD}@127.0.0.1:1", *OTHERS) == []
    assert main(["run", "--target", f"http://me:{PASSWORD}@127.0.0.1:1"]) == 2


def test_values_are_shown_where_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--show-values` shows item fields; credentials never."""
    report = tmp_path / "report.json"
    monkeypatch.setenv("SANDBASE_API_KEY", "test-token")
    with liar(CONTRACTS["sandbase_sessions"], planting(), items=12) as url:
        main(["run", "sandbase_sessions", "--target", url, "--report", str(report), "--show-values"])

    text = report.read_text()
    assert UNKNOWN in text
    assert PASSWORD not in text
    assert "test-token" not in text


@pytest.mark.parametrize("name", ["wrong types", "filters ignored", "fields renamed", "cut"])
def test_a_replay_hides_what_a_recording_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Traffic that somebody recorded holds customers' values: no report of it does, nor what is told of the client."""
    stem, recording = "sandbase_sessions", tmp_path / "recording.jsonl"
    monkeypatch.setenv("SANDBASE_API_KEY", "test-token")
    with liar(CONTRACTS[stem], planting(LIES[name]), items=12) as url:
        main(["run", stem, "--target", url, "--record", str(recording), "--show-values"])
    recorded = recording.read_text()
    recording.rename(tmp_path.parent / f"{tmp_path.name}.jsonl")
    capsys.readouterr()

    main(["replay", stem, str(tmp_path.parent / f"{tmp_path.name}.jsonl"), "--jobs", "1", *reported(tmp_path, "out")])

    told = [capsys.readouterr().out, *(path.read_text() for path in tmp_path.iterdir())]
    assert UNKNOWN in recorded
    assert [one for one in (TITLE, METADATA, UNKNOWN, SHORT) for text in told if one in text] == []


def reported(directory: Path, name: str) -> list[str]:
    """The options that write every format."""
    return [part for ending in FORMATS for part in ("--report", str(directory / f"{name}{ending}"))]


@pytest.fixture
def leaks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Callable[..., list[str]]:
    """Run on a server and look for the credential and other secrets in all that was written."""
    monkeypatch.setattr("conformance.tests.conftest.TOKEN", PLAIN)
    caplog.set_level(logging.DEBUG)

    def run(stem: str, url: str, *secrets: str) -> list[str]:
        monkeypatch.setenv(CONTRACTS[stem].credentials[0].env, PLAIN)
        recording = tmp_path / "recording.jsonl"
        main(["run", stem, "--target", url, "--record", str(recording), *reported(tmp_path, "run")])
        if recording.exists():
            main(["replay", stem, str(recording), "--jobs", "1", *reported(tmp_path, "replay")])
        out, err = capsys.readouterr()
        written = {path.name: path.read_text() for path in tmp_path.iterdir()}
        everything = {"stdout": out, "stderr": err, "log": caplog.text, **written}
        wanted = {
            form for secret in (PLAIN, *secrets) for form in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1])
        }
        return [f"{one} in {where}" for where, text in everything.items() for one in sorted(wanted) if one in text]

    return run
