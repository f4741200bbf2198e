"""HAR 1.2, as browsers, mitmproxy and Playwright write it, entry by entry.

http://www.softwareishard.com/blog/har-12-spec/. A content's `text` is absent where the body was not recorded; with
`encoding: base64` it is base64. Custom fields begin with `_`, and HTTP/2 pseudo headers with a colon. `size` and
`Content-Length` tell how long a body was; `mimeType` repeats the content type, where an exporter leaves out the header.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from conformance.replay.recording.as_lines import of_json
from conformance.replay.recording.lines import decoded
from conformance.replay.recording.tolerant import Pairs, number, pairs

MILLISECONDS = 1000
CUT, CACHED = "no whole body was recorded", "a browser's cache answered"
_ENCODED = "content-encoding"
_UNKNOWN = frozenset({"", "x-unknown"})


def lines(file: BinaryIO) -> Iterator[bytes]:
    """Each entry as the line that would hold it, an unreadable entry as a line that says why it is none.

    Raises ValueError where the file ends early or is no JSON; what came before has been given by then.
    """
    return of_json(file, "log.entries", _line, kind="HAR entry")


def _line(entry: Mapping[str, Any]) -> dict[str, Any]:
    request, response = entry["request"], entry["response"]
    content, headers = response.get("content") or {}, _headers(response)
    body = _body(content)
    return {
        "url": request["url"],
        "status": response["status"],
        "started": entry["startedDateTime"],
        "headers": headers,
        "method": request["method"],
        "seconds": max(0.0, number(entry.get("time")) / MILLISECONDS),
        "request_headers": pairs(request.get("headers")),
        "aside": CACHED if _is_cached(entry) else CUT if _is_cut(body, content, response, headers) else "",
        **body,
    }


def _headers(response: Mapping[str, Any]) -> Pairs:
    """The headers of a response; of one without a content type, the media type of its content."""
    given = pairs(response.get("headers"))
    said = str((response.get("content") or {}).get("mimeType") or "")
    left_out = said not in _UNKNOWN and all(name.lower() != "content-type" for name, _ in given)
    return [*given, ("content-type", said)] if left_out else given


def _body(content: Mapping[str, Any]) -> dict[str, str]:
    text = content.get("text")
    encoding = str(content.get("encoding") or "").lower()
    return {"base64" if encoding == "base64" else "body": text} if isinstance(text, str) else {}


def _is_cached(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("_fromCache")) or "Cache" in str(entry.get("_fetchType", ""))


def _is_cut(body: Mapping[str, str], content: Mapping[str, Any], response: Mapping[str, Any], headers: Pairs) -> bool:
    """Whether a body ends before its length, and before the JSON in it does."""
    named = {name.lower(): value for name, value in headers}
    sent = [] if _ENCODED in named else [response.get("bodySize"), named.get("content-length")]
    longest = max(number(size) for size in (content.get("size"), *sent))
    data = decoded(body["base64"]) if "base64" in body else body.get("body", "").encode()
    return bool(body) and len(data) < longest and not _is_whole(data)


def _is_whole(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
