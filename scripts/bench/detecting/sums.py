"""The sums of a study, and whether they meet the bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detecting.catalogue import Catalogue
from detecting.study import Study

OWN_BAR = 0.95


@dataclass(frozen=True)
class Sums:
    """One operation's sums, or all operations'; requests and seconds are of runs against the honest mock."""

    faults: int
    own: int
    other: int
    missed: int
    requests: int
    seconds: float
    ran_ours: bool
    found: int
    their_requests: int
    their_seconds: float
    ran_theirs: bool

    @property
    def caught(self) -> int:
        """Faults that any check sees."""
        return self.own + self.other


def sums_of(catalogue: Catalogue, study: Study, stem: str) -> Sums:
    """The sums of one stem, or of `all`."""
    stems = catalogue.stems if stem == "all" else (stem,)
    marks = [verdict.mark for pair, verdict in study.ours.items() if pair.stem in stems]
    plain = [seen for name, seen in study.plain.items() if name in stems]
    accepted = [one for name, one in study.accepted.items() if name in stems]
    return Sums(
        faults=sum(pair.stem in stems for pair in catalogue.pairs),
        own=marks.count("own"),
        other=marks.count("other"),
        missed=marks.count("missed"),
        requests=sum(seen.requests for seen in plain),
        seconds=sum(seen.seconds for seen in plain),
        ran_ours=bool(study.plain),
        found=sum(verdict.found for pair, verdict in study.schemathesis.items() if pair.stem in stems),
        their_requests=sum(one.requests for one in accepted),
        their_seconds=sum(one.seconds for one in accepted),
        ran_theirs=bool(study.accepted),
    )


@dataclass(frozen=True)
class Bar:
    """One demand of the suite, and what was measured."""

    says: str
    measured: str
    met: bool

    def __str__(self) -> str:
        """One line: met or missed, the demand, the figure."""
        return f"{'met' if self.met else 'MISSED':7} {self.says}: {self.measured}"


def bars(catalogue: Catalogue, study: Study) -> Iterator[Bar]:
    """The demands on our side; those for which nothing ran are left out."""
    sums = sums_of(catalogue, study, "all")
    if study.ours:
        yield Bar("all applicable faults are caught", share(sums.caught, sums.faults), sums.caught == sums.faults)
        own = share(sums.own, sums.faults)
        yield Bar("at least 95 % by the check named for them", own, sums.own >= OWN_BAR * sums.faults)
    if study.honest:
        false = sum(bool(one.false) for one in study.honest.values())
        yield Bar("no finding on an honest mock", f"{false} of {len(study.honest)} runs have one", not false)
    if study.lawful:
        accused = sum(said.accused for said in study.lawful.values())
        yield Bar("no lawful server is accused", f"{accused} of {len(study.lawful)} runs have an error", not accused)


def share(part: int, whole: int) -> str:
    """A part of a whole, in words and in per cent."""
    return f"{part} of {whole}, {100 * part / max(whole, 1):.1f} %"
