"""Which part of a listing is walked, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listing_runtime import validity

if TYPE_CHECKING:
    from listing_runtime.operation import Operation
    from listing_runtime.wire import Resume


class Range(NamedTuple):
    """Where a walk begins, and where it ends unless the server ends it before."""

    listed: str
    """What people call the listing."""
    resume: Resume | None = None
    max_pages: int | None = None
    max_items: int | None = None
    prefetch: int = 0
    """Pages that are fetched while the one before is worked on."""
    counted: bool = False
    """Whether pages are counted, so that no answer names the next."""

    @classmethod
    def checked(
        cls,
        operation: Operation,
        resume: Resume | None,
        max_pages: int | None,
        max_items: int | None,
        prefetch: int,
    ) -> Range:
        """Check what a caller gave."""
        return cls(
            f"{operation.package}.{operation.name}",
            validity.resume(resume, operation),
            validity.optional_count("max_pages", max_pages),
            validity.optional_count("max_items", max_items),
            validity.count("prefetch", prefetch, most=1),
            operation.counted,
        )
