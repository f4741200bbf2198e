"""The bytes of a published document as plain JSON: JSON or YAML, in gzip or not, within limits."""

from __future__ import annotations

import io
import json
import re
import zlib
from itertools import islice

import ryaml

from conformance.errors import SpecError
from conformance.jsontext import Json, members_of
from conformance.target.download import MEGABYTE, MOST

MOST_NESTING = 5_000
_GZIP = b"\x1f\x8b"
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Of private use: what sets an integer apart that the parser has no room for, so that it is text to it."""
_HUGE = re.compile(r"(?<![^\s\[,])[-+]?\d{19,}(?=\s*(?:[,\]}#:\n]|$))")
_ALONE = re.compile(rf"{_OPEN}[-+]?\d+{_CLOSE}")
_MERGE = re.compile(r"<<[\"']?\s*:")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""What may be half of a surrogate pair, as JSON escapes it."""
_TOO_LARGE = "128, expected any YAML value"
_PLACE = re.compile(r"\s+at line (\d+) column (\d+)")
_TWICE = re.compile(r"(?:(?P<around>.*): )?duplicate entry with key \"(?P<key>.+)\"", re.DOTALL)


def content_of(name: str, data: bytes) -> Json:
    """What the bytes of a file say, whatever its name; raises SpecError with `file:line` where they say nothing."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpecError(f"{name}:1: is not UTF-8", hint="Save the file as UTF-8.") from None
    if text.lstrip().startswith("<"):
        hint = "Give the address of the JSON or YAML itself; what is not found is often answered with a page."
        raise SpecError(f"{name}:1: is a web page or XML, not an OpenAPI document", hint=hint)
    try:
        if not text.lstrip().startswith(("{", "[")):
            loaded = _yaml(name, text)
            return _merged(loaded) if _MERGE.search(text) else loaded
        read: Json = _json(text)
    except json.JSONDecodeError as error:
        return _flow_yaml(name, text, error)
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError as error:
        raise _no_yaml(name, text, str(error)) from None
    return read


def unpacked(name: str, data: bytes) -> bytes:
    """The bytes of a file out of gzip, if it is in gzip; raises SpecError where it is broken or too large."""
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacking.decompress(data, MOST)
    except zlib.error as error:
        raise SpecError(f"{name}:1: is a broken gzip file: {error}", hint="Download it again.") from None
    if unpacking.unconsumed_tail:
        raise SpecError(f"{name}:1: is larger than {MOST // MEGABYTE} MB unpacked", hint="Is it the right file?")
    if not unpacking.eof:
        raise SpecError(f"{name}:1: is a gzip file that breaks off", hint="Download it again.")
    return unpacked


def _yaml(name: str, text: str) -> Json:
    """YAML 1.2; open brackets are counted first, because the parser's work grows with their square."""
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > MOST_NESTING:
            raise _too_deep(name)
    try:
        return _loaded(text)
    except ValueError as error:
        if _TOO_LARGE not in str(error):
            raise
    return _restored(_loaded(_HUGE.sub(rf"{_OPEN}\g<0>{_CLOSE}", text)))


def _loaded(text: str) -> Json:
    return _json(json.dumps(ryaml.load(io.StringIO(text))))  # keys become text: `200:` is a number in YAML


def _merged(value: Json) -> Json:
    """A document with what its merge keys stand for: YAML 1.2 has none, but most readers of documents take them."""
    if isinstance(value, list):
        return [_merged(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = {name: _merged(part) for name, part in value.items()}
    given = own.get("<<")
    parts = given if isinstance(given, list) else [given]
    if not all(isinstance(part, dict) for part in parts):
        return own
    del own["<<"]
    for part in parts:  # what is named twice is the first's
        own = {**members_of(part), **own}
    return own


def _json(text: str) -> Json:
    read: Json = json.loads(text, parse_constant=_unsaid)
    return _whole(read) if _HALF.search(text) else read


def _whole(value: Json) -> Json:
    """The content with a sign for each half of a surrogate pair, which no text in UTF-8 can hold."""
    if isinstance(value, dict):
        return {_whole_text(key): _whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return _whole_text(value) if isinstance(value, str) else value


def _whole_text(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unsaid(_: str) -> None:
    """What is no number says nothing: a bound of infinity is none."""


def _restored(value: Json) -> Json:
    """The content with the integers that were set apart, as numbers where they stood alone."""
    if isinstance(value, dict):
        return {_unmarked(key): _restored(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_restored(part) for part in value]
    if not isinstance(value, str) or _OPEN not in value:
        return value
    return int(value[1:-1]) if _ALONE.fullmatch(value) else _unmarked(value)


def _unmarked(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def _too_deep(name: str) -> SpecError:
    return SpecError(f"{name}:1: is nested too deeply", hint="No OpenAPI document is; is it the right file?")


def _flow_yaml(name: str, text: str, error: json.JSONDecodeError) -> Json:
    """YAML may begin as JSON does; the message is JSON's, as that is the likelier wish."""
    try:
        return _yaml(name, text)
    except ValueError:
        hint = "Is it a whole OpenAPI document?"
        raise SpecError(f"{name}:{error.lineno}: is not JSON: {error.msg}", hint=hint) from None


def _no_yaml(name: str, text: str, message: str) -> SpecError:
    found = _PLACE.search(message)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    problem = " ".join(_PLACE.sub("", message, count=1).split())[:200]
    twice = _TWICE.fullmatch(problem)
    if twice:
        where, line = twice["around"] or "the document", _second(text, twice["key"], line, column)
        hint = "Delete or rename one of the two."
        return SpecError(f"{name}:{line}: {where} has the key {twice['key']!r} twice", hint=hint)
    return SpecError(f"{name}:{line}: is neither JSON nor YAML: {problem}", hint="Is it the right file?")


def _second(text: str, key: str, line: int, column: int) -> int:
    """The line on which a key stands again in the mapping that begins at a line and column; that line on one line."""
    again = re.compile(rf"[ -]{{{column - 1}}}[\"']?{re.escape(key)}[\"']?\s*:")
    rows = enumerate(text.splitlines()[line - 1 :], line)
    return next(islice((number for number, row in rows if again.match(row)), 1, 2), line)
