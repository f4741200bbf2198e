"""What `record=` writes: every response as one line, no credential in it, and no call the worse for it."""

import base64
import gzip
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sandbase_sessions
from listing_runtime import errors
from listing_runtime.call import async_transport

from tests.answers import (
    STEMS,
    URL,
    answering,
    client,
    in_turn,
    known,
    page,
    refusal,
    sandbase_page,
)
from tests.recordings import BODY, ask, both, lines


@both
def test_an_exchange_is_a_line(kind: str, path: Path) -> None:
    """URL, method, status, when it was sent, how long it took, headers, and the body as text, decompressed."""
    before = datetime.now(UTC)
    ask(kind, answering(gzip.compress(BODY), Content_Encoding="no", **{"Content-Encoding": "gzip"}), record=path)
    (line,) = lines(path)
    started = datetime.fromisoformat(line.pop("started"))
    seconds = line.pop("seconds")
    headers = dict(line.pop("headers"))

    assert line == {"url": f"{URL}/v1/sessions?limit=3", "method": "GET", "status": 200, "body": BODY.decode()}
    assert before <= started + timedelta(milliseconds=1)
    assert started + timedelta(seconds=seconds) <= datetime.now(UTC)
    assert headers["content-type"] == "application/json"
    assert "content-encoding" not in headers


@both
def test_every_attempt_is_recorded(kind: str, path: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A response that is tried again, the one after it, and a refusal; what got no response is no line."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(async_transport.anyio, "sleep", sleep)
    ask(kind, in_turn(refusal(503), httpx.ConnectError("no"), page()), max_retries=2, record=path)
    with pytest.raises(errors.NotFoundError):
        ask(kind, answering({"error": "gone"}, 404), record=str(path))

    assert [line["status"] for line in lines(path)] == [503, 200, 404]
    assert [line["body"] for line in lines(path)][::2] == ["", '{"error": "gone"}']


def test_what_cannot_be_decoded_is_recorded(path: Path) -> None:
    """A body that is no documented page is a line all the same."""
    with pytest.raises(errors.DecodeError):
        ask("Client", answering({"data": 1}), record=path)

    assert [line["body"] for line in lines(path)] == ['{"data": 1}']


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"", b"\xef\xbb\xbf{}", "𝄞\u2028\x00".encode()])
def test_a_body_comes_back_byte_by_byte(body: bytes, path: Path) -> None:
    """Text as text, anything else in base64."""
    with pytest.raises(errors.ServerError):
        ask("Client", answering(body, 500), record=path)
    (line,) = lines(path)

    assert (line["body"].encode() if "body" in line else base64.b64decode(line["base64"])) == body
    assert ("base64" in line) == body.startswith(b"\xff")


def test_what_a_users_http_client_adds_is_recorded(path: Path) -> None:
    """Its own parameters are in the URL: the answer is an answer to them."""
    http = httpx.Client(transport=httpx.MockTransport(answering(sandbase_page())), params={"team": "7", "key": "hush"})
    sandbase_sessions.Client("t0ken", base_url=URL, http_client=http, record=path).list_sessions().first_page()

    assert lines(path)[0]["url"] == f"{URL}/v1/sessions?team=7&key=$REDACTED"


def test_pages_and_clients_look_the_same(path: Path) -> None:
    """Neither says that it was recorded, and pages are pickled as ever."""
    with client(sandbase_sessions, answering(sandbase_page()), record=path) as ours:
        plain = client(sandbase_sessions, answering(sandbase_page()))
        recorded = ours.list_sessions().first_page()

        assert repr(ours) == repr(plain)
        assert recorded == plain.list_sessions().first_page()
        assert pickle.loads(pickle.dumps(recorded)) == recorded  # noqa: S301 - our own
        assert str(path) not in repr(recorded) + repr(recorded.response)


@pytest.mark.parametrize("stem", STEMS)
def test_nothing_of_it_is_loaded_unasked(stem: str) -> None:
    """A client that does not record does not import what records."""
    code = f"""
import sys, {stem}, {stem}.testing
list({stem}.testing.client([]).{known(stem).name}())
assert not [name for name in sys.modules if name.startswith("listing_runtime.recording")]
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr == ""
