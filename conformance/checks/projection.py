"""Which fields items have is chosen by a parameter, and which items are listed is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from attrs import evolve, frozen

from conformance.checks._filter_values import chosen, exact, filtered
from conformance.checks._repeats import different, settled
from conformance.checks._walks import SMALL, at_least, broken, identity, sized
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import ITEMS
from conformance.checks.items import turned
from conformance.finding import Contradiction
from conformance.jsontext import Json, members_of
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import MISSING, Pointer
from conformance.sentence import Names, Sentence, Status, Value, said
from conformance.spec.contract import Contract
from conformance.spec.projection import Projection
from conformance.spec.values import is_there, named, satisfies

_Members = Mapping[str, Json]


def _needs(contract: Contract) -> str:
    return "" if contract.projection else "no choice of fields is documented"


@frozen
class _Choice:
    """Some fields that are named, of all that are looked for."""

    contract: Contract
    projection: Projection
    fields: tuple[str, ...]
    """What is looked for in an item: what may be named, and what is always there."""
    names: tuple[str, ...]

    @property
    def query(self) -> dict[str, Json]:
        """What names them."""
        return self.projection.asking(self.contract.parameter(self.projection.parameter), self.names)

    @property
    def is_lawful(self) -> bool:
        """Whether the parameter takes them."""
        parameter = self.contract.parameter(self.projection.parameter)
        return bool(self.names) and parameter.validator.is_valid(self.query[parameter.name])

    @property
    def kept(self) -> list[str]:
        """What an item still has of them."""
        return [name for name in self.fields if self.projection.keeps(name, self.names)]


@visit_check(
    "fields-chosen",
    ITEMS,
    needs=_needs,
    tests=lambda contract: (contract.projection,),
    no_proposal="A choice of fields that is not kept is none; documenting it would hide the bug.",
    headline="{about} does not choose what items have: {actual}; expected {expected}",
)
def fields_chosen(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Chosen fields are there as in the whole listing, others are not, and the same items are listed as without."""
    query: dict[str, Json] = {**sized(contract, SMALL)}
    whole = visit.page(query)
    at_least(1, whole.items, "show which of their fields are chosen")
    choices = list(_choices(contract, whole.items))
    if not choices:
        raise Skip("no item has a documented field that could be named, or left out", Cause.COLLECTION)
    for choice in choices:
        found = next(_judged(visit, choice, query, whole), None)
        if found is not None:
            yield found
            return
    yield from _filtered(contract, visit, whole)


def _choices(contract: Contract, items: Iterable[Json]) -> Iterator[_Choice]:
    """Two choices, in which each field is named once, and left out once."""
    fields = _nameable(contract, items)
    for half in (fields[::2], fields[1::2]):
        yield from _choice(contract, fields, half)


def _nameable(contract: Contract, items: Iterable[Json]) -> list[str]:
    """The documented fields that some item has, and that may be named alone; what is always there is none."""
    projection = contract.projection
    sure = {contract.identity.tokens[0], *(projection.always if projection else ())}
    had = {name for item in items for name, value in members_of(item).items() if is_there(value)}
    names = [name for name in contract.item.members if name in had - sure]
    return [name for name in names if any(one.is_lawful for one in _choice(contract, [name], [name]))]


def _choice(contract: Contract, fields: Sequence[str], half: Sequence[str]) -> Iterator[_Choice]:
    """The choice of some fields, with what names an item, so that items are told apart; none that is not lawful."""
    projection, name = contract.projection, contract.identity.tokens[0]
    if projection is None:
        return
    beside = [] if projection.omits or name in projection.always else [name]
    every = dict.fromkeys([*projection.always, name, *fields])
    one = _Choice(contract, projection, tuple(every), (*beside, *half))
    if half and one.is_lawful:
        yield one


