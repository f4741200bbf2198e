"""The extra `clients` of the suite, in pyproject.toml: every generated package, from this workspace."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARK = "# all of them, by scripts/generate.py"
_EXTRA = re.compile(rf"^clients = \[  {_MARK}\n(?:    .*\n)*\]\n", re.MULTILINE)
_SOURCES = re.compile(rf"^{_MARK}\n(?:[\w-]+ = \{{ workspace = true \}}\n)*", re.MULTILINE)


def with_clients(settings: str, stems: Sequence[str]) -> str:
    """The text of a pyproject.toml with these packages in its extra; unchanged where it has none."""
    names = [stem.replace("_", "-") for stem in stems]
    extra = "".join(f'    "{name}",\n' for name in names)
    sources = "".join(f"{name} = {{ workspace = true }}\n" for name in names)
    settings = _EXTRA.sub(f"clients = [  {_MARK}\n{extra}]\n", settings)
    return _SOURCES.sub(f"{_MARK}\n{sources}", settings)
