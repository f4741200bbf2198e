"""How the generated client ends on what a finding shows: it is given the very bodies, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from conformance import checks
from conformance.checks import family
from conformance.checks.wire import response_of
from conformance.exchange import Exchange
from conformance.finding import Finding, Level
from conformance.generated_client import NotRecordedError, Query, Walked, read, walk, why_not
from conformance.listing.lawful import ruled_out
from conformance.listing.pages import NotAPage, read_page
from conformance.spec.contract import Contract
from conformance.spec.values import identities

DECODES, LOST, RAISES, WALKS_WRONG, UNKNOWN = "decodes", "field lost", "raises", "walks wrong", "unknown"
BREAKING = frozenset({RAISES, WALKS_WRONG})
_WORST = (RAISES, WALKS_WRONG, LOST, UNKNOWN, DECODES)
_NO_WALK = frozenset({"cursor-opaque", "cursor-private"})
"""Checks of a cursor that no walk of the client follows."""
_FIRST_REFUSAL = 300
BREAKS = "breaking"
WORDS = (BREAKS, "behavioural", "ambiguous", "additive")
"""Of a drift, the most urgent first."""


@frozen
class Verdict:
    """How the client ends, and what it says or does then."""

    ends: str
    detail: str

    @property
    def breaks(self) -> bool:
        """Whether production breaks."""
        return self.ends in BREAKING


def word(finding: Finding, verdict: Verdict) -> str:
    """The drift in one word to act on: ambiguous, additive, breaking, or behavioural (wrong data, client decodes)."""
    if finding.level is Level.WARNING:
        return "ambiguous"
    if finding.level is Level.NOTE:
        return "additive"
    grown = finding.check == "body-matches-schema" and finding.keyword == "enum"
    return BREAKS if verdict.breaks else "additive" if grown else "behavioural"


def verdict(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> Verdict:
    """How the client ends on the finding's own exchanges, whole; `exchanges` are all of the run, for walks."""
    try:
        if checks.named(finding.check).family is family.PAGING and contract.paging is not None:
            return _walk(contract, finding, exchanges)
        found = [_one(contract, finding, exchange) for exchange in finding.witness]
    except ImportError:
        return Verdict(UNKNOWN, why_not(contract))
    return min(found, key=lambda one: _WORST.index(one.ends), default=Verdict(UNKNOWN, "no exchange shows it"))


def _one(contract: Contract, finding: Finding, exchange: Exchange) -> Verdict:
    reading = read(contract, exchange)
    if exchange.status >= _FIRST_REFUSAL:
        return _refused(contract, exchange, reading.error)
    if reading.error is not None:
        return _raised(finding, _said(reading.error))
    lost = next(_lost(exchange.json, reading.json), "")
    if lost or finding.keyword == "required":
        return Verdict(LOST, f"what stands at {lost} is not in the page" if lost else "a documented field is None")
    return Verdict(DECODES, "every field is in the page")


def _raised(finding: Finding, said: str) -> Verdict:
    """News breaks nothing: where the client cannot read an answer that shows news, `client-decodes` tells why."""
    if finding.level is Level.NOTE:
        return Verdict(UNKNOWN, f"it stops at something else in this answer: {said}")
    return Verdict(RAISES, said)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


def _lost(sent: object, got: object, place: str = "") -> Iterator[str]:
    """Where the client's page lacks what the body has."""
    if isinstance(sent, dict) and isinstance(got, dict):
        for name, part in sent.items():
            if name not in got:
                yield f"{place}/{name}"
            else:
                yield from _lost(part, got[name], f"{place}/{name}")
    elif isinstance(sent, list) and isinstance(got, list):
        for index, (part, other) in enumerate(zip(sent, got, strict=False)):
            yield from _lost(part, other, f"{place}/{index}")


def _refused(contract: Contract, exchange: Exchange, error: Exception | None) -> Verdict:
    """A refusal of what is documented breaks; of what is not, the client raises as it should, with a typed body."""
    if error is None:
        return Verdict(WALKS_WRONG, f"a {exchange.status} is read as a page")
    if _ought_to_succeed(contract, exchange):
        return Verdict(RAISES, _said(error))
    response = response_of(contract, exchange)
    schema = contract.resolve(next(iter(response.content.values()), {})) if response else {}
    if schema.get("properties") and not hasattr(getattr(error, "body", None), "to_dict"):
        return Verdict(LOST, f"{type(error).__name__} comes without its typed body")
    return Verdict(DECODES, f"{type(error).__name__}, as for any refusal")


