"""Generated queries: drawn once for a document and a seed, and kept for later runs, which ask the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from conformance.errors import ConformanceError
from conformance.files import write
from conformance.run.draw import Draw, GeneratedQuery

FOLDER = "HYPOTHESIS_STORAGE_DIRECTORY"
"""The variable that names the folder in which Hypothesis keeps its tables, and we what was drawn."""
MOST_KEPT = 256
"""Files, of some 20 kB each; those go that were not asked for the longest time."""


def store_in(environment: Mapping[str, str]) -> Path | None:
    """Where queries are kept; nowhere unless the environment names a folder."""
    folder = environment.get(FOLDER)
    return Path(folder, "queries") if folder else None


def queries(draw: Draw, store: Path | None = None) -> tuple[GeneratedQuery, ...]:
    """The queries of a draw: those that were kept, or else drawn now, which loads Schemathesis and Hypothesis."""
    place = store / f"{draw.digest}.json" if store else None
    kept = _read(place) if place else ()
    if kept:
        return kept
    from conformance.run.cases import cases, query  # noqa: PLC0415 - loaded where something is drawn

    drawn = tuple(map(query, cases(draw)))
    if place:
        _keep(place, drawn)
    return drawn


def _read(place: Path) -> tuple[GeneratedQuery, ...]:
    """What was kept; nothing where that cannot be read, whatever the reason."""
    try:
        rows = json.loads(place.read_bytes())
        place.touch()
        return tuple(GeneratedQuery(tuple((str(name), str(value)) for name, value in row[1]), row[0]) for row in rows)
    except (OSError, ValueError, TypeError, LookupError):
        return ()


def _keep(place: Path, drawn: Iterable[GeneratedQuery]) -> None:
    """Keep them for later runs, where the disk takes them."""
    with suppress(OSError, ConformanceError):
        write(place, json.dumps([[one.is_good, one.pairs] for one in drawn]), folders=True)
        newest_first = sorted(place.parent.glob("*.json"), key=lambda path: -path.stat().st_mtime)
        for old in newest_first[MOST_KEPT:]:
            old.unlink()
