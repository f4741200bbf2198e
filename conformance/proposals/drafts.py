"""A spec with edits, before anything is written: its text, whether it is still a spec, the difference."""

from __future__ import annotations

import difflib
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from conformance import specs
from conformance.errors import ConformanceError, UsageError
from conformance.proposals.edit import Edit
from conformance.proposals.editing import Original


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
            text = self._original.edited(edits)
            self._check(text)
            self._made[known] = text
        return self._made[known]

    def _check(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / f"{self.stem}.yaml"
            path.write_text(text, encoding="utf-8")
            try:
                specs.read(path)
            except ConformanceError as error:
                message = str(error).replace(str(path), self.name)
                raise UsageError(message, hint=error.hint.replace(str(path), self.name)) from None

    def diff(self, edits: Iterable[Edit]) -> str:
        """The unified difference that the edits make."""
        lines = self.text.splitlines(keepends=True), self.draft(edits).splitlines(keepends=True)
        return "".join(difflib.unified_diff(*lines, f"a/{self.name}", f"b/{self.name}"))
