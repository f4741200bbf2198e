"""What a fault is: one named way of not keeping a contract, at one of four places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from attrs import field, frozen

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.collection.dataset import Dataset
from conformance.spec.contract import Contract


class Answers(Protocol):
    """Whatever answers requests."""

    def answer(self, request: Request) -> Answer:
        """The answer to `request`."""


@frozen(kw_only=True)
class Scene:
    """One exchange in which a fault may lie."""

    contract: Contract
    request: Request
    answer: Answer
    """What the server would answer without the lie."""
    dataset: Dataset
    turn: int
    """How many requests came before."""
    server: Answers
    """Answers other requests, still without the lie."""


def always(contract: Contract) -> bool:  # noqa: ARG001 - a feature that every contract has
    """Every contract has what the fault breaks."""
    return True


@frozen(kw_only=True)
class Fault:
    """One lie: a contract misread, a collection spoilt, a request misheard, or an answer garbled."""

    name: str
    says: str
    """What the server does, in one sentence."""
    check: str
    """The check that must catch it."""
    level: str = "error"
    applies: Callable[[Contract], bool] = field(default=always, repr=False)
    """Whether the contract documents what the fault breaks, so that it could be seen."""
    misread: Callable[[Contract], Contract] | None = field(default=None, repr=False)
    spoil: Callable[[Contract, Dataset], Dataset] | None = field(default=None, repr=False)
    mishear: Callable[[Contract, Request], Request] | None = field(default=None, repr=False)
    garble: Callable[[Scene], Answer] | None = field(default=None, repr=False)
