"""A collection that lives: items are added and change while it is read, all lawfully."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, frozen

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.collection import moments
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.growth import main_places
from conformance.mock.collection.identities import Identities
from conformance.mock.collection.invariants import holds
from conformance.mock.collection.values import Entry, Json
from conformance.mock.habit import Answers, Habit, accustomed
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.credential import Secrets
from conformance.spec.promises import Bond

_MINUTE = 60_000


@frozen
class Motion:
    """How lively the collection is."""

    seed: int = 1
    every: int = 3
    """Requests between two changes."""


class Moving:
    """Answers from a collection that gains an item, and sees one change, every few requests."""

    def __init__(  # noqa: PLR0913 - what is listed, in which way, to whom, and when
        self,
        contract: Contract,
        dataset: Dataset,
        motion: Motion,
        habits: Sequence[Habit] = (),
        *,
        secret: Secrets,
        other: Secrets | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._contract = contract
        self._dataset = dataset
        self._motion = motion
        self._secret, self._others, self._now = secret, other, now
        self._habits = habits
        self._turn = 0
        self._draw = random.Random(f"{motion.seed} motion")  # noqa: S311 - no secret
        taken = [contract.identity_of(entry.value) for entry in dataset.entries]
        self._identities = Identities(f"{motion.seed} moving identities", taken)
        self._responder = self._anew()

    def answer(self, request: Request) -> Answer:
        """The answer from the collection as it is now."""
        self._turn += 1
        if self._turn % self._motion.every == 0 and self._dataset.entries:
            self._move()
            self._responder = self._anew()
        return self._responder.answer(request)

    def _anew(self) -> Answers:
        return accustomed(
            self._contract,
            self._dataset,
            self._habits,
            secret=self._secret,
            other=self._others,
            turn=self._turn,
            now=self._now,
        )

    def _move(self) -> None:
        entries = [self._added(), *self._dataset.entries]
        index = self._draw.randrange(len(entries))
        entries[index] = self._touched(entries[index])
        self._dataset = evolve(self._dataset, entries=tuple(entries))

    def _added(self) -> Entry:
        """A new item, a minute newer than the newest."""
        like = self._draw.choice(self._dataset.entries)
        item = copy.deepcopy(dict(like.value))
        ahead = self._behind_newest(item) + _MINUTE
        for name, value in item.items():
            if moments.is_time(value):
                item[name] = moments.shift(value, ahead)
        self._contract.identity.put(item, self._identities.like(self._contract.identity_of(item)))
        return Entry.of(item, like.owners)

    def _behind_newest(self, item: Mapping[str, Json]) -> int:
        """How many milliseconds lie between the main time of an item and that of the newest."""
        newest = self._dataset.entries[0].value
        times = [place for place in main_places(self._contract) if moments.is_time(place.get(newest))]
        times += [Pointer.of(name) for name, value in newest.items() if moments.is_time(value)]
        ahead: Json = times[0].get(newest) if times else None
        behind: Json = times[0].get(item) if times else None
        return moments.milliseconds(ahead) - moments.milliseconds(behind) if moments.is_time(behind) else 0

    def _touched(self, entry: Entry) -> Entry:
        """The entry, changed a second later than before, where a documented time of change shows it."""
        item = copy.deepcopy(dict(entry.value))
        by = self._contract.order.by[0] if self._contract.order is not None else ""
        for known in self._contract.invariants:
            changed: Json = known.right[0].get(item) if known.relation is Bond.AT_MOST else None
            if changed and known.right[0] != by and moments.is_time(changed):
                known.right[0].put(item, moments.shift(changed, 1000))
                break
        lawful = all(holds(known, item) for known in self._contract.invariants)
        return Entry.of(item, entry.owners) if lawful else entry
