"""What is written is read: an exchange as a line and back, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.cli.main import main
from conformance.exchange import Exchange, Request
from conformance.replay.recording.lines import line_of, read
from conformance.replay.recording.secrets import Exchanges
from conformance.tests.replay.conftest import recorded
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"
VALUES = st.binary(max_size=20).map(lambda data: data.translate(None, b"\r\n\0").strip())


@given(headers=st.lists(VALUES, max_size=4), body=st.binary(max_size=99), seconds=st.floats(0, 1e6))
def test_an_exchange_is_what_its_line_says(headers: list[bytes], body: bytes, seconds: float) -> None:
    """Header values of any bytes, bodies of any bytes, times to the microsecond."""
    contract = CONTRACTS[STEM]
    url = f"{contract.server}{contract.path}?q=%C3%BC"
    given_headers = httpx.Headers([(b"x-word", value) for value in headers])
    exchange = Exchange(Request("GET", url, ()), 200, given_headers, body, seconds)
    entry = read(line_of(exchange))
    again = Exchanges(contract).of(entry, entry.content() or b"")

    assert (again.request.url, again.status, again.body) == (url, 200, body)
    assert again.headers.multi_items() == given_headers.multi_items()
    assert again.seconds == pytest.approx(seconds, abs=1e-6)


def test_large_integers_are_read_and_written(tmp_path: Path) -> None:
    """A number of more than 64 bits is judged, and its report is read again, with a byte order mark too."""
    lines = [json.loads(line) for line in recorded(CONTRACTS[STEM])]
    one = next(line for line in lines if line["status"] == 200 and line["body"] != "[]")
    body = json.loads(one["body"])
    body[0]["proxyBytes"] = 2**70
    path, report = tmp_path / "a.jsonl", tmp_path / "report.json"
    path.write_text(json.dumps(one | {"body": json.dumps(body)}) + "\n")
    code = main(["replay", STEM, str(path), "--jobs", "1", "--report", str(report)])
    again = tmp_path / "again.json"
    again.write_bytes(b"\xef\xbb\xbf" + report.read_bytes())

    assert code in {0, 1}
    assert main(["report", str(again), "--report", str(tmp_path / "again.html")]) == 0
