"""What an earlier run remembers and this one does not see: never an error, for no documentation promises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._walks import boundary_is_open, everything, items_of, pages
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import LEARNED
from conformance.finding import Contradiction, Doubt
from conformance.learned.codes import NOTHING, code, identity_code, name_code
from conformance.learned.comparison import ALWAYS, FEW, Comparison, Difference
from conformance.learned.fields import places
from conformance.learned.profile import Profile, observe
from conformance.listing.pages import NotAPage, Page
from conformance.listing.visit import Visit
from conformance.sentence import Names, Value, said
from conformance.spec.contract import Contract
from conformance.spec.schema import Schema


def remembered(contract: Contract, visit: Visit) -> Profile | None:
    """The profile of the whole listing as far as a visit has read it; None where it has not. Sends nothing."""
    walked: list[Page] = []
    try:
        for page in visit.recalled().walk(everything(contract)):
            walked.append(page)  # noqa: PERF402 - what came before the end of the memory counts
    except NotAPage:
        pass
    return _profile(contract, visit, walked) if walked else None


def _profile(contract: Contract, visit: Visit, walked: list[Page]) -> Profile:
    whole = _is_whole(contract, walked)
    return visit.once("profile", lambda: observe(contract, items_of(walked), whole=whole))


def _is_whole(contract: Contract, walked: list[Page]) -> bool:
    """Whether a walk came to its end, and no limit cut off the rest of a listing without pages."""
    if contract.paging is not None:
        return walked[-1].cursor is None
    limit = contract.limit
    return limit is None or len(items_of(walked)) < (limit.maximum or limit.default or 0)


def _compared(contract: Contract, visit: Visit, few: int = FEW) -> tuple[Comparison, list[Page]]:
    """The earlier run beside this one; skips where there is none, or too few items to tell chance from drift."""
    why = visit.previous.why_not(contract.stem)
    if why:
        raise Skip(why, Cause.RUN)
    walked = pages(visit, everything(contract))
    before, now = visit.previous.profiles[contract.stem], _profile(contract, visit, walked)
    if min(before.items, now.items) < few:
        raise Skip(
            f"{before.items} items then and {now.items} now cannot tell drift from chance; {few} are needed",
            Cause.COLLECTION,
        )
    return visit.once("comparison", lambda: Comparison(contract, before, now)), walked


def _observed(contract: Contract, difference: Difference, walked: list[Page], doubt: Doubt) -> Contradiction:
    described = Schema.at(contract.document, contract.item_place).nearest(difference.place)
    witness, name = _shown_by(contract, difference.whose, walked)
    item = Value(name, most=60, field=contract.identity)
    return Contradiction(
        pointer=described.place,
        says=described.description or "what an earlier run saw is still seen",
        expected=said("as an earlier run saw it: {before}", before=difference.before),
        actual=said("item {name}: {now}", name=item, now=difference.now) if difference.whose else difference.now,
        witness=(witness.exchange,),
        place=difference.place,
        doubt=doubt,
    )


def _shown_by(contract: Contract, whose: str, walked: list[Page]) -> tuple[Page, Any]:
    """The page and the identity of an item whose code is known; the first page where it is not."""
    for page in walked if whose else ():
        for name in map(contract.identity_of, page.items):
            if identity_code(name) == whose:
                return page, name
    return walked[0], ""


@visit_check("presence-learned", LEARNED)
def presence_learned(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """An optional field that an earlier run saw is still shown by some item."""
    comparison, walked = _compared(contract, visit)
    for difference in comparison.gone():
        yield _observed(contract, difference, walked, Doubt.NEWS)


@visit_check("type-learned", LEARNED)
def type_learned(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Fields have the types that an earlier run saw, or documented ones beside them."""
    comparison, walked = _compared(contract, visit, 1)
    for difference in comparison.retyped():
        yield _observed(contract, difference, walked, Doubt.NEWS)


