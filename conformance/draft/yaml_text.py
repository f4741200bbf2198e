"""A draft as YAML with its remarks, and the list of its holes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from conformance import pointer
from conformance.draft.draft import Draft

HEAD = (
    "# A first draft. Each TODO is a question to the documentation: answer it in your own words, or delete its entry.\n"
)
WIDTH = 120


def as_yaml(made: Draft) -> str:
    """The text of a spec."""
    writer = YAML()
    writer.width = WIDTH
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(_commented(made.content, "", made.remarks), stream)
    return HEAD + stream.getvalue()


def _commented(value: Any, place: str, remarks: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        made = CommentedMap()
        for key, part in value.items():
            here = pointer.join(place, key)
            made[key] = _commented(part, here, remarks)
            if here in remarks:
                made.yaml_set_comment_before_after_key(key, before=remarks[here], indent=2 * place.count("/"))
        if not any(isinstance(part, dict | list) for part in value.values()) and len(str(value)) < WIDTH // 2:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        listed = CommentedSeq(_commented(part, pointer.join(place, index), remarks) for index, part in enumerate(value))
        if not any(isinstance(part, dict | list) for part in value):
            listed.fa.set_flow_style()
        return listed
    return value


def holes(text: str) -> Iterator[tuple[int, str]]:
    """Line and question of every hole."""
    for number, line in enumerate(text.splitlines(), 1):
        if "TODO" in line and number > 1:
            yield number, line.strip().lstrip("# ").strip()
