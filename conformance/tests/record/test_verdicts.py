"""How the generated client ends is found out by giving it the very bodies."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import Headers
from starlette.requests import Request

from conformance import checks
from conformance.cli.main import main
from conformance.exchange import Exchange
from conformance.exchange import Request as HttpRequest
from conformance.finding import Finding, Level
from conformance.generated_client import Reading
from conformance.pointer import TOP
from conformance.record import client_verdict
from conformance.record.client_verdict import WORDS
from conformance.sentence import Sentence
from conformance.tests.conftest import Answer, Ran, liar
from conformance.tests.runs import CONTRACTS

ENDS = {
    ("browserbase_sessions", "required-field-gone"): ("client-decodes", "raises", "DecodeError", "breaking"),
    ("vercel_sandboxes", "enum-grew-once"): ("body-matches-schema", "decodes", "every field", "additive"),
    ("vercel_sessions", "number-negative"): ("body-matches-schema", "decodes", "every field", "ambiguous"),
    ("vercel_sessions", "field-added"): ("fields-documented", "decodes", "every field", "additive"),
    ("vercel_sessions", "cursor-loops"): ("walk-ends", "walks wrong", "it loops", "breaking"),
    ("vercel_sessions", "premature-end"): ("pages-complete", "walks wrong", "it misses", "breaking"),
    ("vercel_sessions", "cursor-drops-filters"): ("cursor-keeps-filters", "walks wrong", "filter", "breaking"),
    ("vercel_sessions", "undocumented-end"): ("last-page-ends", "raises", "DecodeError", "ambiguous"),
    ("vercel_sessions", "equals-ignored"): ("filter-sound", "decodes", "every field", "behavioural"),
    ("vercel_sessions", "path-retired-410"): ("operation-exists", "raises", "GoneError", "breaking"),
    ("sandbase_sessions", "bad-cursor-restarts"): ("cursor-opaque", "decodes", "every field", "behavioural"),
    ("vercel_sandboxes", "total-off-by-one"): ("total-is-collection", "decodes", "every field", "ambiguous"),
}
"""Fault to the check that finds it, how the client ends and what it says, and the word for it."""


def report(stem: str, fault: str, path: Path, *options: str) -> dict[str, Any]:
    """The report of a run against a lying mock, as the command line writes it."""
    main(["run", stem, "--fault", fault, "--report", str(path), *options])
    record: dict[str, Any] = json.loads(path.read_text())
    return record


@pytest.mark.parametrize(("stem", "fault"), ENDS)
def test_how_the_client_ends(stem: str, fault: str, tmp_path: Path) -> None:
    """The verdict is what the client does with the recorded exchanges, and the word follows from it."""
    check, ends, said, word = ENDS[stem, fault]

    more = ("--check", "pages-complete", "--check", "credentials-required")
    operation = report(stem, fault, tmp_path / "report.json", "--check", check, *more)["operations"][0]

    finding = next(one for one in operation["findings"] if one["check"] == check)
    assert (finding["client"]["ends"], finding["drift"]) == (ends, word)
    assert operation["drift"] in WORDS
    assert said in finding["client"]["detail"]
    assert finding["breaks_client"] is (ends in {"raises", "walks wrong"})


def test_news_is_not_blamed_for_what_else_is_wrong(tmp_path: Path) -> None:
    """A superseded operation's body may break the client, and another finding says so: the news does not."""
    record = report("sandbase_sessions", "required-field-gone", tmp_path / "report.json")

    found = {one["check"]: one for one in record["operations"][0]["findings"]}
    assert found["client-decodes"]["breaks_client"]
    news = found["lifecycle-current"]
    assert (news["breaks_client"], news["drift"], news["client"]["ends"]) == (False, "additive", "unknown")
    assert "/data/0/status" in news["client"]["detail"]


