"""Appends exchanges to a file, as lines of JSON that `conformance replay` reads."""

from __future__ import annotations

import base64
import json
import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from io import FileIO
from typing import TYPE_CHECKING

from listing_runtime.errors import ConfigurationError
from listing_runtime.recording.redaction import Redaction

if TYPE_CHECKING:
    from listing_runtime.credential import Credential
    from listing_runtime.operation import Operation
    from listing_runtime.wire import Response


class Recording:
    """A file to which exchanges are appended, one write for each line: on a local disk any number may share it."""

    def __init__(self, path: str | os.PathLike[str], operation: Operation, credential: Credential | None) -> None:
        self._path = os.fspath(path)
        self._logger = logging.getLogger(operation.package)
        self._redaction = Redaction(operation, credential)
        # Closing in one thread while another writes could write into whatever file is opened next.
        self._lock = threading.Lock()
        self._file = _opened(self._path)

    def add(self, url: str, response: Response, headers: list[tuple[str, str]]) -> None:
        """Append an exchange that was complete just now; where that fails, warn and record no more."""
        line = self._line(url, response, headers)
        with self._lock:
            failure = None if self._file.closed else _appended(self._file, line)
            if failure:
                _closed(self._file)
        if failure:
            self._logger.warning("%s: %s; no more exchanges are recorded", self._path, failure)

    def _line(self, url: str, response: Response, headers: list[tuple[str, str]]) -> bytes:
        sent = datetime.now(UTC) - timedelta(seconds=response.elapsed)
        url, headers, body = self._redaction.exchange(url, headers, response.content)
        line = {
            "url": url,
            "method": response.request.method,
            "status": response.status,
            "started": sent.isoformat(),
            "seconds": round(response.elapsed, 6),
            # The body is decompressed.
            "headers": [pair for pair in headers if pair[0].lower() != "content-encoding"],
            **_body(body),
        }
        return json.dumps(line).encode() + b"\n"

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._lock:
            failure = _closed(self._file)
        if failure:
            self._logger.warning("%s: %s; the last exchanges may be missing", self._path, failure)


def _opened(path: str) -> FileIO:
    try:
        return FileIO(path, "a", opener=_private)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        hint = "name a file that you may write to, in a directory that exists"
        raise ConfigurationError(f"record={path!r}: {why}; {hint}") from None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _appended(file: FileIO, line: bytes) -> str | None:
    """Append a line; say what went wrong."""
    try:
        written = file.write(line)
    except OSError as error:
        return error.strerror or str(error)
    return None if written == len(line) else f"only {written} of {len(line)} bytes could be written"


def _closed(file: FileIO) -> str | None:
    """Close a file, which some file systems only then tell to be full; say what went wrong."""
    try:
        file.close()
    except OSError as error:
        return error.strerror or str(error)
    return None


def _body(content: bytes) -> dict[str, str]:
    try:
        return {"body": content.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}
