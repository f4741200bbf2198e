"""Says which packages changed since the last release and kept their version: exit code 1 where one did.

python scripts/versions.py [--since REVISION] [--root DIRECTORY]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

OWN = ("conformance", "specs", "pyproject.toml", ":!conformance/tests", ":!*.md")
"""What the suite's own wheel is made of."""


def main(argv: Sequence[str] | None = None) -> int:
    """Compare with the last tag that is a release, or with a revision; without either there is nothing to compare."""
    parser = argparse.ArgumentParser(prog="versions.py", description="Says which changed packages kept their version.")
    parser.add_argument("--since", metavar="REVISION", help="the last tag v* before this commit if not given")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1], help="the checkout")
    arguments = parser.parse_args(argv)
    since = arguments.since or _last_release(arguments.root)
    kept = list(_kept(arguments.root, since)) if since else []
    for name, version in kept:
        sys.stdout.write(f"{name} {version}: changed since {since}, and its version did not\n")
    return 1 if kept else 0


def _kept(root: Path, since: str) -> Iterator[tuple[str, str]]:
    for settings in [root / "pyproject.toml", *sorted(root.glob("generated/*/pyproject.toml"))]:
        place = settings.relative_to(root).as_posix()
        before, now = _git(root, "show", f"{since}:{place}"), settings.read_text(encoding="utf-8")
        own = OWN if place == "pyproject.toml" else (settings.parent.relative_to(root).as_posix(),)
        if before and _version(before) == _version(now) and _git(root, "diff", "--name-only", since, "--", *own):
            yield _version(now)


def _version(settings: str) -> tuple[str, str]:
    project = tomllib.loads(settings)["project"]
    return project["name"], project["version"]


def _last_release(root: Path) -> str:
    return _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^").strip()


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where it fails, as of a file or a tag that is not there."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main())
