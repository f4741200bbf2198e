"""A spec with edits, before anything is written: its text, whether it is still a spec, the difference."""

from __future__ import annotations

import copy
import difflib
import io
from collections.abc import Iterable
from functools import lru_cache

from conformance.errors import UsageError
from conformance.propose.edits.edit import Edit
from conformance.propose.edits.original import Original
from conformance.propose.edits.tree import apply
from conformance.spec.document import Document, digest
from conformance.spec.load import contract_of


class Drafts:
    """Drafts of one spec; `text` is the file as it stands."""

    def __init__(self, stem: str, text: str) -> None:
        self.stem = stem
        self.text = text
        self.digest = digest(text)
        self._original = Original(text, name=self.name)
        self._made: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The file as a difference names it."""
        return f"specs/{self.stem}.yaml"

    def draft(self, edits: Iterable[Edit]) -> str:
        """The text after the edits; raises ConformanceError where they do not apply, or leave no valid spec."""
        edits = list(edits)
        known = repr(edits)
        if known not in self._made:
            self._made[known] = self._proven(edits)
        return self._made[known]

    def _proven(self, edits: list[Edit]) -> str:
        """The text, read as a spec again: it says what the edits say, and nothing else is different."""
        content = copy.deepcopy(dict(_document(self.text, self.name).content))
        apply(content, edits, name=self.name)
        text = self._original.edited(edits)
        after = Document.parse(text, name=self.name)
        if after.content != content:
            hint = "Write out what an alias (*) stands for, and run again."
            raise UsageError(f"{self.name}: the change would reach other places as well", hint=hint)
        contract_of(after, self.stem)
        return text

    def diff(self, edits: Iterable[Edit]) -> str:
        """The unified difference that the edits make."""
        lines = _lines(self.text), _lines(self.draft(edits))
        return "".join(map(_ended, difflib.unified_diff(*lines, f"a/{self.name}", f"b/{self.name}")))


def _lines(text: str) -> list[str]:
    """The lines with what ends them, as other tools count lines."""
    return io.StringIO(text).readlines()


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


@lru_cache(maxsize=16)
def _document(text: str, name: str) -> Document:
    return Document.parse(text, name=name)
