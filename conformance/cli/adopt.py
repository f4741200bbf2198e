"""Specs of ours that a user changes become the user's own: nothing is written into an installed package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conformance import files
from conformance.errors import UsageError
from conformance.spec.stems import is_installed, own_specs

COPIED = "Name a directory of yours with --specs DIR: specs that it lacks are copied there first."


def ensure_own(where: Path, *, what: str, hint: str = COPIED) -> None:
    """Raise UsageError for a directory of the installed package: the next version would lose what is written there."""
    if is_installed(where):
        raise UsageError(f"{what} belongs to the installed package, and is not changed", hint=hint)


def adopt(stems: Sequence[str], directory: Path) -> list[Path]:
    """Copy our specs and fixtures of these operations where the directory lacks them; gives the specs that came."""
    from conformance.mock.collection.dataset import fixture_path

    copied = []
    for stem in lacking(stems, directory):
        files.write(
            directory / f"{stem}.yaml", (own_specs() / f"{stem}.yaml").read_text(encoding="utf-8"), folders=True
        )
        fixture = fixture_path(stem, None).read_text(encoding="utf-8")
        files.write(directory / "fixtures" / f"{stem}.json", fixture, folders=True)
        copied.append(directory / f"{stem}.yaml")
    return copied


def lacking(stems: Sequence[str], directory: Path) -> list[str]:
    """The operations of ours whose spec a directory lacks."""
    own = own_specs()
    return [stem for stem in stems if not (directory / f"{stem}.yaml").exists() and (own / f"{stem}.yaml").is_file()]
