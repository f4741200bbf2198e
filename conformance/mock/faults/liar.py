"""A responder with one fault."""

from __future__ import annotations

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.answers.responder import Responder
from conformance.mock.collection.dataset import Dataset
from conformance.mock.faults.fault import Fault, Scene
from conformance.spec.contract import Contract


class Liar:
    """Answers as an honest responder would, except for the fault."""

    def __init__(self, contract: Contract, dataset: Dataset, fault: Fault, *, secret: str, turn: int = 0) -> None:
        self._contract = contract
        self._fault = fault
        self._turn = turn
        self._dataset = dataset
        read = contract if fault.misread is None or not fault.applies(contract) else fault.misread(contract)
        held = dataset if fault.spoil is None or not fault.applies(contract) else fault.spoil(contract, dataset)
        self._responder = Responder(read, held, secret=secret)

    def answer(self, request: Request) -> Answer:
        """The answer, with the lie where the contract has what it breaks."""
        if not self._fault.applies(self._contract):
            return self._responder.answer(request)
        heard = request if self._fault.mishear is None else self._fault.mishear(self._contract, request)
        answer = self._responder.answer(heard)
        self._turn += 1
        if self._fault.garble is None:
            return answer
        return self._fault.garble(
            Scene(
                contract=self._contract,
                request=request,
                answer=answer,
                dataset=self._dataset,
                turn=self._turn - 1,
                server=self._responder,
            )
        )
