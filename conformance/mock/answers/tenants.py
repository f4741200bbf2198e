"""Two who may list: whoever owns the collection, and one with another credential, who sees half of it."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.credentials import check_credentials
from conformance.mock.answers.cursors import mint_of
from conformance.mock.answers.request import Refused, Request
from conformance.mock.answers.responder import Responder
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.values import Entry
from conformance.spec.contract import Contract
from conformance.spec.credential import Secrets


class Tenants:
    """Answers each by what may be seen with the credential of the request."""

    def __init__(
        self, contract: Contract, dataset: Dataset, *, secret: Secrets, other: Secrets, now: Callable[[], float]
    ) -> None:
        self._contract = contract
        self._secret, self._others = secret, other
        self._own = Responder(contract, dataset, secret=secret, now=now)
        half = evolve(dataset, entries=tuple(one for one in dataset.entries if _is_shared(contract, one)))
        mint = mint_of(contract, now, foreign=mint_of(contract, now))
        self._other = Responder(contract, half, secret=other, now=now, mint=mint)

    def answer(self, request: Request) -> Answer:
        """The answer to the owner of everything, also to whoever is neither; or to the other."""
        is_other = not self._has(request, self._secret) and self._has(request, self._others)
        return (self._other if is_other else self._own).answer(request)

    def _has(self, request: Request, secret: Secrets) -> bool:
        try:
            check_credentials(self._contract, request, secret)
        except Refused:
            return False
        return True


def _is_shared(contract: Contract, entry: Entry) -> bool:
    """Whether the other may see an item too: half of all, the same however the collection grows."""
    return bool(crc32(repr(contract.identity_of(entry.value)).encode()) & 1)
