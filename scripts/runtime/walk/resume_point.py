"""Where a walk goes on, as a page says it."""

from __future__ import annotations

from typing import TypeAlias

Values: TypeAlias = "dict[str, str | int | float]"


class ResumePoint(dict[str, "str | int | float"]):
    """Arguments of the next request, equal to a plain dict of them; it knows of which client's pages it is."""

    __slots__ = ("package",)
    package: str

    def __reduce__(self) -> tuple[object, tuple[Values, str]]:
        return resume_point, (dict(self), self.package)


def resume_point(values: Values, package: str) -> ResumePoint:
    """Make one; without a constructor, as each page has one."""
    point = ResumePoint(values)
    point.package = package
    return point
