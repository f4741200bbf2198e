"""Clients against servers that mean harm: a page, or one typed error, in bounded time and memory."""

import asyncio
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sandbase_sessions
from sandbase_sessions.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    DecodeError,
    PaginationError,
)

from tests.hostile import (
    BODY,
    Harm,
    dripping,
    dripping_head,
    endless_headers,
    gigabyte,
    gzip_bomb,
    half_a_body,
    longest_garbage,
    nested,
    noise,
    old_http,
    reset,
    saying,
    serving,
    squeezed_twice,
)
from tests.readers import decode

REFUSED: list[tuple[str, Harm, type[Exception], str]] = [
    ("a gigabyte", gigabyte, APIConnectionError, "longer than 33554432 bytes"),
    ("a gzip bomb", gzip_bomb, APIConnectionError, "longer than 33554432 bytes"),
    ("gzip in gzip", saying(squeezed_twice(), b"Content-Encoding: gzip, gzip"), APIConnectionError, "compressed as"),
    ("brotli", saying(BODY, b"Content-Encoding: br"), APIConnectionError, "compressed as 'br'"),
    ("no gzip", saying(BODY, b"Content-Encoding: gzip"), APIConnectionError, "the body is no gzip"),
    ("headers without end", endless_headers, APIConnectionError, "RemoteProtocolError"),
    ("half a body", half_a_body, APIConnectionError, "RemoteProtocolError"),
    ("a reset", reset, APIConnectionError, "ReadError"),
    ("10,000 deep", saying(b"[" * 10_000 + b"]" * 10_000), DecodeError, "JSON"),
    ("10,000 deep in a page", saying(nested(10_000)), DecodeError, "JSON"),
    ("a refusal 10,000 deep", saying(b"[" * 10_000, status=b"500 No"), APIStatusError, "500"),
    ("invalid UTF-8", saying(BODY.replace(b"idle", b"\xc3\x28")), DecodeError, "a JSON document"),
    (
        "5,000 digits",
        saying(BODY.replace(b'"agent_version": 1', b'"agent_version": ' + b"9" * 5000)),
        DecodeError,
        "expected",
    ),
    ("a cursor of half a character", saying(BODY[:-6] + b' "\\ud800"}'), PaginationError, "half a character"),
    ("a redirect loop", saying(b"", b"Location: /v1/sessions", status=b"302 Found"), APIStatusError, "302"),
    ("Retry-After without end", saying(b"", b"Retry-After: " + b"9" * 4000, status=b"429 No"), APIStatusError, "429"),
    (
        "status 1000",
        lambda peer: peer.sendall(b"HTTP/1.1 1000 What\r\n\r\n"),
        APIConnectionError,
        "RemoteProtocolError",
    ),
]


def walk(url: str, timeout: float = 30) -> list[Any]:
    with sandbase_sessions.Client("t0ken", base_url=url, timeout=timeout, max_retries=0) as client:
        return list(client.list_sessions())


def walk_async(url: str, timeout: float = 30) -> list[Any]:
    async def main() -> list[Any]:
        async with sandbase_sessions.AsyncClient("t0ken", base_url=url, timeout=timeout, max_retries=0) as client:
            return [item async for item in client.list_sessions()]

    return asyncio.run(main())


