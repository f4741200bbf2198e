"""What tests of recordings share."""

import json
from pathlib import Path
from typing import Any

import pytest

both = pytest.mark.parametrize("kind", ["Client", "AsyncClient"])


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a recording."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]
