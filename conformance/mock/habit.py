"""A habit of a server: one named way in which it serves otherwise than the plainest, at one of four places."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from attrs import field, frozen

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.answers.responder import Responder
from conformance.mock.answers.tenants import Tenants
from conformance.mock.collection.dataset import Dataset
from conformance.spec.contract import Contract
from conformance.spec.credential import Secrets


class Answers(Protocol):
    """Whatever answers requests."""

    def answer(self, request: Request) -> Answer:
        """The answer to `request`."""


@frozen(kw_only=True)
class Scene:
    """One exchange in which a habit may show."""

    contract: Contract
    request: Request
    answer: Answer
    """What the server would answer without the habit."""
    dataset: Dataset
    turn: int
    """How many requests came before."""
    server: Answers
    """Answers other requests, still without the habit."""
    memory: dict[str, Any] = field(factory=dict)
    """What the habit remembers from request to request."""


def always(contract: Contract) -> bool:  # noqa: ARG001 - a feature that every contract has
    """Every contract has what the habit is about."""
    return True


@frozen(kw_only=True)
class Habit:
    """A contract misread, a collection spoilt, a request misheard, or an answer garbled."""

    name: str
    says: str
    """What the server does, in one sentence."""
    applies: Callable[[Contract], bool] = field(default=always, repr=False)
    """Whether the contract has what the habit is about, so that it could be seen."""
    misread: Callable[[Contract], Contract] | None = field(default=None, repr=False)
    spoil: Callable[[Contract, Dataset], Dataset] | None = field(default=None, repr=False)
    mishear: Callable[[Contract, Request], Request] | None = field(default=None, repr=False)
    garble: Callable[[Scene], Answer] | None = field(default=None, repr=False)
    outermost: bool = False
    """Whether no other habit can read what this one leaves, as of a body that is compressed."""


def accustomed(  # noqa: PLR0913 - what is listed, in which way, to whom, and when
    contract: Contract,
    dataset: Dataset,
    habits: Iterable[Habit],
    *,
    secret: Secrets,
    other: Secrets | None = None,
    turn: int = 0,
    now: Callable[[], float] = time.time,
) -> Answers:
    """An honest responder behind the habits that apply to the contract, the first of them the innermost."""
    read, held = contract, dataset
    shown = sorted((habit for habit in habits if habit.applies(contract)), key=lambda habit: habit.outermost)
    for habit in shown:
        read = read if habit.misread is None else habit.misread(read)
        held = held if habit.spoil is None else habit.spoil(contract, held)
    server: Answers = Responder(read, held, secret=secret, now=now)
    if other is not None and read.paging is not None and read.paging.private:
        server = Tenants(read, held, secret=secret, other=other, now=now)
    for habit in shown:
        if habit.mishear is not None or habit.garble is not None:
            server = _Accustomed(server, contract, held, habit, turn)
    return server


class _Accustomed:
    """A server behind one habit."""

    def __init__(self, server: Answers, contract: Contract, dataset: Dataset, habit: Habit, turn: int) -> None:
        self._server = server
        self._contract = contract
        self._dataset = dataset
        self._habit = habit
        self._turn = turn
        self._memory: dict[str, Any] = {}

    def answer(self, request: Request) -> Answer:
        """The answer, with the habit."""
        heard = request if self._habit.mishear is None else self._habit.mishear(self._contract, request)
        answer = self._server.answer(heard)
        self._turn += 1
        if self._habit.garble is None:
            return answer
        return self._habit.garble(
            Scene(
                contract=self._contract,
                request=request,
                answer=answer,
                dataset=self._dataset,
                turn=self._turn - 1,
                server=self._server,
                memory=self._memory,
            )
        )
