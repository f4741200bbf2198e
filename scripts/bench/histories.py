"""What changed from version to version of one published document, as `conformance new` and `diff` see it.

python scripts/bench/histories.py DIRECTORY [--path /v1/things]…

The files of the directory are versions of one OpenAPI document, oldest first by their names. Each operation that may list
is drafted from one version, every question of the draft answered with yes, and the draft compared with the next version.
One process for each version; a row says how many operations it compared and changed, the classes of the differences, and
the processor time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

PROGRAM = r"""
import contextlib, io, json, re, sys, tempfile, time
from pathlib import Path
from conformance.cli.main import main

before, after, *paths = sys.argv[1:]
if not paths:
    try:
        with open(before, encoding="utf-8-sig") as file:
            content = json.load(file)
    except ValueError:
        import ryaml
        with open(before, encoding="utf-8-sig") as file:
            content = ryaml.load(file)
    paths = [path for path, item in content["paths"].items() if isinstance(item, dict) and item.keys() & {"get", "$ref"}]


def compared(path, folder):
    spec, report = folder / "history_things.yaml", folder / "report.json"
    own = ["--specs", str(folder)]
    if main(["new", spec.stem, "--from", before, "--path", path, *own]):
        return "not drafted"
    text = re.sub(r"identity: 'TODO: .*'", "identity: /id", spec.read_text(encoding="utf-8"))
    spec.write_text(text.replace("TODO: ", "as documented, "), encoding="utf-8")
    if main(["diff", spec.stem, after, *own, "--report", str(report)]) not in (0, 1):
        return "not compared"
    (operation,) = json.loads(report.read_text(encoding="utf-8"))["operations"]
    return [(one["drift"], one["check"]) for one in operation["findings"]]


found = {}
for path in paths:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            ended = compared(path, Path(folder))
        why = told.getvalue().partition("\n")[0].rpartition(": ")[2]
        found[path] = f"{ended}: {why}" if isinstance(ended, str) else ended
json.dump({"found": found, "seconds": time.process_time()}, sys.stdout)
"""
CLASSES = ("breaking", "ambiguous", "additive")
FEWEST, USAGE, MOST_REASONS = 2, 2, 10


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each version, and the kinds of all; 2 where there is nothing to compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--path", action="append", default=[], help="only this operation; repeatable")
    wanted = parser.parse_args(argv)
    files = sorted(path for path in wanted.directory.iterdir() if path.is_file())
    if len(files) < FEWEST:
        sys.stderr.write(f"error: {wanted.directory} holds {len(files)} versions; {FEWEST} are needed\n")
        return USAGE
    print(_row("version", "operations", "changed", *CLASSES, "seconds"))
    kinds: Counter[tuple[str, str]] = Counter()
    unread: Counter[str] = Counter()
    for before, after in pairwise(files):
        seen = compared(before, after, wanted.path)
        listed = [found for found in seen["found"].values() if isinstance(found, list)]
        drifts = [tuple(one) for found in listed for one in found]
        counts = Counter(drift for drift, _ in drifts)
        changed = sum(map(bool, listed))
        print(_row(after.name, len(listed), changed, *(counts[one] for one in CLASSES), f"{seen['seconds']:.1f}"))
        kinds.update(drifts)
        unread.update(found for found in seen["found"].values() if isinstance(found, str))
    for (drift, check), count in sorted(kinds.items(), key=lambda one: (CLASSES.index(one[0][0]), -one[1])):
        print(f"{drift:<10} {check:<32} {count:>6}")
    for why, count in unread.most_common(MOST_REASONS):
        print(f"{count:>6} {why}")
    return 0


def _row(name: str, *columns: object) -> str:
    return f"{name[:36]:<36} " + " ".join(f"{column!s:>10}" for column in columns)


def compared(before: Path, after: Path, paths: Sequence[str]) -> dict[str, Any]:
    """What a process finds in the operations of two versions, and the processor time that it takes."""
    command = [sys.executable, "-c", PROGRAM, str(before), str(after), *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


if __name__ == "__main__":
    sys.exit(main())
