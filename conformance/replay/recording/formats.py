"""What a recording is, as its first bytes tell: JSON Lines, HAR, or a cassette of vcrpy in YAML or JSON."""

from __future__ import annotations

import io
import re
from enum import StrEnum

import ijson  # type: ignore[import-untyped]

_MEMBERS = frozenset({"url", "status", "started", "headers", "body", "base64", "request_headers"})
"""Members of a line, any of which tells that it is one."""
_LINE = re.compile(rb'^\s*\{.*"(?:url|status|started)"\s*:', re.MULTILINE)
_CASSETTE = re.compile(rb"^(?:http_)?interactions\s*:", re.MULTILINE)
_INTERACTIONS = frozenset({"interactions", "http_interactions"})


class Format(StrEnum):
    """What the exchanges of a recording are written in."""

    LINES = "JSON Lines"
    HAR = "HAR"
    CASSETTE = "vcrpy, YAML"
    JSON_CASSETTE = "vcrpy, JSON"


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins so; None where it is none of them."""
    if not head.strip():
        return Format.LINES
    keys = _keys(head) if head.lstrip().startswith(b"{") else frozenset()
    if "log" in keys:
        return Format.HAR
    if _INTERACTIONS & keys:
        return Format.JSON_CASSETTE
    if _MEMBERS & keys or _LINE.search(head):
        return Format.LINES
    return Format.CASSETTE if _CASSETTE.search(head) else None


def _keys(head: bytes) -> frozenset[str]:
    """The keys of the first object, up to the first that tells."""
    found: set[str] = set()
    try:
        for prefix, event, value in ijson.parse(io.BytesIO(head), multiple_values=True):
            if not prefix and event == "end_map":
                break
            if not prefix and event == "map_key":
                found.add(value)
                if value in {"log", *_MEMBERS, *_INTERACTIONS}:
                    break
    except (ijson.JSONError, ValueError):
        pass
    return frozenset(found)
