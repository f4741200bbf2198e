"""A draft as YAML with its remarks, and the list of its holes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import yaml

from conformance.draft.draft import Draft
from conformance.jsontext import Json
from conformance.pointer import TOP, Pointer

HEAD = (
    "# A first draft. Each TODO is a question to the documentation: answer it in your own words, or delete its entry.\n"
)
FLOW = 60
"""Characters of a mapping that stands on one line."""
_PLAIN = re.compile(r"[A-Za-z0-9_$/.(^<~][^\n]*")
"""How a text begins that needs no quotes."""
_MARKS = re.compile(r": |:$| #|^[\s]|[\s]$")
"""What ends a text that has no quotes."""
_FLOW_MARKS = re.compile(r"[,\[\]{}]")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
_NUMBER = re.compile(r"[-+]?(0[xo])?[\d.][\d_.:a-fA-FeE+-]*")
"""What some version of YAML may take for a number or a date."""
_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def as_yaml(made: Draft) -> str:
    """The text of a spec."""
    return HEAD + "".join(f"{line}\n" for line in _block(made.content, TOP, "", made.remarks))


def _block(value: Mapping[str, Json], place: Pointer, indent: str, remarks: Mapping[str, str]) -> Iterator[str]:
    """The lines of a mapping, each remark before its key."""
    for key, part in value.items():
        here = place.below(key)
        if here in remarks:
            yield f"{indent}# {remarks[here]}"
        yield from _member(f"{indent}{_text(str(key), flow=True)}:", part, here, f"{indent}  ", remarks)


def _member(lead: str, value: Json, place: Pointer, indent: str, remarks: Mapping[str, str]) -> Iterator[str]:
    """The lines of a value behind its key."""
    if _is_flow(value):
        yield f"{lead} {_flow(value)}"
    elif isinstance(value, dict):
        yield lead
        yield from _block(value, place, indent, remarks)
    elif isinstance(value, list):
        yield lead
        for index, part in enumerate(value):
            yield from _element(part, place.below(index), indent, remarks)
    elif isinstance(value, str) and _is_literal(value):
        yield f"{lead} |-"
        yield from (f"{indent}{line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{lead} {_scalar(value, flow=False)}"


def _is_literal(text: str) -> bool:
    """Whether a text of several lines can stand as it is."""
    inside = text.strip() == text and "\n" in text
    return inside and not _UNPRINTABLE.search(text.replace("\n", ""))


def _element(value: Json, place: Pointer, indent: str, remarks: Mapping[str, str]) -> Iterator[str]:
    """The lines of an element of a sequence; the first of them begins with its dash."""
    if isinstance(value, dict) and not _is_flow(value):
        first, *rest = _block(value, place, f"{indent}  ", remarks)
        yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
        yield from rest
    else:
        yield from _member(f"{indent}-", value, place, f"{indent}  ", remarks)


def _is_flow(value: Json) -> bool:
    """Whether a value stands on one line: nothing is in its parts, and it is short."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if parts is None or any(isinstance(part, dict | list) or "\n" in str(part) for part in parts):
        return False
    return isinstance(value, list) or len(str(value)) < FLOW


def _flow(value: Json) -> str:
    if isinstance(value, dict):
        pairs = (f"{_text(str(key), flow=True)}: {_scalar(part, flow=True)}" for key, part in value.items())
        return f"{{{', '.join(pairs)}}}"
    parts = value if isinstance(value, list) else ()
    return f"[{', '.join(_scalar(part, flow=True) for part in parts)}]"


def _scalar(value: Json, *, flow: bool) -> str:
    if isinstance(value, str):
        return _text(str(value), flow=flow)
    written = json.dumps(value)
    return written if "." in written else written.replace("e", ".0e") if isinstance(value, float) else written


def _text(text: str, *, flow: bool) -> str:
    """A text that every version of YAML reads as it is: plain where it can be, else in quotes."""
    if _UNPRINTABLE.search(text):
        escaped = json.dumps(text, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    plain = _PLAIN.fullmatch(text) and not _MARKS.search(text) and not (flow and _FLOW_MARKS.search(text))
    if plain and not _NUMBER.fullmatch(text) and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT:
        return text
    return f"'{text.replace(chr(39), chr(39) * 2)}'"


def holes(text: str) -> Iterator[tuple[int, str]]:
    """Line and question of every hole."""
    for number, line in enumerate(text.splitlines(), 1):
        if "TODO" in line and number > 1:
            yield number, line.strip().lstrip("# ").strip()
