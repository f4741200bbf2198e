"""The queries that Schemathesis generates of a document: at the bounds of every schema, and at random."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation

from conformance.run.askable import askable
from conformance.run.draws import few
from conformance.spec.contract import Contract

AnyCase: TypeAlias = Case[Any]
AnyOperation: TypeAlias = APIOperation[Any, Any, Any, Any]
Modes: TypeAlias = tuple[GenerationMode, ...]
KEPT = 16
"""Operations whose queries are kept for the next run in this process, which asks the same."""
EXAMPLES = 25
"""Queries of each mode that are drawn at random."""


def generated(contract: Contract, start: int) -> tuple[AnyCase, ...]:
    """Good queries, and bad ones where a refusal is documented: a function of the document and the seed alone."""
    refuses = any(contract.refusal_of(one.name) for one in contract.parameters)
    modes = (GenerationMode.POSITIVE, *((GenerationMode.NEGATIVE,) if refuses else ()))
    return _generated(json.dumps(askable(contract)), contract.address, contract.method, modes, start)


@lru_cache(KEPT)
def _generated(document: str, address: str, method: str, modes: Modes, start: int) -> tuple[AnyCase, ...]:
    operation = _operation(document, address, method, start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = _at_the_bounds(operation, modes)
        for mode in modes:
            _draw(operation.as_strategy(generation_mode=mode), start, cases.append)
    return tuple(case for case in cases if case.method.upper() == method and case.formatted_path == address)


def _operation(document: str, address: str, method: str, start: int) -> AnyOperation:
    config = schemathesis.Config.from_dict(
        {
            "base-url": "http://127.0.0.1",
            "seed": start,
            "checks": {
                "enabled": False,
                "negative_data_rejection": {"enabled": True},
                "positive_data_acceptance": {"enabled": True},
            },
            "phases": {"coverage": {"unexpected-methods": []}},
            "generation": {"database": "none", "deterministic": False},
            "cache": {"enabled": False},
        }
    )
    logging.getLogger("schemathesis").setLevel(logging.ERROR)
    return schemathesis.openapi.from_dict(json.loads(document), config=config)[address][method]


def _at_the_bounds(operation: AnyOperation, modes: Modes) -> list[AnyCase]:
    generation = operation.schema.config.generation
    with few():
        return list(
            operation.schema.iter_coverage_cases(operation, generation_modes=list(modes), generation_config=generation)
        )


def _draw(strategy: SearchStrategy[AnyCase], start: int, take: Callable[[AnyCase], None]) -> None:
    @seed(start)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def drawn(case: AnyCase) -> None:
        take(case)

    drawn()
