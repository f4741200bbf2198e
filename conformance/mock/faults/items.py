"""Faults in which items are which."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.values import Entry, Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import Change, changed, is_page, is_shown, plain
from conformance.spec.contract import Contract


def _same_identity(contract: Contract, dataset: Dataset) -> Dataset:
    """Two items that both are shown have one identity."""
    shown = [index for index, entry in enumerate(dataset.entries) if is_shown(contract, entry)]
    if len(shown) < 2:  # noqa: PLR2004 - two
        return dataset
    entries = list(dataset.entries)
    identity = contract.identity_of(entries[shown[0]].value)

    def change(_: Contract, item: dict[str, Json]) -> None:
        contract.identity.put(item, identity)

    entries[shown[1]] = changed(contract, entries[shown[1]], change)
    return evolve(dataset, entries=tuple(entries))


def _each(change: Callable[[Scene], Change]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        if not is_page(scene.answer):
            return scene.answer
        entries = tuple(changed(scene.contract, entry, change(scene)) for entry in scene.answer.items or ())
        return evolve(scene.answer, items=entries)

    return garble


def _identity_of_turn(scene: Scene) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        contract.identity.put(item, f"{contract.identity_of(item)}{scene.turn}")

    return change


def _listing_dependent(contract: Contract) -> str | None:
    return next(plain(contract, required=True, kind="string"), None)


def _by_listing(scene: Scene) -> Change:
    """A field reads otherwise in listings that ask for something than in the plain one."""

    def change(contract: Contract, item: dict[str, Json]) -> None:
        name = _listing_dependent(contract)
        if name in item and scene.request.query:
            item[name] = f"{item[name]}-{len(scene.request.query)}"

    return change


def _doubled(scene: Scene) -> Answer:
    """Every page repeats its own first item as its second."""
    items: tuple[Entry, ...] = scene.answer.items or ()
    if not is_page(scene.answer) or len(items) < 2:  # noqa: PLR2004 - two
        return scene.answer
    return evolve(scene.answer, items=(items[0], items[0], *items[2:]))


FAULTS = (
    Fault(name="identity-shared", says="Two items have one identity.", check="identity-unique", spoil=_same_identity),
    Fault(name="item-doubled", says="Every page holds its first item twice.", check="identity-unique", garble=_doubled),
    Fault(
        name="identity-changes",
        says="Identities are new with every request.",
        check="stable-answer",
        garble=_each(_identity_of_turn),
    ),
    Fault(
        name="item-differs-by-listing",
        says="A field of an item reads otherwise in a filtered or limited listing.",
        check="identity-stable",
        applies=lambda contract: _listing_dependent(contract) is not None and bool(contract.parameters),
        garble=_each(_by_listing),
    ),
)
