"""Where a walk goes on, as a page says it."""

from __future__ import annotations


class ResumePoint(dict[str, "str | int | float"]):
    """Arguments of the next request, equal to a plain dict of them; it knows of which client's pages it is."""

    __slots__ = ("package",)

    def __init__(self, values: dict[str, str | int | float], package: str) -> None:
        super().__init__(values)
        self.package = package

    def __reduce__(self) -> tuple[type[ResumePoint], tuple[dict[str, str | int | float], str]]:
        return ResumePoint, (dict(self), self.package)