@pytest.mark.parametrize("each", [walk, walk_async])
@pytest.mark.parametrize(("harm", "error", "told"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_harm_is_one_typed_error(harm: Harm, error: type[Exception], told: str, each: Any) -> None:
    """Of the package, with a sentence; sync and async."""
    with serving(harm) as url, pytest.raises(error, match=told):
        each(url)


@pytest.mark.parametrize("each", [walk, walk_async])
@pytest.mark.parametrize("coding", [b"gzip", b"x-gzip", b" X-GZIP "])
def test_gzip_is_read_whole(coding: bytes, each: Any) -> None:
    """By either of its names, in one member or in several, and without what follows them."""
    listed = each_item(each, saying(BODY))
    half = len(BODY) // 2
    parts = gzip.compress(BODY[:half]) + gzip.compress(b"") + gzip.compress(BODY[half:])

    assert each_item(each, saying(gzip.compress(BODY), b"Content-Encoding: " + coding)) == listed
    assert each_item(each, saying(parts + bytes(8), b"Content-Encoding: " + coding)) == listed


def each_item(each: Any, harm: Harm) -> list[Any]:
    with serving(harm) as url:
        items = each(url)
    return [item.to_dict() for item in items]


@pytest.mark.parametrize("each", [walk, walk_async])
@pytest.mark.parametrize("harm", [dripping, dripping_head])
def test_drops_are_a_timeout(harm: Harm, each: Any) -> None:
    """The time is for the whole response, not for each byte of it; the server is cut off before it is done."""
    served: list[str] = []

    def noted(peer: Any) -> None:
        harm(peer)
        served.append("all of it")

    with (
        serving(noted) as url,
        pytest.raises(APITimeoutError, match=r"no whole response from 127\.0\.0\.1:\d+ within 0\.5 s"),
    ):
        each(url, timeout=0.5)

    assert served == []


@pytest.mark.parametrize("each", [walk, walk_async])
@pytest.mark.parametrize("harm", [old_http, saying(BODY.replace(b'"next_page"', b'"next_page": null, "next_page"'))])
def test_what_is_only_odd_is_read(harm: Harm, each: Any) -> None:
    """HTTP/1.0 without a length, and names that come twice (the last one counts)."""
    with serving(harm) as url:
        assert len(each(url)) == 2


@pytest.mark.parametrize("each", [walk, walk_async])
def test_an_unknown_field_of_any_depth_costs_no_item(each: Any) -> None:
    """It is passed over; only who looks at it is told that it cannot be read."""
    with serving(saying(nested(700))) as url:
        assert len(each(url)) == 2

    page = decode("sandbase_sessions", nested(700))
    with pytest.raises(DecodeError, match="nested too deeply"):
        page.additional_properties  # noqa: B018 - to look is the test


def test_random_bytes_are_typed_errors() -> None:
    """Five hundred answers of noise, as a whole and as bodies."""
    seeds = iter(range(500))

    def harm(peer: Any) -> None:
        noise(next(seeds))(peer)

    with serving(harm) as url, sandbase_sessions.Client("t", base_url=url, max_retries=0) as client:
        for _ in range(500):
            with pytest.raises(APIError):
                client.list_sessions().first_page()


def test_a_redirect_to_another_host_is_not_followed() -> None:
    """The other host hears nothing, so not the credential either."""
    heard: list[str] = []

    with serving(lambda _: heard.append("a request")) as elsewhere:
        location = f"Location: {elsewhere}/v1/sessions".encode()
        with serving(saying(b"", location, status=b"307 Away")) as url, pytest.raises(APIStatusError, match="307"):
            walk(url)

    assert heard == []


def test_more_may_be_allowed() -> None:
    """`max_body_bytes` is the user's to set."""
    with serving(saying(BODY)) as url:
        with sandbase_sessions.Client("t", base_url=url, max_body_bytes=len(BODY)) as client:
            assert len(list(client.list_sessions())) == 2
        less = sandbase_sessions.Client("t", base_url=url, max_body_bytes=len(BODY) - 1)
        with less, pytest.raises(APIConnectionError, match="max_body_bytes"):
            less.list_sessions().first_page()


def test_what_is_refused_is_not_asked_for_again() -> None:
    """A gigabyte costs one request, however many retries there are."""
    asked: list[int] = []

    def harm(peer: Any) -> None:
        asked.append(1)
        gigabyte(peer)

    with serving(harm) as url, sandbase_sessions.Client("t", base_url=url, max_retries=3) as client:
        listing = client.list_sessions()
        with pytest.raises(APIConnectionError, match="longer"):
            listing.first_page()

    assert asked == [1]


PEAK = """
import json, re, sys
from pathlib import Path
from sandbase_sessions import Client
from sandbase_sessions.errors import APIError
with Client("t", base_url=sys.argv[1], max_retries=0) as client:
    try:
        client.list_sessions().first_page()
    except APIError as error:
        told = type(error).__name__
# Not ru_maxrss, which counts what the parent held when it forked.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([told, peak]))
"""


@pytest.mark.machine
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
@pytest.mark.parametrize("harm", [gigabyte, gzip_bomb, longest_garbage, endless_headers])
def test_memory_is_bounded(harm: Harm) -> None:
    """The peak of a fresh process stays below 300 MB."""
    with serving(harm) as url:
        done = subprocess.run([sys.executable, "-c", PEAK, url], capture_output=True, text=True, check=True)

    told, megabytes = json.loads(done.stdout)
    assert told in {"APIConnectionError", "DecodeError"}
    assert megabytes < 300
