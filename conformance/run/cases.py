"""The cases that Schemathesis generates of a document, at the bounds of every schema and at random, and judges."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlsplit

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation

from conformance.exchange import Exchange
from conformance.run.draw import Draw, GeneratedQuery
from conformance.run.lean import lean

AnyCase: TypeAlias = Case[Any]
AnyOperation: TypeAlias = APIOperation[Any, Any, Any, Any]
KEPT = 16
"""Draws whose cases are kept for the next run in this process."""
EXAMPLES = 25
"""Cases of each mode that are drawn at random."""


@lru_cache(KEPT)
def cases(draw: Draw) -> tuple[AnyCase, ...]:
    """Good cases, and bad ones where the draw has them."""
    operation = _operation(draw)
    modes = (GenerationMode.POSITIVE, *((GenerationMode.NEGATIVE,) if draw.has_bad else ()))
    with warnings.catch_warnings(), lean():
        warnings.simplefilter("ignore")
        generation = operation.schema.config.generation
        made = list(
            operation.schema.iter_coverage_cases(operation, generation_modes=list(modes), generation_config=generation)
        )
        for mode in modes:
            _draw(operation.as_strategy(generation_mode=mode), draw.seed, made.append)
    return tuple(case for case in made if _is_of(draw, case))


def query(case: AnyCase) -> GeneratedQuery:
    """The query of a case, as a client encodes it."""
    prepared = case.as_transport_kwargs(base_url="http://127.0.0.1")
    url = str(httpx.Request("GET", prepared["url"], params=prepared.get("params") or None).url)
    pairs = tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    return GeneratedQuery(pairs, case.meta is not None and case.meta.generation.mode.is_positive)


def failures(draw: Draw, asked: GeneratedQuery, exchange: Exchange) -> list[str]:
    """The codes of what Schemathesis says of an answer to one of a draw's queries."""
    case = next(case for case in cases(draw) if query(case) == asked)
    response = httpx.Response(
        exchange.status,
        headers=[(name, value) for name, value in exchange.headers.multi_items() if name.lower() != "content-encoding"],
        content=exchange.body,
        request=httpx.Request("GET", exchange.request.url),
    )
    response.elapsed = timedelta(seconds=exchange.seconds)
    try:
        case.validate_response(response)
    except FailureGroup as group:
        return [getattr(failure, "code", "") for failure in group.exceptions]
    except Failure as failure:
        return [getattr(failure, "code", "")]
    return []


def _is_of(draw: Draw, case: AnyCase) -> bool:
    return case.meta is not None and case.method.upper() == draw.method and case.formatted_path == draw.address


def _operation(draw: Draw) -> AnyOperation:
    config = schemathesis.Config.from_dict(
        {
            "base-url": "http://127.0.0.1",
            "seed": draw.seed,
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
    return schemathesis.openapi.from_dict(json.loads(draw.document), config=config)[draw.address][draw.method]


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
