"""The text of a spec as its author wrote it, and a way of changing its own lines alone."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from attrs import define
from ruamel.yaml import YAML

from conformance.errors import UsageError
from conformance.propose.edits.carry_over import carried, likeness, rows_of
from conformance.propose.edits.edit import Edit
from conformance.propose.edits.tree import Container, apply
from conformance.propose.edits.window import narrowed, widened

_INDENTS = ((2, 4, 2), (2, 2, 0), (4, 6, 4), (4, 4, 2))
_WIDEST = 1_000_000
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")


class Original:
    """The text of a YAML document; every byte of it that no edit is about stays as it is."""

    def __init__(self, text: str, *, name: str) -> None:
        self.text = text
        self.name = name

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text after the edits; raises UsageError where one does not apply, or a comment would go with it."""
        edits = list(edits)
        narrow, kept = narrowed(self.text, [edit.pointer for edit in edits])
        text = widened(self._edited(narrow, edits), kept)
        return self._edited(self.text, edits) if text is None else text

    def _edited(self, before: str, edits: Iterable[Edit]) -> str:
        rows = rows_of(before)
        way = _way(before)
        document = way.tree(rows)
        apply(document, edits, name=self.name)
        text = carried(before, way.rows, rows_of(_dumped(way.yaml, document)), name=self.name)
        for comment in _comments(rows) - _comments(rows_of(text)):
            hint = "Move the comment, or make the change by hand."
            raise UsageError(f"{self.name}: the change would lose the comment {comment!r}", hint=hint)
        return text


@define
class _Way:
    """A way of writing, and the lines that it makes of a text."""

    yaml: YAML
    rows: list[str]
    _tree: Container | None
    """The tree that the lines were made of, until it is changed; most texts are changed once."""

    def tree(self, rows: Iterable[str]) -> Container:
        """A tree to be changed; parsed anew after the first, because a copy has lost comments."""
        fresh, self._tree = self._tree, None
        return _loaded(self.yaml, rows) if fresh is None else fresh


@lru_cache(maxsize=16)
def _way(text: str) -> _Way:
    """The way of writing that keeps the most lines of a text as they are."""
    rows = rows_of(text)
    ways = []
    for mapping, sequence, offset in _INDENTS:
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = _WIDEST
        yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
        tree = _loaded(yaml, rows)
        ways.append(_Way(yaml, rows_of(_dumped(yaml, tree)), tree))
        if ways[-1].rows == rows:
            return ways[-1]
    return max(ways, key=lambda way: likeness(way.rows, rows))


def _loaded(yaml: YAML, rows: Iterable[str]) -> Container:
    tree: Container = yaml.load("".join(f"{row}\n" for row in rows))
    _keep_anchors(tree)
    return tree


def _keep_anchors(node: object) -> None:
    """An anchor stays where it is written, whether or not an alias refers to it."""
    anchor = node.yaml_anchor() if hasattr(node, "yaml_anchor") else None
    if anchor is not None:
        anchor.always_dump = True
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _keep_anchors(part)


def _dumped(yaml: YAML, document: Container) -> str:
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _comments(rows: Iterable[str]) -> Counter[str]:
    return Counter(comment for row in rows for comment in _COMMENT.findall(row))
