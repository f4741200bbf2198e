"""One passing failure is no drift: what a second look does not show again is at most a warning."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from starlette.requests import Request

from conformance.finding import Level
from conformance.result import Result
from conformance.tests.conftest import Answer, Lie, lying
from conformance.tests.run.flaky import FAILURES, JITTER, Unsteady, at, now_and_then, run
from conformance.tests.runs import CONTRACTS, STEMS, application

STEM = STEMS[0]
SEEDS = range(20)
LONG = 150
"""Requests after which a server was replaced, at the latest."""


def errors(result: Result) -> list[tuple[str, str]]:
    """The checks that found an error, and where."""
    return [(one.check, one.place) for one, _ in result.findings if one.level is Level.ERROR]


def held(result: Result) -> set[str]:
    """The checks that held."""
    return {one.check for one in result.outcomes if one.outcome == "held"}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_that_passes_is_at_most_a_warning(name: str) -> None:
    """Whichever request it meets: the first, a page of a walk, a refusal; every check is made all the same."""
    contract = CONTRACTS[STEM]
    honest = run(contract, Unsteady(application(contract), fails=at(set(), name)))
    flaky = run(contract, Unsteady(application(contract), fails=at({1, 5, 9, 13}, name)))

    said = {one.check for one, _ in flaky.findings}
    assert errors(flaky) == []
    assert said <= {"no-server-error", "lifecycle-current"}
    assert held(flaky) | said >= held(honest)
    assert (flaky.requests, "no-server-error" in said) == (honest.requests + 4, name not in {"reset", "closed"})


def once(check: Lie) -> Lie:
    """A lie that is told once for each query, the first time that it is asked."""
    asked: set[str] = set()

    def lie(request: Request, answer: Answer) -> Answer:
        query = str(request.url)
        changed = answer if query in asked else check(request, answer)
        asked.add(query)
        return changed

    return lie


ONCE = {
    "a refusal is a success": lambda answer: evolve(answer, status=200) if answer.status == 400 else answer,
    "a success is a refusal": lambda answer: evolve(answer, status=418) if answer.status == 200 else answer,
    "a body is cut": lambda answer: evolve(answer, body=answer.body[:-1]),
    "a body is empty": lambda answer: evolve(answer, body=b""),
    "a media type is wrong": lambda answer: evolve(answer, headers={**answer.headers, "content-type": "text/plain"}),
}
"""Single answers that are wrong, and right when the same is asked once more."""


@pytest.mark.parametrize("name", ONCE)
def test_a_single_answer_that_a_second_look_does_not_show_is_at_most_a_warning(name: str) -> None:
    """It is told with what the second look showed, generated queries included."""
    contract = CONTRACTS[STEM]
    server = lying(contract, once(lambda _, answer: ONCE[name](answer)))

    result = run(contract, Unsteady(server, fails=at(set(), "500")), generated=True)

    assert errors(result) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_that_fails_now_and_then_has_no_error(stem: str, seed: int) -> None:
    """One request in twenty fails, in any way, and answers are late; what could not be judged says so."""
    chance, contract = random.Random(seed), CONTRACTS[stem]  # noqa: S311 - no secret
    server = application(contract, seed=seed)

    result = run(
        contract,
        Unsteady(server, fails=now_and_then(chance), jitter=lambda: chance.random() * JITTER),
        seed=seed,
        generated=True,
    )

    assert errors(result) == []
    assert all(one.reason for one in result.outcomes if one.outcome in {"skipped", "errored"})


@pytest.mark.exhaustive
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_that_is_replaced_has_no_error(stem: str, seed: int) -> None:
    """Its new version keeps the same promises in another lawful way; for a moment none of the two answers."""
    from conformance.mock.readings import READINGS  # noqa: PLC0415 - nothing is loaded when tests are collected

    chance, contract = random.Random(seed), CONTRACTS[stem]  # noqa: S311 - no secret
    lawful = [name for name, one in READINGS.items() if one.applies(contract)]
    old, new = (application(contract, readings=tuple(chance.sample(lawful, 1))) for _ in range(2))
    moment = chance.randrange(2, LONG)

    result = run(
        contract,
        Unsteady(old, new, fails=at({moment}, chance.choice(["502", "reset", "503"])), until=moment),
        seed=seed,
        generated=True,
    )

    assert errors(result) == []
