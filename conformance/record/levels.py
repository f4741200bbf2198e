"""The levels of findings as a record writes them."""

from __future__ import annotations

from conformance.finding import LEVELS

ORDER = tuple(str(level) for level in LEVELS)
"""The least first."""
