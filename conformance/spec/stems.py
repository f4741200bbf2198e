"""Which specs there are; no spec is read."""

from __future__ import annotations

from pathlib import Path

from conformance.errors import UsageError

_PACKAGE = Path(__file__).parents[1]


def own_specs() -> Path:
    """Where the specs are: beside the package in a checkout, inside it when installed."""
    beside = _PACKAGE.parent / "specs"
    return beside if any(beside.glob("*.yaml")) else _PACKAGE / "bundled_specs"


def is_installed(where: Path) -> bool:
    """Whether a directory of specs is part of an installed package, and so nobody's to change."""
    return where.resolve() == (_PACKAGE / "bundled_specs").resolve()


def stems_in(where: Path) -> list[str]:
    """The stems that have a spec in `where`, sorted; raises UsageError where there is none."""
    found = sorted(path.stem for path in where.glob("*.yaml"))
    if not found:
        raise UsageError(f"{where}: no spec is there", hint="A spec is a file named <provider>_<resource>.yaml.")
    return found