def _ought_to_succeed(contract: Contract, exchange: Exchange) -> bool:
    """Whether the request was a documented one, with the credential that the environment gave."""
    unknown = {refusal.given.removeprefix("unknown-") for refusal in contract.refusals}
    credential = not contract.credentials or any("$" in value for _, value in exchange.request.headers)
    return credential and not ruled_out(contract, exchange) and not unknown & {name for name, _ in exchange.query}


def _walk(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> Verdict:
    """The client walks what the run recorded of the finding's own listing, from a first page on."""
    if contract.paging is None or finding.check in _NO_WALK:
        return _one(contract, finding, finding.witness[0])
    ended = (_from(contract, finding, exchanges, start) for start in _starts(contract, finding, exchanges))
    first = next(ended)
    told = (one for one in ended if one.ends != UNKNOWN)
    return first if first.ends != UNKNOWN else next(told, first)


def _starts(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> Iterator[Query]:
    """How the finding's listing begins, then how the run began the same listing in pages of other sizes."""
    cursor = contract.paging.parameter if contract.paging else ""
    yield tuple(pair for pair in finding.witness[0].query if pair[0] != cursor)
    wanted = _filters(contract, finding.witness[0])
    for exchange in exchanges:
        begins = all(name != cursor for name, _ in exchange.query)
        if begins and _filters(contract, exchange) == wanted:
            yield exchange.query


def _from(contract: Contract, finding: Finding, exchanges: Sequence[Exchange], start: Query) -> Verdict:
    walked = walk(contract, [*exchanges, *finding.witness], start)
    wrong = _went_wrong(contract, finding, walked)
    if wrong:
        return Verdict(WALKS_WRONG, wrong)
    if isinstance(walked.error, NotRecordedError):
        return Verdict(UNKNOWN, f"the walk goes on to what the run did not ask for: {walked.error}")
    if walked.error is not None:
        return Verdict(RAISES, _said(walked.error))
    return _compared(contract, finding, exchanges, walked)


def _went_wrong(contract: Contract, finding: Finding, walked: Walked) -> str:
    """What is wrong with the walk however it goes on; empty where nothing is."""
    names = identities(contract, walked.items)
    if walked.loops and walked.error is not None:
        return f"it loops: {_said(walked.error)}"
    if len(set(names)) < len(names):
        return f"it lists {len(names) - len(set(names))} items twice"
    later = set(_names(contract, finding.witness[-1]))
    if finding.check == "cursor-keeps-filters" and later and later <= set(names):
        return "its later pages hold what the filter leaves out"
    return ""


def _compared(contract: Contract, finding: Finding, exchanges: Sequence[Exchange], walked: Walked) -> Verdict:
    names = set(identities(contract, walked.items))
    listed = _listed(contract, finding, exchanges)
    if listed - names:
        return Verdict(WALKS_WRONG, f"it misses {len(listed - names)} of {len(listed)} items")
    return Verdict(DECODES, f"it walks to the end, over {len(names)} items")


def _listed(contract: Contract, finding: Finding, exchanges: Sequence[Exchange]) -> set[str]:
    """What the run saw of the same listing, in pages of any size and in any order."""
    wanted = _filters(contract, finding.witness[0])
    same = [exchange for exchange in exchanges if _filters(contract, exchange) == wanted]
    return {name for exchange in same for name in _names(contract, exchange)}


def _filters(contract: Contract, exchange: Exchange) -> list[tuple[str, str]]:
    order, limit, paging = contract.order, contract.limit, contract.paging
    others = {order.parameter if order else "", limit.parameter if limit else "", paging.parameter if paging else ""}
    return sorted(pair for pair in exchange.query if pair[0] not in others)


def _names(contract: Contract, exchange: Exchange) -> list[str]:
    try:
        return identities(contract, read_page(contract, exchange, number=1).items)
    except NotAPage:
        return []
