"""What a plain YAML file says, read by libyaml; whatever is not plain is left to the whole parser, and so are errors.

The whole parser keeps comments and knows YAML 1.2, and takes thirty times as long.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from conformance.jsontext import Json

Lines = dict[str, int]
_RARE = re.compile(r"(?m)^(%|---|\.\.\.)|(?:^|[\s\[{,:-])[!&*]|[\t\x85\u2028\u2029\ufeff]")
"""Directives, documents, tags, anchors, and blanks of which parsers think differently."""
_TEXT = re.compile(  # the last are codes, such as the ids of findings
    r"[A-Za-z/$_][^\n]*|[1-5]XX|\d+(\.\d+){2,}|\d{1,9} [a-z][^\n]*|(?!0b)\d[\da-f]*[a-df][\da-f]*"
)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,15})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,15})\.\d{1,15}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = {"true": True, "false": False, "null": None}
_DOUBTFUL = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some version of YAML takes for something else, in some case."""


class _NotPlainError(Exception):
    """The whole parser has to tell."""


def read(text: str) -> tuple[dict[str, Any], Lines] | None:
    """The content and the line of each of its parts, by JSON Pointer; None for what is not plain."""
    if not yaml.__with_libyaml__ or _RARE.search(text):
        return None
    lines: Lines = {"": 1}
    try:
        tree = yaml.compose(text, yaml.CSafeLoader)
        content = _plain(tree, "", lines)
    except (yaml.YAMLError, _NotPlainError, RecursionError, ValueError):
        return None
    return (content, lines) if isinstance(content, dict) else None


def _plain(node: yaml.Node, place: str, lines: Lines) -> Json:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_below(part, f"{place}/{index}", part, lines) for index, part in enumerate(node.value)]
    if not isinstance(node, yaml.ScalarNode):
        raise _NotPlainError
    return str(node.value) if node.style else _scalar(node.value)


def _mapping(node: yaml.MappingNode, place: str, lines: Lines) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for name, part in node.value:
        key = _key(name)
        if key in made:
            raise _NotPlainError
        escaped = key.replace("~", "~0").replace("/", "~1")
        made[key] = _below(part, f"{place}/{escaped}", name, lines)
    return made


def _below(part: yaml.Node, place: str, start: yaml.Node, lines: Lines) -> Json:
    lines[place] = start.start_mark.line + 1
    return _plain(part, place, lines)


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _NotPlainError
    key = str(node.value)
    if not node.style and (key == "<<" or (not isinstance(_scalar(key), str) and not _INTEGER.fullmatch(key))):
        raise _NotPlainError
    return key


def _scalar(text: str) -> str | int | float | bool | None:
    """What a scalar without quotes stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if _TEXT.fullmatch(text) and text.lower() not in _DOUBTFUL:
        return text
    if _DATE.fullmatch(text):
        return dt.date.fromisoformat(text).isoformat()
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    raise _NotPlainError
