"""What all generated clients have in common: one hierarchy of errors, one way to call, to read, and to walk.

Names are imported when they are first used: importing this package loads no other one.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; `typing` itself would be half of the import time

if TYPE_CHECKING:
    from listing_runtime import errors, types
    from listing_runtime.listing import AsyncListing, Listing
    from listing_runtime.summaries import Summary, summary

__version__ = "1.0.0"

__all__ = ("AsyncListing", "Listing", "Summary", "__version__", "errors", "summary", "types")

_HOMES = {"AsyncListing": "listing", "Listing": "listing", "Summary": "summaries", "summary": "summaries"}


def __getattr__(name: str) -> object:
    if name in {"errors", "types"}:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
