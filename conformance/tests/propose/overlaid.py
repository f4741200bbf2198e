"""Applies an OpenAPI Overlay 1.0, as far as paths of names and indices go; a reading of its own."""

from __future__ import annotations

import re
from typing import Any

_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]")


def overlaid(document: Any, overlay: dict[str, Any]) -> Any:
    """The document after all actions, one after the other."""
    for action in overlay["actions"]:
        steps = _steps(action["target"])
        if action.get("remove"):
            del _at(document, steps[:-1])[steps[-1]]
        else:
            _merge(_at(document, steps), action["update"])
    return document


def _steps(path: str) -> list[str | int]:
    assert path.startswith("$")
    found, position = list[str | int](), 1
    while position < len(path):
        match = _STEP.match(path, position)
        assert match, path
        name, index, quoted = match.groups()
        found.append(int(index) if index else name or re.sub(r"\\(.)", r"\1", quoted))
        position = match.end()
    return found


def _at(document: Any, steps: list[str | int]) -> Any:
    for step in steps:
        document = document[step]
    return document


def _merge(target: Any, update: Any) -> None:
    if isinstance(target, list):
        target.append(update)
        return
    for name, value in update.items():
        if isinstance(target.get(name), dict) and isinstance(value, dict):
            _merge(target[name], value)
        else:
            assert not isinstance(target.get(name), dict | list), "tools disagree about it"
            target[name] = value
