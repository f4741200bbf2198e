"""A spec with edits, before anything is written: its text, whether it is still a spec, the difference."""

from __future__ import annotations

import copy
import difflib
import hashlib
from collections.abc import Iterable
from functools import lru_cache

from attrs import evolve

from conformance import specs
from conformance.document import Document
from conformance.proposals.edit import Edit
from conformance.proposals.editing import Original, apply


class Drafts:
    """Drafts of one spec; `text` is the file as it stands."""

    def __init__(self, stem: str, text: str) -> None:
        self.stem = stem
        self.text = text
        self.digest = hashlib.sha256(text.encode()).hexdigest()
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
            self._check(edits)
            self._made[known] = self._original.edited(edits)
        return self._made[known]

    def proven(self, edits: Iterable[Edit]) -> str:
        """The same, after the text itself was read as a spec again."""
        text = self.draft(edits)
        specs.contract_of(Document.parse(text, name=self.name), self.stem)
        return text

    def _check(self, edits: list[Edit]) -> None:
        before = _document(self.text, self.name)
        content = copy.deepcopy(before.content)
        apply(content, edits, name=self.name)
        specs.contract_of(evolve(before, content=content), self.stem)

    def diff(self, edits: Iterable[Edit]) -> str:
        """The unified difference that the edits make."""
        lines = self.text.splitlines(keepends=True), self.draft(edits).splitlines(keepends=True)
        return "".join(difflib.unified_diff(*lines, f"a/{self.name}", f"b/{self.name}"))


@lru_cache(maxsize=16)
def _document(text: str, name: str) -> Document:
    return Document.parse(text, name=name)
