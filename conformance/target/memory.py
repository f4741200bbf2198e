"""What the memory of large answers becomes when nobody holds them any more."""

from __future__ import annotations

import ctypes
from contextlib import suppress

from conformance.target.body import MEGABYTE

_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of glibc's mallopt(3)."""


def give_back() -> None:
    """Let what is larger than a megabyte go back to the system as soon as it is freed, where the C library is glibc.

    By itself glibc keeps the room of what it has freed once, as large as 32 MB, and breaks it up for small things.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, MEGABYTE)
