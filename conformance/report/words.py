"""The words that all reports share, so that one finding reads the same everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from conformance.record.exit_code import COULD_NOT_TELL, DRIFT, findings, reached, unchecked
from conformance.record.types import Finding, Operation, Record, Unseen
from conformance.report.causes import causes

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
MARKS = {"error": "✗", "warning": "!", "note": "·"}
OUTCOMES = ("held", "drifted", "news", "known", "skipped", "errored")
ENDS = {
    "decodes": "The generated client reads this answer.",
    "field lost": "The generated client reads this answer, but loses a field",
    "raises": "The generated client raises an error",
    "walks wrong": "The generated client walks wrong",
    "unknown": "What the generated client does is not known",
}


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 error`, `2 errors`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tally(record: Record) -> str:
    """How many causes there are: `1 error, 0 warnings, 2 notes, 1 known`, and in how many findings they show."""
    every, found = causes(record), len(findings(record))
    levels = Counter(cause.level for cause in every if not cause.known)
    known = sum(1 for cause in every if cause.known)
    told = ", ".join(counted(levels[level], level) for level in MARKS) + (f", {known} known" if known else "")
    return f"{told}; {found} findings" if found > len(every) else told


def verdict(record: Record) -> tuple[str, str]:
    """The verdict as a mark and a sentence."""
    code = reached(record)
    if code == DRIFT:
        return "✗", "drift"
    if code == COULD_NOT_TELL:
        return "?", "could not tell"
    held = "every documented promise that was checked held"
    open_too = any(finding.level == "warning" and not finding.known for finding in findings(record))
    return "✓", f"{held}; what the pages leave open did not" if open_too else held


def place(operation: Operation, finding: Finding) -> str:
    """Where the broken promise stands: `specs/x.yaml:91`."""
    return f"{operation.spec}:{finding.line}"


def rests_on(operation: Operation, finding: Finding) -> str:
    """On which clause, inference or deviation a finding rests; empty of a report that does not say."""
    rests = finding.rests_on
    if rests is None:
        return ""
    told = f"{rests.basis}, {operation.spec}:{rests.line}"
    if rests.instead:
        source = f" ({rests.source})" if rests.source else ""
        return f"{told}: {rests.says}; here: {rests.instead}{source}"
    return told if rests.says in {"", finding.says} else f"{told}: {rests.says}"


def headline(finding: Finding) -> str:
    """The finding as one line that stands alone; of a report that has none, what was observed."""
    return finding.headline or seen(finding)


def seen(finding: Finding) -> str:
    """What was observed, and how often."""
    times = f" (seen {finding.count:,} times)" if finding.count > 1 else ""
    return f"{finding.actual}{times}"


def drift(finding: Finding) -> str:
    """Breaking or not, in one word; of a report that does not say, breaking only where the client breaks."""
    return finding.drift or ("breaking" if finding.breaks_client else "")


def breaks(finding: Finding) -> str:
    """What the finding does to the generated client, as a sentence."""
    client = finding.client
    if client is None:
        broken = "The generated client does not read this answer."
        return broken if finding.breaks_client else ENDS["decodes"]
    sentence = ENDS.get(client.ends, f"The generated client: {client.ends}").rstrip(".")
    return f"{sentence}: {client.detail}" if client.detail else f"{sentence}."


def by_kind(unseen: Sequence[Unseen]) -> dict[str, list[Unseen]]:
    """What was not seen, by what it is: `statuses`, `parameters`, `fields`, `words`, `promises`."""
    kinds: dict[str, list[Unseen]] = {}
    for one in unseen:
        kinds.setdefault("statuses" if one.kind == "status" else f"{one.kind}s", []).append(one)
    return kinds


def unjudged(operation: Operation) -> dict[str, list[str]]:
    """Why checks could not tell, and which: reason to check ids."""
    reasons: dict[str, list[str]] = {}
    for outcome in operation.outcomes:
        if outcome.outcome == "errored":
            reasons.setdefault(outcome.reason, []).append(outcome.check)
    left = unchecked(operation)
    if left:
        spent = f"{operation.requests} requests are spent; {len(left)} checks were not made"
        reasons[f"{spent}: {', '.join(left)}. Raise --max-requests, or choose with --check"] = ["budget"]
    return reasons
