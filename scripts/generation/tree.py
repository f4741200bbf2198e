"""A directory as a value, so that it can be compared with the disk, or put there as a whole."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TypeAlias

Tree: TypeAlias = Mapping[PurePosixPath, bytes]

_CACHES = frozenset({"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"})


def read_tree(root: Path) -> dict[PurePosixPath, bytes]:
    """Read every file under a directory; what tools leave there is not part of it."""
    return {
        PurePosixPath(path.relative_to(root).as_posix()): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _CACHES & set(path.relative_to(root).parts)
    }


def differences(tree: Tree, root: Path) -> Iterator[str]:
    """Name every file under `root` that is missing, stale or extra, and every extra directory without files."""
    found, empty = read_tree(root), _empty(root)
    for path in sorted(tree.keys() | found.keys() | empty):
        if path in empty or path not in tree:
            yield f"{path}: extra"
        elif path not in found:
            yield f"{path}: missing"
        elif tree[path] != found[path]:
            yield f"{path}: stale"


def _empty(root: Path) -> set[PurePosixPath]:
    # The innermost ones; a directory that holds nothing but caches is empty too.
    below = [path.relative_to(root) for path in root.rglob("*") if path.is_dir()]
    kept = [path for path in below if not _CACHES & set(path.parts)]
    parents = {parent for path in [*kept, *read_tree(root)] for parent in PurePosixPath(path.as_posix()).parents}
    return {PurePosixPath(path.as_posix()) for path in kept} - parents


def swap_in(tree: Tree, root: Path, *, workplace: Path) -> None:
    """Put a tree in the place of the directory `root`, as a whole or not at all; `workplace` is on its file system."""
    root.parent.mkdir(parents=True, exist_ok=True)
    # Only inside of one file system a directory moves at once.
    tidy(workplace)
    with tempfile.TemporaryDirectory(prefix=f".swap-{os.getpid()}-", dir=workplace) as name:
        fresh, old = Path(name) / "fresh", Path(name) / "old"
        write_tree(tree, fresh)
        if root.exists():
            root.rename(old)
        try:
            fresh.rename(root)
        except OSError:
            if old.exists():
                old.rename(root)
            raise


def tidy(directory: Path) -> None:
    """Remove what a process left that was ended while it put trees in place."""
    for left in directory.glob(".swap-*"):
        _, _, rest = left.name.partition("-")
        pid, _, _ = rest.partition("-")
        if not (pid.isdecimal() and _lives(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    if sys.platform == "win32":  # there the question would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


def write_tree(tree: Tree, root: Path) -> None:
    """Write a tree to a new directory."""
    root.mkdir(parents=True)
    for path, content in tree.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def remove(directory: Path) -> None:
    """Remove a directory with all that is in it."""
    shutil.rmtree(directory)
