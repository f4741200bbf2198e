"""Answers to requests that are refused."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Refused
from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.values import Json
from conformance.spec.contract import Contract

_CREDENTIALS = ("missing-credentials", "wrong-credentials")


def refuse(contract: Contract, dataset: Dataset, refused: Refused) -> Answer:
    """The documented refusal, in the provider's own form."""
    return error(dataset, _status(contract, refused), message=str(refused), parameter=refused.parameter)


def _status(contract: Contract, refused: Refused) -> int:
    given = refused.given
    promise = contract.refusal(given) if given != "invalid-parameter" else None
    if promise is None and given not in _CREDENTIALS:
        promise = contract.refusal_of(refused.parameter)
    if promise is not None and promise.status[0].isdecimal():
        return int(promise.status[0])
    return 401 if given in _CREDENTIALS else 400


def error(
    dataset: Dataset, status: int, *, message: str, parameter: str = "", headers: Mapping[str, str] | None = None
) -> Answer:
    """An error of any status; one without a body of its own in the fixture says little."""
    body = dataset.errors.get(status, {"error": {"code": str(status), "message": "{message}"}})
    return Answer(status=status, body=_filled(body, message, parameter), headers=headers or {})


def _filled(part: Json, message: str, parameter: str) -> Json:
    if isinstance(part, str):
        return part.replace("{message}", message).replace("{parameter}", parameter)
    if isinstance(part, list):
        return [_filled(one, message, parameter) for one in part]
    if isinstance(part, dict):
        return {name: _filled(one, message, parameter) for name, one in part.items()}
    return part
