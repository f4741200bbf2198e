"""Says once that an operation goes away, and what comes instead."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listing_runtime.operation import Operation

_TOLD: set[str] = set()


def warn_superseded(operation: Operation) -> None:
    """Warn at the first call in this process, on the caller's line."""
    if operation.package in _TOLD:
        return
    _TOLD.add(operation.package)
    told = f"{operation.package}: {operation.method} {operation.path}: {operation.superseded}"
    warnings.warn(told, DeprecationWarning, stacklevel=4)
