"""What there is to detect: `conformance list --json` names each operation, with the faults and readings that apply."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detecting.programs import OURS, run


@dataclass(frozen=True)
class Pair:
    """One fault on one operation to which it applies."""

    stem: str
    fault: str
    check: str
    """The check that must catch it."""
    level: str
    """The most that the check may say."""


@dataclass(frozen=True)
class Catalogue:
    """The operations and their pairs."""

    superseded: frozenset[str]
    stems: tuple[str, ...]
    pairs: tuple[Pair, ...]
    readings: Mapping[str, Sequence[str]]
    """By operation, the lawful ways of its mock."""

    def part(self, stems: Sequence[str], faults: Sequence[str], sample: int | None) -> Catalogue:
        """Only some operations, some faults, or a sample of the pairs; raises ValueError for unknown names."""
        known = {pair.fault for pair in self.pairs}
        unknown = [*(set(stems) - set(self.stems)), *(set(faults) - known)]
        if unknown:
            raise ValueError(f"neither an operation nor a fault that applies: {', '.join(sorted(unknown))}")
        pairs = [pair for pair in self.pairs if pair.stem in (stems or self.stems) and pair.fault in (faults or known)]
        if sample is not None and sample < len(pairs):
            chosen = set(random.Random(1).sample(pairs, sample))  # noqa: S311 - no secret
            pairs = [pair for pair in pairs if pair in chosen]
        return Catalogue(self.superseded, tuple(stems or self.stems), tuple(pairs), self.readings)


def load() -> Catalogue:
    """Everything that the program lists."""
    rows = _listed()
    pairs = (
        Pair(row["stem"], fault["fault"], fault["check"], fault["level"]) for row in rows for fault in row["faults"]
    )
    superseded = frozenset(row["stem"] for row in rows if row["state"] != "current")
    readings = {row["stem"]: [one["reading"] for one in row["readings"]] for row in rows}
    return Catalogue(superseded, tuple(row["stem"] for row in rows), tuple(pairs), readings)


def generated_checks() -> list[str]:
    """The checks that judge generated queries: the Schemathesis phase."""
    return [row["check"] for row in _listed("--checks") if row["family"] == "fuzz"]


def _listed(*options: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        done = run([OURS, "list", "--json", *options], folder)
    if done.code:
        raise RuntimeError(done.output)
    rows: list[dict[str, Any]] = json.loads(done.output)
    return rows
