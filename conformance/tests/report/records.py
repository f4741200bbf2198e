"""Records for the tests of the reports: clean, empty, large, hostile, and one finding of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.record.types import Finding, Record

HOSTILE = (
    "</script></style></pre><script>window.taken = 1</script>"
    '<img src="http://127.0.0.1:9/x" onerror="window.taken = 2">'
    "\x00\x1b[2J\x07\ufffe\u202egnp.exe \ud800 שלום | `code` ``` ]]> @someone #1 "
    "::error::taken\r\n::stop-commands::x {{ 7*7 }} "
)
LONG = "x" * 5_000


def finding(number: int = 1, /, **parts: Any) -> dict[str, Any]:
    """One finding, an error of `filter-sound` unless `parts` say otherwise."""
    body = json.dumps({"sessions": [{"id": f"ses_{each}", "name": "web"} for each in range(9)]})
    url = "http://127.0.0.1:8931/v2/sessions?limit=50&name=nightly"
    made = {
        "id": f"{number:012x}",
        "check": "filter-sound",
        "level": "error",
        "known": False,
        "reason": "",
        "pointer": "/paths/~1v2~1sessions/get/x-conformance/filters/0",
        "line": 91,
        "says": "with name, only the sessions of that sandbox are returned",
        "expected": "only items whose /name is equals 'nightly'",
        "actual": "9 others, such as 'web'",
        "count": 1,
        "breaks_client": False,
        "curl": [f"curl -s '{url}' -H \"Authorization: Bearer $SOME_TOKEN\""],
        "witness": [
            {
                "request": {"method": "GET", "url": url, "headers": {"Authorization": "Bearer $SOME_TOKEN"}},
                "response": {
                    "status": 200,
                    "headers": {"content-type": "application/json", "date": "today"},
                    "body": body,
                    "bytes": len(body),
                },
            }
        ],
    }
    return {**made, **parts}


def outcome(check: str, ended: str, family: str = "filtering", reason: str = "") -> dict[str, Any]:
    """How one check ended."""
    return {"check": check, "family": family, "outcome": ended, "reason": reason}


def operation(stem: str, *findings: dict[str, Any], outcomes: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """One operation: `filter-sound` drifted where it has findings, some checks held, one was skipped."""
    drifted = {one["check"]: "known" if one["known"] else "drifted" for one in findings}
    ended = [outcome(check, drifted.get(check, "held")) for check in dict.fromkeys(["filter-sound", *drifted])]
    rest = [outcome("pages-disjoint", "held", "paging"), outcome("total-constant", "skipped", "counting", "no counter")]
    return {
        "stem": stem,
        "operation": "GET /v2/sessions",
        "spec": f"specs/{stem}.yaml",
        "requests": 146,
        "seconds": 1.25,
        "outcomes": [*ended, *rest] if outcomes is None else outcomes,
        "findings": list(findings),
    }


def record(*operations: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """A record of a run."""
    made = {
        "format": 1,
        "seed": 7,
        "target": "http://127.0.0.1:8931",
        "started": "2026-11-23T12:34:29Z",
        "seconds": 2.5,
        "operations": list(operations),
        "ledger": [],
    }
    return {**made, **parts}


def typed(given: dict[str, Any]) -> Record:
    """A record as reports are made of it."""
    from conformance.record.types import typed as read  # noqa: PLC0415 - nothing is loaded when tests are collected

    return read(given)


def shown(**parts: Any) -> Finding:
    """A finding as reports are made of it."""
    return typed(record(operation("one_sessions", finding(**parts)))).operations[0].findings[0]


def empty() -> dict[str, Any]:
    """A record of no operation at all."""
    return record()


def clean() -> dict[str, Any]:
    """A record without a finding."""
    return record(operation("one_sessions"), operation("two_sandboxes"))


def untold() -> dict[str, Any]:
    """A record of an operation that could not be asked."""
    why = "http://127.0.0.1:1 cannot be reached"
    return record(operation("one_sessions", outcomes=[outcome("filter-sound", "errored", reason=why)]))


def varied() -> dict[str, Any]:
    """A record with every level, a known drift, a line of the ledger, and every key that a finding may have."""
    breaking = finding(
        1,
        check="body-matches-schema",
        actual="at /sessions/3/name: 'web'",
        marks={"places": ["/sessions/3/name"]},
        breaks_client=True,
        client={"ends": "raises", "detail": "DecodeError at /sessions/3/name"},
        drift="breaking",
        proposal={"diff": "--- specs/one_sessions.yaml\n+++ specs/one_sessions.yaml\n@@ -1 +1 @@\n-old\n+new\n"},
    )
    ignored = finding(
        2,
        difference={"missing": ['"ses_77"'], "unexpected": ['"ses_2"']},
        aside=2,
        drift="behavioural",
        client={"ends": "decodes", "detail": ""},
        proposal={"diff": "", "why": "no schema says what a filter leaves out", "bug_report": "name is ignored"},
        witness=[*finding()["witness"], *finding()["witness"]],
    )
    warning = finding(
        3, check="filter-bounds", level="warning", actual="200 for name='nightly'", count=3, marks={"status": 200}
    )
    note = finding(
        4,
        check="fields-documented",
        level="note",
        actual="at /sessions/1/id: 'ses_1'",
        marks={"places": ["/sessions/1/id"]},
    )
    known = finding(5, check="count-is-page", known=True, reason="ticket 4711")
    first, second = operation("one_sessions", breaking, ignored, known), operation("two_sandboxes", warning, note)
    return record(first, second, ledger=["known_drift.toml:3: two_sandboxes json-strict no longer happens"])


def many(number: int) -> dict[str, Any]:
    """A record of many findings."""
    half = number // 2
    first = operation("one_sessions", *(finding(each) for each in range(half)))
    return record(first, operation("two_sandboxes", *(finding(half + each) for each in range(number - half))))


def hostile() -> dict[str, Any]:
    """A record in which a server wrote everything that it can."""
    texts = dict.fromkeys(("says", "expected", "actual", "reason"), HOSTILE + LONG)
    answer = {"status": 200, "headers": {"content-type": HOSTILE, "location": LONG}, "body": HOSTILE + LONG, "bytes": 9}
    nested = {**answer, "body": "[" * 9_000 + '{"a": "' + HOSTILE}
    asked = {"method": "GET", "url": f"http://127.0.0.1:1/{HOSTILE}{LONG}", "headers": {}}
    one = finding(
        1,
        **texts,
        curl=[f"curl -s '{HOSTILE}{LONG}'"],
        witness=[{"request": asked, "response": answer}, {"request": asked, "response": nested}],
        client={"ends": HOSTILE, "detail": HOSTILE},
        drift="breaking",
        difference={"missing": [HOSTILE], "unexpected": [LONG]},
        marks={"places": [HOSTILE], "values": [LONG, -1], "fields": [[HOSTILE, LONG]], "header": HOSTILE},
        proposal={"diff": f"+{HOSTILE}\n-{LONG}", "why": HOSTILE, "bug_report": HOSTILE},
    )
    outcomes = [outcome("filter-sound", "drifted"), outcome("json-strict", "errored", "wire", HOSTILE + LONG)]
    return record(operation("one_sessions", one, outcomes=outcomes), target=HOSTILE, ledger=[HOSTILE])
