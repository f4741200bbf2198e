"""A recording as others write it: HAR and cassettes of vcrpy, made of lines, each in its small ways."""

from __future__ import annotations

import base64
import gzip
import json
import textwrap
import zlib
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from typing import Any

import yaml

from conformance.replay.recording.lines import read

Entry = dict[str, Any]
_LINE = 76


def entry(line: bytes) -> Entry:
    """A line as an entry of a HAR file."""
    one = read(line)
    pseudo = [{"name": ":authority", "value": "api.example"}]
    headers = [{"name": name, "value": value} for name, value in one.headers]
    return {
        "_resourceType": "fetch",
        "startedDateTime": one.started.isoformat(),
        "time": one.seconds * 1000,
        "request": {"method": "GET", "url": one.url, "httpVersion": "h2", "headers": pseudo, "cookies": []},
        "response": {
            "status": one.status,
            "headers": [*pseudo, *headers],
            "content": {"mimeType": "application/json", "text": one.body, "_custom": 1},
            "_transferSize": 7,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 1, "receive": 0},
    }


def har(lines: Sequence[bytes], change: Callable[[int, Entry], Any] = lambda _, entry: entry, **beside: Any) -> bytes:
    """The lines as a HAR file, each entry changed; what stands beside the log stands before it."""
    entries = [change(number, entry(line)) for number, line in enumerate(lines)]
    log = {"version": "1.2", "creator": {"name": "test", "version": "1"}, "pages": [], "entries": entries}
    return json.dumps(beside | {"log": log}).encode()


def in_base64(_: int, one: Entry) -> Entry:
    """An entry with its body in base64."""
    content = one["response"]["content"]
    content["text"] = base64.b64encode(content["text"].encode()).decode()
    content["encoding"] = "base64"
    return one


def _in_lines(number: int, one: Entry) -> Entry:
    content = in_base64(number, one)["response"]["content"]
    content["text"] = "\r\n".join(textwrap.wrap(content["text"], _LINE))
    return one


def _without_time(_: int, one: Entry) -> Entry:
    return one | {"time": None}


def _in_text(_: int, one: Entry) -> Entry:
    one["response"]["status"] = str(one["response"]["status"])
    return one | {"time": str(one["time"])}


def _in_lower_case(_: int, one: Entry) -> Entry:
    one["request"]["method"] = "get"
    return one


def _of_null(_: int, one: Entry) -> Entry:
    one["request"]["headers"] = None
    one["response"]["headers"] += [{"name": "x-nothing", "value": None}]
    return one


def _as_object(_: int, one: Entry) -> Entry:
    one["response"]["headers"] = {each["name"]: each["value"] for each in one["response"]["headers"]}
    return one


def _large(_: int, one: Entry) -> Entry:
    return one | {"_id": 2**70, "_ratio": 2.5}


def _without_colon(_: int, one: Entry) -> Entry:
    return one | {"startedDateTime": one["startedDateTime"].replace("+00:00", "+0000")}


def _with_fractions(_: int, one: Entry) -> Entry:
    return one | {"startedDateTime": one["startedDateTime"].replace("+00:00", ",000000000Z").replace("T", " ")}


def _beyond_ascii(_: int, one: Entry) -> Entry:
    one["response"]["headers"] += [{"name": "x-city", "value": "Zürich, 東京"}]
    return one


HAR: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "another key first": lambda lines: har(lines, _meta={"a": [1, {"log": 2}]}),
    "indented": lambda lines: json.dumps(json.loads(har(lines, _meta={})), indent=1).encode(),
    "a call": lambda lines: b"onInputData(" + har(lines) + b");\n",
    "a mark": lambda lines: b"\xef\xbb\xbf" + har(lines),
    "UTF-16": lambda lines: har(lines).decode().encode("utf-16"),
    "UTF-16 without a mark": lambda lines: har(lines).decode().encode("utf-16-le"),
    "gzip": lambda lines: gzip.compress(har(lines)),
    "two gzips": lambda lines: gzip.compress(har(lines)[:1000]) + gzip.compress(har(lines)[1000:]),
    "zlib": lambda lines: zlib.compress(har(lines)),
    "zlib, quick": lambda lines: zlib.compress(har(lines), 1),
    "base64": lambda lines: har(lines, in_base64),
    "base64 in lines": lambda lines: har(lines, _in_lines),
    "no time": lambda lines: har(lines, _without_time),
    "numbers as text": lambda lines: har(lines, _in_text),
    "lower case": lambda lines: har(lines, _in_lower_case),
    "headers of null": lambda lines: har(lines, _of_null),
    "headers as an object": lambda lines: har(lines, _as_object),
    "large numbers": lambda lines: har(lines, _large),
    "a zone without a colon": lambda lines: har(lines, _without_colon),
    "a time with a long fraction": lambda lines: har(lines, _with_fractions),
    "headers beyond ASCII": lambda lines: har(lines, _beyond_ascii),
}
"""Ways in which HAR files are written; each says the same."""


def interaction(line: bytes, *, packed: bool = False) -> Entry:
    """A line as vcrpy keeps it."""
    one = read(line)
    headers = {name: [value] for name, value in one.headers} | {"Date": [format_datetime(one.started, usegmt=False)]}
    body: str | bytes = one.body or ""
    if packed:
        headers |= {"Content-Encoding": ["gzip"]}
        body = gzip.compress(body.encode() if isinstance(body, str) else body)
    return {
        "request": {"body": None, "headers": {"Accept": ["*/*"]}, "method": "GET", "uri": one.url},
        "response": {"body": {"string": body}, "headers": headers, "status": {"code": one.status, "message": "OK"}},
    }


def cassette(lines: Sequence[bytes], *, packed: bool = False) -> Entry:
    """The lines as a cassette of vcrpy."""
    return {"interactions": [interaction(line, packed=packed) for line in lines], "version": 1}


CASSETTES: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "in YAML": lambda lines: yaml.safe_dump(cassette(lines)).encode(),
    "in YAML, compressed": lambda lines: yaml.safe_dump(cassette(lines, packed=True)).encode(),
    "in YAML with kinds of Python": lambda lines: (
        yaml.safe_dump(cassette(lines)).replace("uri: http", "uri: !!python/unicode http").encode()
    ),
    "in JSON": lambda lines: json.dumps(cassette(lines)).encode(),
    "in YAML, in gzip": lambda lines: gzip.compress(yaml.safe_dump(cassette(lines)).encode()),
}
"""Ways in which cassettes are written."""
