"""JSON as RFC 8259 has it: what lenient parsers read and strict ones refuse."""

from __future__ import annotations

import json
from typing import Any


def problem_of(body: bytes, content_type: str) -> str:
    """What strict readers would refuse in a JSON body; empty where nothing."""
    charset = content_type.lower().partition("charset=")[2].strip(' "')
    if charset and charset not in {"utf-8", "utf8"}:
        return f"charset: {charset}"
    if body.startswith(b"\xef\xbb\xbf"):
        return "a byte order mark"
    return _parse_problem(body)


def _parse_problem(body: bytes) -> str:
    try:
        json.loads(body.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
    except UnicodeDecodeError:
        return "bytes that are not UTF-8"
    except RecursionError:
        return "nested too deeply"
    except _UnlawfulError as error:
        return str(error)
    except ValueError as error:
        return f"not JSON: {error}" if body else "an empty body"
    return ""


class _UnlawfulError(ValueError):
    """JSON that parsers read and RFC 8259 does not allow."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _UnlawfulError(f"a name twice: {next(name for name in names if names.count(name) > 1)!r}")
    return members


def _no_constant(name: str) -> None:
    raise _UnlawfulError(f"no JSON number: {name}")
