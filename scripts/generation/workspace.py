"""The specs and the generated packages of one checkout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from attrs import frozen

from generation.build import build
from generation.document import Document, load
from generation.errors import GenerationError
from generation.extra import with_clients
from generation.readme import readme
from generation.runtime import PACKAGE, SCRIPTS
from generation.toolchain import check_pins
from generation.tree import differences, swap_in

_README = PurePosixPath("README.md")


@frozen
class Workspace:
    """A checkout."""

    root: Path

    @property
    def stems(self) -> list[str]:
        """All stems that have a spec."""
        return sorted(path.stem for path in (self.root / "specs").glob("*.yaml"))

    def generate(self, stems: Sequence[str]) -> Iterator[str]:
        """Generate packages, all of them before the first is put in place, and say what was done."""
        tree = self._generated(stems)
        target = self.root / "generated"
        if not stems:
            swap_in(tree, target, workplace=self.root)
        else:
            for package in (*stems, PACKAGE):
                swap_in(_below(tree, package), target / package, workplace=self.root)
            (target / "README.md").write_bytes(tree[_README])
        if self._is_stale():
            self._settings.write_text(
                with_clients(self._settings.read_text("utf-8"), self.stems), "utf-8", newline="\n"
            )
        for package in (*(stems or self.stems), PACKAGE):
            yield f"generated/{package}: {len(_below(tree, package))} files"

    def check(self, stems: Sequence[str]) -> list[str]:
        """Name every file that is not what generation gives."""
        tree, target = self._generated(stems), self.root / "generated"
        if not stems:
            return [
                *["pyproject.toml"] * self._is_stale(),
                *(f"generated/{each}" for each in differences(tree, target)),
            ]
        return [
            f"generated/{package}/{each}"
            for package in (*stems, PACKAGE)
            for each in differences(_below(tree, package), target / package)
        ]

    def _generated(self, stems: Sequence[str]) -> dict[PurePosixPath, bytes]:
        check_pins(SCRIPTS.parent / "pyproject.toml")
        files = build([self._load(stem) for stem in stems or self.stems])
        return files | {_README: readme(self.stems).encode()}

    @property
    def _settings(self) -> Path:
        return self.root / "pyproject.toml"

    def _is_stale(self) -> bool:
        """Whether the extra of all clients is another; a checkout of specs alone has none."""
        text = self._settings.read_text("utf-8") if self._settings.is_file() else ""
        return with_clients(text, self.stems) != text

    def _load(self, stem: str) -> Document:
        if stem not in self.stems:
            hint = f"Known stems: {', '.join(self.stems) or 'none'}."
            raise GenerationError(f"no spec specs/{stem}.yaml", hint=hint)
        if not stem.isidentifier() or not stem.islower() or stem == PACKAGE:
            raise GenerationError(f"specs/{stem}.yaml: not a package name", hint="Stems look like provider_resource.")
        return load(self.root / "specs" / f"{stem}.yaml")


def _below(tree: dict[PurePosixPath, bytes], package: str) -> dict[PurePosixPath, bytes]:
    return {path.relative_to(package): data for path, data in tree.items() if path.parts[0] == package}
