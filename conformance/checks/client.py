"""The generated client, as production imports it, reads what the server sends."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import httpx

from conformance import pointer, schemas
from conformance.checks.base import Check, Family, exchange_check
from conformance.contract import Contract
from conformance.exchange import Exchange
from conformance.finding import Finding, Level

OK = 200
PLACEHOLDER = "unused"


def _needs_client(contract: Contract) -> str:
    try:
        importlib.import_module(contract.stem)
    except ImportError:
        return f"the package {contract.stem} is not installed (uv sync --all-packages installs it)"
    return ""


def _sees_success(_: Contract, exchange: Exchange) -> bool:
    return exchange.status == OK


@exchange_check("client-decodes", Family.CLIENT, needs=_needs_client, sees=_sees_success)
def client_decodes(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """The generated client reads every successful body."""
    error = decode_error(contract, exchange)
    if error is None:
        return
    response = contract.responses_for(OK)[0]
    place = getattr(error, "pointer", "")
    start = pointer.join(response.pointer, "content", next(iter(response.content)), "schema")
    yield Finding(
        check="client-decodes",
        level=Level.ERROR,
        pointer=schemas.spec_place(contract, start, place),
        says=f"the client {contract.stem}, made from the spec, reads what the operation answers",
        expected=f"the body decodes (expected {getattr(error, 'expected', 'the documented body')})",
        actual=f"{type(error).__name__}: {str(error)[:200]}",
        witness=(exchange,),
        place=f"{type(error).__name__} {schemas.general(place) if place.startswith('/') else ''}",
    )


def decode_error(contract: Contract, exchange: Exchange) -> Exception | None:
    """What the generated client raises when it is given this response; None where it reads it."""
    module = importlib.import_module(contract.stem)
    try:
        _decode(module, contract, exchange)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what production would see
        return error
    return None


def _decode(module: ModuleType, contract: Contract, exchange: Exchange) -> None:
    skipped = {"content-encoding", "content-length", "transfer-encoding"}
    headers = [(name, value) for name, value in exchange.headers.multi_items() if name.lower() not in skipped]

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(exchange.status, headers=headers, content=exchange.body)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
        client: Any = module.Client(
            token=PLACEHOLDER,
            base_url="http://replay.invalid",
            max_retries=0,
            http_client=http_client,
        )
        getattr(client, contract.operation_id)().first_page()


def quick_reader(contract: Contract) -> Callable[[bytes], bool] | None:
    """Whether the client's own fast decoder takes a body; what it leaves to the slow one, that one may refuse.

    None where the package is not installed, or has no such decoder.
    """
    try:
        decode = importlib.import_module(f"{contract.stem}._fast").decoder.decode
    except (ImportError, AttributeError):
        return None

    def reads(body: bytes) -> bool:
        try:
            decode(body)
        except (ValueError, RecursionError):
            return False
        return True

    return reads


CHECKS: tuple[Check, ...] = (client_decodes,)
