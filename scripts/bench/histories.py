"""What changed from version to version of one published document, as `conformance new` and `diff` see it.

python scripts/bench/histories.py DIRECTORY [--path /v1/things]…

The files of the directory are versions of one OpenAPI document, oldest first by their names. Each operation that lists
(a GET that answers JSON) is drafted from one version, and the draft compared with the next version.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from conformance.published.document import Published

STEM = "history_things"
FEWEST, USAGE = 2, 2
CLASSES = ("breaking", "ambiguous", "additive")


@define
class Step:
    """One version compared with the one before."""

    name: str
    operations: int = 0
    undrafted: Counter[str] = field(factory=Counter)
    """Why an operation could not be drafted or compared, to how many could not."""
    changed: int = 0
    classes: Counter[str] = field(factory=Counter)
    kinds: Counter[tuple[str, str]] = field(factory=Counter)
    """Class and check."""
    seconds: float = 0.0


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
    print(
        f"{'version':<40} {'operations':>10} {'changed':>8} {' '.join(f'{one:>10}' for one in CLASSES)} {'seconds':>8}"
    )
    kinds: Counter[tuple[str, str]] = Counter()
    unread: Counter[str] = Counter()
    for step in steps(files, wanted.path):
        counts = " ".join(f"{step.classes[one]:>10}" for one in CLASSES)
        print(f"{step.name[:40]:<40} {step.operations:>10} {step.changed:>8} {counts} {step.seconds:>8.2f}")
        kinds += step.kinds
        unread += step.undrafted
    print()
    for (drift, check), count in sorted(kinds.items(), key=lambda row: (CLASSES.index(row[0][0]), -row[1])):
        print(f"{drift:<10} {check:<32} {count:>6}")
    for why, count in unread.most_common(10):
        print(f"not compared: {count:>5}  {why}")
    return 0


def steps(files: Sequence[Path], paths: Sequence[str]) -> Iterator[Step]:
    """Each version against the one before."""
    from conformance.published.beside import Beside
    from conformance.published.document import parse

    before: Published | None = None
    for file in files:
        started = time.perf_counter()
        document = parse(file.name, file.read_bytes(), beside=Beside.of(file))
        if before is not None:
            step = compared(before, document, paths)
            step.seconds = time.perf_counter() - started
            yield step
        before = document


def compared(before: Published, document: Published, paths: Sequence[str]) -> Step:
    """What changed in every operation of a version."""
    from conformance.errors import ConformanceError

    step = Step(document.name)
    for path in paths or listings(before):
        try:
            drifts = differences(before, document, path)
        except ConformanceError as error:
            step.undrafted[str(error).rpartition(": ")[2][:80]] += 1
            continue
        step.operations += 1
        step.changed += bool(drifts)
        step.classes.update(drift for drift, _ in drifts)
        step.kinds.update(drifts)
    return step


def listings(document: Published) -> Iterator[str]:
    """The paths with a GET and no parameters in them."""
    for path, item in document.content["paths"].items():
        if "{" not in str(path) and isinstance(item, dict) and ("get" in item or "$ref" in item):
            yield str(path)


def differences(before: Published, document: Published, path: str) -> list[tuple[str, str]]:
    """Class and check of each difference between the draft of one version and the next version."""
    from conformance.draft.draft import draft
    from conformance.draft.from_document import of_document
    from conformance.pointer import Pointer
    from conformance.published.comparison import compare
    from conformance.spec.document import Document
    from conformance.spec.extension import build

    content = draft(STEM, of_document(before, path), "2026-01-01").content
    operation = content["paths"][path]["get"]
    # Only what OpenAPI itself says is compared: nothing has to be answered.
    operation["x-conformance"] |= {"items": "$response.body#", "identity": "/id"}
    operation["x-conformance"].pop("given", None)
    contract = build(Document(path, content, {}), Pointer.of("paths", path, "get"), stem=STEM)
    result = compare(contract, document)
    return [(result.drifts[one.id(STEM)], one.check) for one, _ in result.findings]


if __name__ == "__main__":
    sys.exit(main())
