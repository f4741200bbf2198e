"""Generates the client packages from the specs.

python scripts/generate.py [STEM…] [--check] [--root DIRECTORY]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generation.errors import GenerationError
from generation.workspace import Workspace


def main(argv: Sequence[str] | None = None, root: Path = Path(__file__).parents[1]) -> int:
    """Generate or check; exit code 0 done or fresh, 1 not fresh, 2 a spec or the machine is at fault."""
    arguments = _parser().parse_args(argv)
    workspace = Workspace(arguments.root or root)
    try:
        if arguments.check:
            return _report(workspace.check(arguments.stems))
        for line in workspace.generate(arguments.stems):
            print(line)
    except GenerationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="generate.py", description="Generates the client packages from the specs.")
    parser.add_argument("stems", metavar="STEM", nargs="*", help="name of a spec without .yaml; all if none is given")
    parser.add_argument("--check", action="store_true", help="change nothing, name every file that is not fresh")
    parser.add_argument(
        "--root", type=Path, help="directory that holds specs/ and generated/; this checkout if not given"
    )
    return parser


def _report(problems: list[str]) -> int:
    for problem in problems:
        print(problem)
    if problems:
        print("hint: run `python scripts/generate.py`.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