@visit_check("magnitude-learned", LEARNED)
def magnitude_learned(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """No number is a thousand times what it was in an earlier run, or a thousandth: units stay."""
    comparison, walked = _compared(contract, visit, ALWAYS)
    for difference in comparison.rescaled():
        yield _observed(contract, difference, walked, Doubt.UNPROMISED)


@visit_check("vocabulary-learned", LEARNED)
def vocabulary_learned(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Documented vocabularies show no word that is new and undocumented, and keep the words of unchanged items."""
    comparison, walked = _compared(contract, visit)
    for difference in comparison.reworded():
        yield _observed(contract, difference, walked, Doubt.NEWS)


@visit_check("identity-mask-learned", LEARNED)
def identity_mask_learned(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Identities have the form that an earlier run saw."""
    comparison, walked = _compared(contract, visit, ALWAYS)
    old, new = comparison.before.mask, comparison.now.mask
    if old is None or new is None or old.count < ALWAYS:
        raise Skip(f"too few identities are text; {ALWAYS} are needed", Cause.COLLECTION)
    for page in walked:
        names = [name for name in map(contract.identity_of, page.items) if isinstance(name, str)]
        strange = next((name for name in names if not old.fits(name)), None)
        if strange is not None:
            example = Value(strange, most=60, field=contract.identity)
            now = said("{form}, such as {name}", form=str(new), name=example)
            difference = Difference(contract.identity, said("{form}", form=str(old)), now)
            yield _observed(contract, difference, [page], Doubt.NEWS)
            return


def _needs_finished(contract: Contract) -> str:
    return "" if contract.finished else "no state is documented in which an item has ended"


@visit_check("finished-unchanged", LEARNED, needs=_needs_finished)
def finished_unchanged(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What an item that has ended says of its past does not change any more."""
    comparison, walked = _compared(contract, visit, 1)
    if not comparison.before.finished.keys() & comparison.stayed.keys():
        raise Skip("no item that had ended in the earlier run is listed", Cause.COLLECTION)
    for difference in comparison.unsettled():
        yield _observed(contract, difference, walked, Doubt.UNPROMISED)


def _needs_no_retention(contract: Contract) -> str:
    return f"items may leave: {contract.retention.says}" if contract.retention else ""


@visit_check("identities-remain", LEARNED, needs=_needs_no_retention)
def identities_remain(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Items that an earlier run listed are listed still, where nothing documents that they leave."""
    comparison, walked = _compared(contract, visit)
    if not comparison.now.whole:
        raise Skip("the listing was not read to its end, or a limit may have cut it off", Cause.COLLECTION)
    if not comparison.stayed:
        raise Skip(
            f"none of {len(comparison.before.rows)} items is listed: another collection, or other identities",
            Cause.COLLECTION,
        )
    moving = {name_code(name) for name in visit.movement.aside}
    away = [name for name in comparison.vanished() if name not in moving]
    vanished = [name for name in away if not _at_boundary(contract, comparison, walked, name)]
    if vanished:
        yield Contradiction(
            pointer=contract.pointer.below("x-conformance", "identity"),
            says="no documentation says that items leave the listing",
            expected=said("the {count} items that an earlier run remembers", count=len(comparison.before.rows)),
            actual=said(
                "{count} of them are listed no more (codes in its report: {codes})",
                count=len(vanished),
                codes=Names.of(vanished),
            ),
            witness=(walked[-1].exchange,),
            doubt=Doubt.NEWS,
        )


def _at_boundary(contract: Contract, comparison: Comparison, walked: list[Page], name: str) -> bool:
    """Whether an item may have been lost between two pages, where the page leaves the bound of their cut open."""
    if not boundary_is_open(contract):
        return False
    field = next(
        one.field for one in contract.filters if contract.paging and one.parameter == contract.paging.parameter
    )
    place = next((place for place in places(contract) if place.pointer == field), None)
    edges = [field.get(page.items[-1]) for page in walked if page.items]
    was = comparison.was(name, field)
    return place is None or was == NOTHING or was in {code(place, edge, name) for edge in edges}


CHECKS: tuple[Check, ...] = (
    presence_learned,
    type_learned,
    magnitude_learned,
    vocabulary_learned,
    identity_mask_learned,
    finished_unchanged,
    identities_remain,
)