def test_what_the_client_leaves_out_is_no_item_twice(tmp_path: Path) -> None:
    """A page that begins with an item of the one before: the client gives it once, and misses the one it replaced."""
    record = report("vercel_sessions", "repeat-last-item", tmp_path / "report.json", "--check", "pages-disjoint")

    (finding,) = record["operations"][0]["findings"]
    assert finding["client"]["ends"] in {"walks wrong", "decodes"}
    assert finding["client"]["detail"]


def test_an_item_that_comes_back_later_is_listed_twice(run_on: Callable[..., Ran]) -> None:
    """The first item of all stands again at the end of the last page, where no client expects it."""
    contract = CONTRACTS["vercel_sessions"]
    first: list[Any] = []

    def again(request: Request, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        if "cursor" not in request.query_params:
            first[:] = json.loads(answer.body)["sessions"][:1] or first
            return answer
        return answer.with_json(
            lambda body: body if body["pagination"]["next"] else {**body, "sessions": [*body["sessions"], *first]}
        )

    ran = run_on(contract.stem, liar(contract, again), "--check", "pages-disjoint", "--check", "identity-unique")

    ends = {one["check"]: one["client"] for one in ran.record["operations"][0]["findings"]}
    assert ends["pages-disjoint"]["ends"] == "walks wrong"
    assert re.fullmatch(r"it lists \d+ items twice", ends["pages-disjoint"]["detail"])


class Forgetful:
    """A page that was read without its last field."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def to_dict(self) -> Any:
        """The body as far as it is remembered."""
        return {**self._body, "sessions": [dict(list(item.items())[:-1]) for item in self._body["sessions"]]}


@pytest.mark.parametrize(
    ("status", "ends", "said"),
    [
        (200, "field lost", "what stands at /sessions/0/b is not in the page"),
        (401, "walks wrong", "a 401 is read as a page"),
    ],
)
def test_a_client_that_reads_wrongly_is_told(
    status: int, ends: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that forgets a field, or takes a refusal for a page; ours does neither, so this one stands in."""
    contract = CONTRACTS["vercel_sessions"]
    body = {"sessions": [{"a": 1, "b": 2}]}
    monkeypatch.setattr(client_verdict, "read", lambda _, __: Reading(Forgetful(body), None))
    exchange = Exchange(HttpRequest("GET", "https://a.example", ()), status, Headers(), json.dumps(body).encode(), 0.0)
    finding = Finding(
        check="body-matches-schema",
        level=Level.ERROR,
        pointer=TOP,
        says="",
        expected=Sentence("", {}),
        actual=Sentence("", {}),
        witness=(exchange,),
    )

    verdict = client_verdict.verdict(contract, finding, [exchange])

    assert (verdict.ends, verdict.detail) == (ends, said)


def test_a_body_longer_than_the_report_keeps_is_decoded_whole(tmp_path: Path) -> None:
    """The verdict is made from the exchange, of which the report shows the beginning alone."""
    record = report("instavm_sandboxes", "field-added", tmp_path / "report.json", "--check", "fields-documented")

    (finding,) = record["operations"][0]["findings"]
    shown = finding["witness"][0]["response"]
    assert shown["bytes"] > len(shown["body"])
    assert finding["client"]["ends"] == "decodes"


def test_the_terminal_says_what_breaks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding that breaks says so and how; each operation that drifted has its word."""
    report("browserbase_sessions", "required-field-gone", tmp_path / "report.json", "--check", "client-decodes")

    shown = capsys.readouterr().out
    assert "client    breaking: raises, DecodeError" in shown
    assert "browserbase_sessions: breaking" in shown


def test_every_check_has_a_tendency(capsys: pytest.CaptureFixture[str]) -> None:
    """`explain` says of each check which kind of drift it tends to find, in a documented word."""
    for check in checks.EVERY:
        assert check.tends.split(":")[0].split()[0].strip(",") in WORDS

    main(["explain", "walk-ends"])
    assert "What it finds tends to be breaking" in capsys.readouterr().out
