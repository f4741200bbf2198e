"""Cassettes of vcrpy, which tests of SDKs hold: interactions in YAML or JSON, entry by entry.

A header has an array of values, a body is `string`, and stands as it came: what is compressed is unpacked here. Only
the header `Date` says when it was; where there is none, an interaction counts as a second later than the one before.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

import yaml
from attrs import define

from conformance.replay.recording.as_lines import of_each, of_json
from conformance.replay.recording.lines import body_members, decoded
from conformance.replay.recording.tolerant import Pairs, pairs

KIND = "interaction"
MOST = 100_000_000
"""Bytes of a cassette in YAML, which has to be read whole."""
PACKED = "its body is compressed in a way that is not read"
_ENCODING = "content-encoding"
_UNPACK: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "x-gzip": gzip.decompress,
    "deflate": zlib.decompress,
}


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]  # yaml has no types
    """Reads text of Python's own kinds as text."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, _, node: loader.construct_scalar(node))


def lines(file: BinaryIO) -> Iterator[bytes]:
    """Each interaction of a cassette in YAML as a line; raises ValueError where it cannot be read."""
    text = file.read(MOST + 1)
    if len(text) > MOST:
        raise ValueError(f"a cassette in YAML is read up to {MOST // 1_000_000} MB")
    try:
        content = yaml.load(text, _Loader)  # noqa: S506 - a loader of plain data
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())) from None
    yield from of_each(content.get("interactions") or content.get("http_interactions") or (), _Tape().line, kind=KIND)


def json_lines(file: BinaryIO) -> Iterator[bytes]:
    """Each interaction of a cassette in JSON as a line; raises ValueError where the file breaks off."""
    return of_json(file, "interactions", _Tape().line, kind=KIND)


@define
class _Tape:
    """Interactions in their order."""

    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def line(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """The members of a line."""
        request, response = entry["request"], entry["response"]
        headers = pairs(response.get("headers"))
        packed = next((value.lower() for name, value in headers if name.lower() == _ENCODING), "")
        body, aside = _unpacked(_body(response), packed)
        return {
            "url": request["uri"] if "uri" in request else request["url"],
            "status": _status(response),
            "started": self._started(headers),
            "headers": [(name, value) for name, value in headers if name.lower() != _ENCODING],
            "method": request["method"],
            "request_headers": pairs(request.get("headers")),
            "aside": aside,
            **body_members(body),
        }

    def _started(self, headers: Pairs) -> str:
        said = next((value for name, value in headers if name.lower() == "date"), "")
        try:
            self.now = parsedate_to_datetime(said)
        except ValueError:
            self.now += timedelta(seconds=1)
        return self.now.replace(tzinfo=self.now.tzinfo or UTC).isoformat()


def _status(response: Mapping[str, Any]) -> object:
    status = response["status"] if "status" in response else response["status_code"]
    return status["code"] if isinstance(status, Mapping) else status


def _body(response: Mapping[str, Any]) -> bytes:
    body = response.get("body", response.get("content"))
    if isinstance(body, Mapping):
        body = decoded(body["base64_string"]) if "base64_string" in body else body.get("string")
    return body if isinstance(body, bytes) else (body or "").encode()


def _unpacked(body: bytes, encoding: str) -> tuple[bytes, str]:
    """A body out of its content coding, if it still is in it, and why it cannot be judged."""
    if encoding in {"", "identity"} or body.lstrip()[:1] in {b"", b"{", b"["}:
        return body, ""
    try:
        return _UNPACK[encoding](body), ""
    except (LookupError, OSError, EOFError, zlib.error):
        return body, PACKED
