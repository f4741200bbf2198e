"""What was judged of each finding, from the table in README.md beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wild.server import HERE

COLUMNS = 5
TRUE, OPEN, OURS, UNJUDGED = "true", "open", "ours", "unjudged"


@dataclass(frozen=True)
class Verdict:
    """One row: `true` where the server breaks its page, `open` where a warning is right that the page is silent."""

    stem: str
    id: str
    verdict: str


def verdicts() -> list[Verdict]:
    """The rows of the table, each with the stem and the id of a finding."""
    rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in _lines() if line.startswith("| `")]
    return [Verdict(row[0], row[1], row[3]) for row in rows if len(row) == COLUMNS]


def judged(stem: str, finding: dict[str, Any]) -> str:
    """The verdict on a finding; `unjudged` where the table has none."""
    known = {(one.stem, one.id): one.verdict for one in verdicts()}
    return known.get((stem, finding["id"]), UNJUDGED)


def _lines() -> list[str]:
    return (HERE / "README.md").read_text(encoding="utf-8").splitlines()
