"""What a run is where nobody says otherwise; imports nothing, because a shell's completion reads it."""

from __future__ import annotations

MOCK, LIVE = "mock", "live"
"""Targets that are no URL: the mock that is embedded here, and the documented server."""
SEED = 20260507
TIMEOUT = 10.0
"""Seconds until an answer must be complete."""
