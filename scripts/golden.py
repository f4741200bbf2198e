"""Writes the golden copy of what the generator makes of two small specs.

python scripts/golden.py
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

from generation.build import build
from generation.document import load
from generation.runtime import LICENSE, PACKAGE
from generation.tree import swap_in

GOLDEN = Path(__file__).parent / "tests/golden"


def main() -> int:
    """Write the copy anew; exit code 0."""
    swap_in(generated(), GOLDEN / "generated", workplace=GOLDEN)
    return 0


def generated() -> dict[PurePosixPath, bytes]:
    """Give the files that generation decides about: those that are copied from elsewhere are left out."""
    built = build([load(path) for path in sorted(GOLDEN.glob("specs/*.yaml"))])
    return {path: content for path, content in built.items() if path.parts[0] != PACKAGE and path.name != LICENSE.name}


if __name__ == "__main__":
    sys.exit(main())
