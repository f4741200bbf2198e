"""One server for each harm, and what a user reads of it."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
import zlib
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from conformance.tests.hostile.servers import JSON, MEGABYTE, Script, answers, head, repeats, resets, sends

DRIFT, COULD_NOT_TELL = 1, 3
ITEM = json.loads((Path(__file__).parents[2] / "fixtures" / "vercel_sessions.json").read_text())["items"][0]
PAGE = json.dumps({"sessions": [ITEM], "pagination": {"count": 1, "next": None}}).encode()
HINT = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"


@frozen
class Case:
    """A server, the exit code of a run on it, and a word of the sentence that says why."""

    script: Script
    code: int
    word: str


def bomb(wbits: int, megabytes: int = 1000) -> bytes:
    """A gigabyte of spaces, packed a thousandfold; after a full flush the same bytes unpack to the same again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    piece = b" " * MEGABYTE
    first, again = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (megabytes - 1)


def _trickle(connection: socket.socket, _: bytes) -> None:
    repeats(head("200 OK", JSON, "Content-Length: 1000"), b" ", 1000, pause=0.2)(connection, b"")


def _endless_cursors(**item: object) -> Script:
    numbers = itertools.count()

    def script(connection: socket.socket, request: bytes) -> None:
        number = next(numbers)
        body = {
            "sessions": [{**item, "id": f"s{number}", "createdAt": 1_700_000_000_000 - number}],
            "pagination": {"count": 1, "next": f"c{number}"},
        }
        answers(json.dumps(body).encode())(connection, request)

    return script


def _endless_large_pages() -> Script:
    numbers = itertools.count()

    def script(connection: socket.socket, request: bytes) -> None:
        number = next(numbers)
        items = b",".join(b'{"id":"s%d-%d","cwd":"w%d"}' % (number, one, one) for one in range(24_000))
        body = b'{"sessions":[%s],"pagination":{"count":24000,"next":"c%d"}}' % (items, number)
        answers(body)(connection, request)

    return script


def _redirects(location: str) -> Script:
    return sends(head("302 Found", f"Location: {location}", "Content-Length: 0"))


TOO_MUCH: Mapping[str, Case] = {
    "a gigabyte": Case(
        repeats(head("200 OK", JSON, f"Content-Length: {1000 * MEGABYTE}"), b" " * MEGABYTE, 1000),
        COULD_NOT_TELL,
        "larger than 32 MB",
    ),
    "a gzip bomb": Case(answers(bomb(31), "Content-Encoding: gzip"), COULD_NOT_TELL, "larger than 32 MB"),
    "a deflate bomb": Case(answers(bomb(15), "Content-Encoding: deflate"), COULD_NOT_TELL, "larger than 32 MB"),
    "a raw deflate bomb": Case(answers(bomb(-15), "Content-Encoding: deflate"), COULD_NOT_TELL, "larger than 32 MB"),
    "brotli unasked": Case(answers(b"\x1b\xff\xff", "Content-Encoding: br"), COULD_NOT_TELL, "not asked for"),
    "gzip cut": Case(answers(gzip.compress(b"[]" * 999)[:-12], "Content-Encoding: gzip"), COULD_NOT_TELL, "breaks off"),
}
TOO_SLOW: Mapping[str, Case] = {
    "endless headers": Case(
        repeats(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n", 10**6), COULD_NOT_TELL, "broke off"
    ),
    "headers that trickle": Case(
        repeats(b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n", 1000, pause=0.2), COULD_NOT_TELL, "in time"
    ),
    "one byte now and then": Case(_trickle, COULD_NOT_TELL, "in time"),
}
MALFORMED: Mapping[str, Case] = {
    "10,000 deep": Case(answers(b"[" * 10_000 + b"]" * 10_000), DRIFT, "nested too deeply"),
    "100,000 deep": Case(answers(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), DRIFT, "nested too deeply"),
    "500 deep": Case(answers(b'{"sessions":' * 500 + b"1" + b"}" * 500), DRIFT, "nested too deeply"),
    "half a body": Case(sends(head("200 OK", JSON, "Content-Length: 500"), b'{"sess'), COULD_NOT_TELL, "broke off"),
    "half of chunks": Case(
        sends(head("200 OK", JSON, "Transfer-Encoding: chunked"), b"40\r\n{", b'"sess'), COULD_NOT_TELL, "broke off"
    ),
    "no UTF-8": Case(answers(b'{"sessions": [{"id": "\xff\xfe\xed\xa0\x80"}]}'), DRIFT, "not UTF-8"),
    "half a surrogate": Case(
        answers(b'{"sessions": [{"id": "\\ud800"}], "pagination": {"count": 1, "next": "\\udfff"}}'), DRIFT, "surrogate"
    ),
    "a name twice": Case(
        answers(b'{"sessions": [], "sessions": [], "pagination": {"count": 0, "next": null}}'), DRIFT, "a name twice"
    ),
    "huge numbers": Case(
        answers(b'{"sessions": [{"id": 1e400, "memory": -1e999}], "pagination": {"count": 1e400, "next": null}}'),
        DRIFT,
        "sessions",
    ),
    "5,000 digits": Case(
        answers(b'{"sessions": [], "pagination": {"count": ' + b"9" * 5000 + b', "next": null}}'), DRIFT, "not JSON"
    ),
}
UNRULY: Mapping[str, Case] = {
    "a redirect loop": Case(_redirects("/v2/sandboxes/sessions"), DRIFT, "302"),
    "a reset in mid-body": Case(
        resets(head("200 OK", JSON, "Content-Length: 500") + b'{"sess'), COULD_NOT_TELL, "broke off"
    ),
    "HTTP/1.0": Case(
        sends(head("200 OK", JSON, version="1.0"), b'{"sessions": [], "pagination": {"count": 1, "next": null}}'),
        DRIFT,
        "count",
    ),
    "endless cursors": Case(_endless_cursors(), DRIFT, "required"),
    "endless large pages": Case(_endless_large_pages(), DRIFT, "more than a run keeps"),
    "a million items": Case(
        answers(b'{"sessions": [' + b",".join([b'{"id":1}'] * 1_000_000) + b"]}"), COULD_NOT_TELL, "JSON values"
    ),
    "an early hint for ever": Case(repeats(b"", HINT, 10**6), COULD_NOT_TELL, ""),
}
ENDLESS: Mapping[str, Case] = {
    "fresh pages for ever": Case(_endless_cursors(**ITEM), DRIFT, "stable-answer"),
    "5,000 early hints": Case(
        sends(HINT * 5000 + head("200 OK", JSON, f"Content-Length: {len(PAGE)}"), PAGE), DRIFT, "limit-bounds"
    ),
    "20,000 small headers": Case(
        sends(head("200 OK", JSON, *(f"X-{number}: y" for number in range(20_000)))), COULD_NOT_TELL, "broke off"
    ),
}
GROUPS = {"too much": TOO_MUCH, "too slow": TOO_SLOW, "malformed": MALFORMED, "unruly": UNRULY, "endless": ENDLESS}
