"""The study as text, at most 120 columns wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from detecting.catalogue import Catalogue, Pair
from detecting.lawful import Said
from detecting.study import Study
from detecting.sums import Sums, sums_of

NAME, CELL = 29, 18
LEVELS = ("", "note", "warning", "error")


def matrix(catalogue: Catalogue, study: Study) -> Iterator[str]:
    """One row for each fault, one column for each operation: our mark, and whether Schemathesis alone found it."""
    yield _row("fault", [stem[:CELL] for stem in catalogue.stems])
    yield _row("", ["ours   st run"] * len(catalogue.stems))
    by_place = {(pair.fault, pair.stem): pair for pair in catalogue.pairs}
    for fault in dict.fromkeys(pair.fault for pair in catalogue.pairs):
        pairs = [by_place.get((fault, stem)) for stem in catalogue.stems]
        yield _row(fault, [_cell(pair, study) for pair in pairs])


def _row(name: str, cells: Sequence[str]) -> str:
    return (f"{name:{NAME}}" + "".join(f"{cell:{CELL}}" for cell in cells)).rstrip()


def _cell(pair: Pair | None, study: Study) -> str:
    if pair is None:
        return "-"
    our, their = study.ours.get(pair), study.schemathesis.get(pair)
    mark = "" if our is None else "MISSED" if our.mark == "missed" else our.mark
    found = "" if their is None else "found" if their.found else "missed"
    return f"{mark:7}{found}"


def sums(catalogue: Catalogue, study: Study) -> Iterator[str]:
    """Faults caught on each operation and in all; requests and seconds of a run against the honest mock."""
    yield f"{'':22}{'':>8}{'ours':>6}{'':>33}   {'Schemathesis alone':>10}"
    heads = ("faults", "caught", "own", "other", "missed", "requests", "seconds", "found", "requests", "seconds")
    yield f"{'operation':22}" + "".join(f"{head:>9}" for head in heads)
    for stem in (*catalogue.stems, "all"):
        yield _sums_row(stem, sums_of(catalogue, study, stem))


def _sums_row(stem: str, sums: Sums) -> str:
    ours = (sums.caught, sums.own, sums.other, sums.missed, sums.requests, f"{sums.seconds:.1f}")
    theirs = (sums.found, sums.their_requests, f"{sums.their_seconds:.1f}")
    cells = [*(ours if sums.ran_ours else ["."] * 6), *(theirs if sums.ran_theirs else ["."] * 3)]
    return f"{stem:22}{sums.faults:>9}" + "".join(f"{cell:>9}" for cell in cells)


def remarks(catalogue: Catalogue, study: Study) -> Iterator[str]:
    """What the marks do not show: who caught a fault instead, wrong levels, crashes, failures on the honest mock."""
    for pair in (pair for pair in catalogue.pairs if pair in study.ours):
        verdict = study.ours[pair]
        where = f"{pair.stem} {pair.fault}"
        if verdict.mark != "own":
            instead = f", caught by {', '.join(verdict.checks)}" if verdict.checks else ""
            yield f"{verdict.mark:7} {where}: {pair.check} says nothing{instead}"
        elif LEVELS.index(verdict.level) > LEVELS.index(pair.level):
            yield f"level   {where}: {pair.check} says {verdict.level}, more than {pair.level}"
        if verdict.errored:
            yield f"crash   {where}: {', '.join(verdict.errored)}"
    for stem, accepted in study.accepted.items():
        yield f"honest  {stem}: Schemathesis fails it with {', '.join(accepted.failures) or 'nothing'}"


def honest(study: Study) -> Iterator[str]:
    """False findings on honest collections, by size."""
    yield "honest collections: items, runs, runs with a false finding"
    for size in sorted({one.items for one in study.honest.values()}):
        runs = [one for one in study.honest.values() if one.items == size]
        yield f"  {size:>6} {len(runs):>6} {sum(bool(one.false) for one in runs):>6}"
    false = Counter((one.stem, one.items, check) for one in study.honest.values() for check in one.false)
    for (stem, size, check), count in sorted(false.items()):
        yield f"  false: {stem}, {size} items: {check}, {count} runs"


def lawful(study: Study) -> Iterator[str]:
    """Lawful servers by how many readings they show, and each that is called an error or undecided."""
    yield "lawful servers: readings, runs, runs with a warning, runs accused"
    for number in sorted({len(way.readings) for way in study.lawful}):
        said = [one for way, one in study.lawful.items() if len(way.readings) == number]
        yield f"  {number:>6} {len(said):>6} {sum(bool(one.warnings) for one in said):>6} {_accused(said):>6}"
    for way, one in study.lawful.items():
        if one.accused:
            yield f"  accused: {way}: {', '.join((*one.errors, *(f'{check} errored' for check in one.errored)))}"


def _accused(said: Sequence[Said]) -> int:
    return sum(one.accused for one in said)
