"""HAR 1.2, as browsers, mitmproxy and Playwright write it, entry by entry.

http://www.softwareishard.com/blog/har-12-spec/. A content's `text` is absent where the body was not recorded; with
`encoding: base64` it is base64. Custom fields begin with `_`, and HTTP/2 pseudo headers with a colon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]

from conformance.replay.recording.lines import write

MILLISECONDS = 1000


def lines(file: BinaryIO) -> Iterator[bytes]:
    """Each entry as the line that would hold it, an unreadable entry as a line that says why it is none.

    Raises ValueError where the file ends early or is no JSON; what came before has been given by then.
    """
    try:
        for entry in ijson.items(file, "log.entries.item", use_float=True):
            yield _line_or_why_not(entry)
    except ijson.JSONError as error:
        raise ValueError(str(error).strip().partition("\n")[0]) from None


def _line_or_why_not(entry: Mapping[str, Any]) -> bytes:
    try:
        return write(_line(entry))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return write({"unreadable": f"no HAR entry: {type(error).__name__}: {error}"})


def _line(entry: Mapping[str, Any]) -> dict[str, Any]:
    request, response = entry["request"], entry["response"]
    content = response.get("content", {})
    text = content.get("text")
    body = {} if text is None else {"base64" if content.get("encoding") == "base64" else "body": text}
    return {
        "url": request["url"],
        "status": response["status"],
        "started": entry["startedDateTime"],
        "headers": _headers(response),
        "method": request["method"],
        "seconds": max(0.0, float(entry.get("time", 0)) / MILLISECONDS),
        "request_headers": _headers(request),
        **body,
    }


def _headers(message: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The headers of a message, without pseudo headers."""
    return [(one["name"], one["value"]) for one in message.get("headers", ()) if not one["name"].startswith(":")]
