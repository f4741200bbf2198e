"""The bodies that one operation answered: each is kept once, and all of them within bounds."""

from __future__ import annotations

from conformance.jsontext import weight
from conformance.target.body import MEGABYTE, TooMuch
from conformance.target.limits import TOGETHER, Limits

_ALL, _MORE = "all different answers together hold", "more than a run keeps"


class Bodies:
    """What was answered so far."""

    def __init__(self, limits: Limits) -> None:
        self._known: dict[bytes, bytes] = {}
        self._bytes, self._values = _Sum(limits.bodies), _Sum(limits.values)

    def kept(self, body: bytes) -> bytes:
        """The body as it is kept: the one that came before where it is the same; raises TooMuch beyond a bound."""
        if body not in self._known:
            self._bytes.add(len(body))
            self._values.add(weight(body))
            if self._bytes.exceeds:
                raise TooMuch(f"{_ALL} {self._bytes.all / MEGABYTE:.0f} MB, {_MORE}", option="--max-bytes")
            if self._values.exceeds:
                raise TooMuch(f"{_ALL} {self._values.all:,} JSON values, {_MORE}", option="--max-values")
        return self._known.setdefault(body, body)


class _Sum:
    """A sum of sizes with a bound, which a single large one raises: a filter shows a part of the whole once more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.all = 0

    def add(self, size: int) -> None:
        """One more of this size."""
        self.all += size
        self._most = max(self._most, TOGETHER * size)

    @property
    def exceeds(self) -> bool:
        """Whether it is more than is kept."""
        return self.all > self._most
