"""What the tests share: contracts, mocks, and named liars."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from conformance.cli.main import main
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.faults import fault_named
from conformance.mock.faults.fault import Fault
from conformance.mock.server import app, running
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs, stems_in

STEMS = stems_in(own_specs())
TOKEN = "test-token"


@frozen
class Answer:
    """What a server is about to say."""

    status: int
    headers: dict[str, str]
    body: bytes

    def with_json(self, change: Callable[[Any], Any]) -> Answer:
        """The answer with its JSON changed."""
        return evolve(self, body=json.dumps(change(json.loads(self.body))).encode())


Lie = Callable[[Request, Answer], Answer]


@pytest.fixture(params=STEMS)
def contract(request: pytest.FixtureRequest) -> Contract:
    """Each contract in turn."""
    return load_contract(request.param, own_specs())


@contextmanager
def mock(contract: Contract, *, items: int | None = None, fault: str = "", secret: str = TOKEN) -> Iterator[str]:
    """The mock of a contract, honest or with a named fault; gives its base URL."""
    dataset = load_dataset(contract, items=items, seed=1, fixtures=None)
    with running(app(contract, dataset, secret=secret, fault=fault_named(fault) if fault else None)) as url:
        yield url


@contextmanager
def liar(
    contract: Contract, lie: Lie, *, items: int | None = None, fault: Fault | None = None, fixtures: Path | None = None
) -> Iterator[str]:
    """The mock of a contract, honest or with a fault, whose answers pass through `lie`; gives its base URL."""
    dataset = load_dataset(contract, items=items, seed=1, fixtures=fixtures)
    honest = app(contract, dataset, secret=TOKEN, fault=fault)
    with running(Starlette(routes=[Route("/{path:path}", _lying(honest, lie))])) as url:
        yield url


def _lying(honest: Starlette, lie: Lie) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        answer = await _ask(honest, request)
        changed = lie(request, answer)
        headers = {name: value for name, value in changed.headers.items() if name != "content-length"}
        return Response(changed.body, changed.status, headers)

    return endpoint


async def _ask(honest: Starlette, request: Request) -> Answer:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await honest({**request.scope, "root_path": "", "path_params": {}}, request.receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


@frozen
class Ran:
    """What `conformance run` did."""

    code: int
    record: dict[str, Any]

    def ids(self, level: str = "") -> set[str]:
        """The checks with findings, of one level or of any."""
        return {
            finding["check"]
            for operation in self.record["operations"]
            for finding in operation["findings"]
            if level in {"", finding["level"]}
        }


@pytest.fixture
def run_on(tmp_path: Path) -> Callable[..., Ran]:
    """Run the command line on a server and read its report."""

    def run(stem: str, server: AbstractContextManager[str], *options: str) -> Ran:
        path = tmp_path / "report.json"
        with server as url:
            code = main(["run", stem, "--target", url, "--report", str(path), *options])
        return Ran(code, json.loads(path.read_text()))

    return run
