"""One recorded exchange as one line of JSON: `run --record` and the generated clients write it, `replay` reads it.

A line is an object. Its members:

- `url`: the whole URL, with its query.
- `status`: the status of the response.
- `started`: when the request was sent, RFC 3339 with a zone.
- `headers`: of the response, an array of [name, value].
- `body`: of the response, as text; or `base64`, where it is no text. Exactly the bytes that came, decompressed.
- `method` (GET where absent), `seconds` (until the answer was complete), `request_headers` (an array of [name, value]).
- `aside`: in words, why it is not what the API answered, such as that its body was cut. It is counted and not judged.

Members of other names are ignored. A line with neither `body` nor `base64` is counted and ignored.
"""

from __future__ import annotations

import base64
import codecs
from datetime import UTC, datetime, timedelta

import msgspec

from conformance.exchange import Exchange
from conformance.replay.recording.tolerant import Pairs, members


class Entry(msgspec.Struct, gc=False, omit_defaults=True, kw_only=True):
    """One recorded exchange, secrets still in it."""

    url: str
    status: int
    started: datetime
    headers: Pairs
    body: str | None = None
    base64: str | None = None
    method: str = "GET"
    seconds: float = 0.0
    request_headers: Pairs = []
    aside: str = ""

    def content(self) -> bytes | None:
        """The body's bytes, None where none was recorded; raises ValueError for what is neither text nor base64."""
        if self.body is not None:
            return self.body.encode()
        return None if self.base64 is None else decoded(self.base64)


def decoded(text: str) -> bytes:
    """The bytes of base64, which may be wrapped into lines; raises ValueError for what is none."""
    return base64.b64decode("".join(text.split()), validate=True)


def body_members(body: bytes) -> dict[str, str]:
    """A body as the member of a line that can hold it."""
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


_strict = msgspec.json.Decoder(Entry).decode
write = msgspec.json.Encoder().encode


def read(line: bytes) -> Entry:
    """One line; raises ValueError or TypeError for what is none."""
    try:
        return _strict(line)
    except ValueError as error:
        return _otherwise(line, error)


def _otherwise(line: bytes, error: ValueError) -> Entry:
    """A line as others write it; what is none after all is so for the reason that was found first."""
    try:
        given = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))
        return msgspec.convert(members(given), Entry, strict=False)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise error from None


def line_of(exchange: Exchange, *, now: datetime | None = None) -> bytes:
    """The line that holds an exchange which was complete just now; it is as redacted as the exchange is."""
    started = (now or datetime.now(UTC)) - timedelta(seconds=exchange.seconds)
    entry = Entry(
        url=exchange.request.url,
        status=exchange.status,
        started=started,
        headers=exchange.headers.multi_items(),
        method=exchange.request.method,
        seconds=round(exchange.seconds, 6),
        request_headers=list(exchange.request.headers),
        **body_members(exchange.wire),
    )
    return write(entry) + b"\n"
