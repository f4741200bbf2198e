"""Trees are put in place as a whole; what an ended process left of its work goes with the next."""

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

from generation.tree import read_tree, swap_in


def test_what_a_dead_process_left_is_removed(tmp_path: Path) -> None:
    """Its folder goes, and that of a process that still works stays."""
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".swap-{int(dead.stdout)}-abcd"
    at_work = tmp_path / f".swap-{os.getppid()}-efgh"
    for folder in (left / "old", at_work / "fresh", tmp_path / "target" / "package"):
        folder.mkdir(parents=True)
        (folder / "kept.txt").write_text("old")

    swap_in({PurePosixPath("a/b.txt"): b"new"}, tmp_path / "target" / "package", workplace=tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [at_work.name, "target"]
    assert read_tree(tmp_path / "target" / "package") == {PurePosixPath("a/b.txt"): b"new"}
    assert (at_work / "fresh" / "kept.txt").read_text() == "old"