def _judged(visit: Visit, choice: _Choice, query: dict[str, Json], whole: Page) -> Iterator[Contradiction]:
    """What a choice of fields shows of a page that was read without it."""
    contract, projection = choice.contract, choice.projection
    exchange = visit.get(query | choice.query)
    if not contract.succeeds(exchange.status):
        expected = said("success for {names}", names=", ".join(choice.names))
        actual = said("{status}", status=Status(exchange.status))
        yield broken(projection, (exchange,), expected=expected, actual=actual, place="refused")
        return
    page = visit.page(query | choice.query)
    yield from _wrong_fields(visit, choice, query, whole, page)
    known = _by_name(contract, whole)
    items = [known.get(name, item) for item, name in named(contract, page.items)]
    others = _wrong_items(visit, whole, evolve(page, items=items))
    if others is not None:
        expected = said("the same items as without {parameter}", parameter=projection.parameter)
        yield broken(projection, (whole.exchange, exchange), expected=expected, actual=others, place="items")


def _by_name(contract: Contract, page: Page) -> dict[str, Json]:
    return {name: item for item, name in named(contract, page.items)}


def _wrong_items(visit: Visit, whole: Page, page: Page) -> Sentence | None:
    """How two pages of whole items differ, where the documentation decides what they hold."""
    contract, aside = visit.contract, visit.movement.aside
    if not settled(contract, whole):
        return None
    others = different(contract, whole, page)
    if len(others) > 2 * len(aside):
        return said("different: {names}", names=Names.of(sorted(others)))
    swapped = contract.order is not None and turned(contract.order, whole, page, aside)
    return said("another order") if swapped else None


def _wrong_fields(
    visit: Visit, choice: _Choice, query: dict[str, Json], whole: Page, page: Page
) -> Iterator[Contradiction]:
    """The first item in which something is wrong, and is not by itself another at each time."""
    contract = choice.contract
    known = _by_name(contract, whole)
    if any(contract.identity_of(item) is MISSING for item in page.items):
        yield broken(
            choice.projection,
            (whole.exchange, page.exchange),
            expected=said("{field} in every item for {names}", field=contract.identity, names=", ".join(choice.names)),
            actual=said("an item without"),
            place="left out",
        )
        return
    for item, name in named(contract, page.items):
        before = members_of(known.get(name, item))
        for field in choice.fields:
            told = _told(before, members_of(item), field, kept=field in choice.kept)
            if told is not None and (told[0] == "not left out" or _stays(visit, query, name, field, before)):
                place, expected = told
                yield broken(
                    choice.projection,
                    (whole.exchange, page.exchange),
                    expected=said("{what} for {names}", what=expected, names=", ".join(choice.names)),
                    actual=_seen(contract, known.get(name, item), item, field),
                    place=place,
                )
                return


def _told(before: _Members, now: _Members, field: str, *, kept: bool) -> tuple[str, Sentence] | None:
    """What is wrong with a field of an item, and what was expected; null and nothing are alike."""
    if not kept:
        return ("not left out", said("no {field}", field=field)) if field in now else None
    if before.get(field) == now.get(field):
        return None
    return ("left out" if field not in now else "changed"), said("{field} as without the choice", field=field)


def _stays(visit: Visit, query: dict[str, Json], name: str, field: str, before: _Members) -> bool:
    """Whether a field of an item reads the same in a second whole reading."""
    again = visit.page(query, time=2)
    values = [members_of(item).get(field) for item, other in named(visit.contract, again.items) if other == name]
    return values == [before.get(field)]


def _seen(contract: Contract, whole: Json, item: Json, field: str) -> Sentence:
    name, held = identity(contract, whole), members_of(item)
    if field not in held:
        return said("item {name}: no {field}", name=name, field=field)
    value = Value(held[field], most=60, field=Pointer.of(field))
    return said("item {name}: {field} {value}", name=name, field=field, value=value)


def _filtered(contract: Contract, visit: Visit, whole: Page) -> Iterator[Contradiction]:
    """Whether a filter is applied whose field is left out."""
    choices = list(_choices(contract, whole.items))
    for promise in exact(contract):
        field = promise.field.tokens[0] if promise.field else ""
        without = [one for one in choices if field in {*one.fields} - {*one.kept}]
        for value, item in chosen(contract, promise, whole.items) if without else ():
            query = filtered(contract, promise, value, item)
            shows = not all(satisfies(promise, one, value) for one in whole.items)
            if shows and contract.succeeds(visit.get(query).status):
                yield from islice(_judged(visit, without[0], query, visit.page(query)), 1)
                return


CHECKS: tuple[Check, ...] = (fields_chosen,)
