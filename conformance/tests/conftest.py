"""What the tests share: contracts, mocks, and named liars."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, frozen

from conformance.spec.contract import Contract
from conformance.tests.in_process import answering, reached_without_sockets, specs_read_once
from conformance.tests.runs import CONTRACTS, KEPT, STEMS, TOKEN, application

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from conformance.mock.faults.fault import Fault
    from conformance.spec.credential import Secrets

__all__ = ["STEMS", "TOKEN"]


@frozen
class Answer:
    """What a server is about to say."""

    status: int
    headers: dict[str, str]
    body: bytes

    def with_json(self, change: Callable[[Any], Any]) -> Answer:
        """The answer with its JSON changed."""
        return evolve(self, body=json.dumps(change(json.loads(self.body))).encode())


Lie = Callable[["Request", Answer], Answer]


@pytest.fixture(params=STEMS)
def contract(request: pytest.FixtureRequest) -> Contract:
    """Each contract in turn."""
    return CONTRACTS[request.param]


@pytest.fixture(autouse=True, scope="session")
def _session(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[None]:
    """Servers of the tests answer in this process, and all processes of the session keep their runs in one place."""
    base = tmp_path_factory.getbasetemp()
    kept = (base.parent if hasattr(request.config, "workerinput") else base) / "runs"
    kept.mkdir(exist_ok=True)
    KEPT.append(kept)
    with reached_without_sockets(), specs_read_once():
        yield
    KEPT.clear()


@contextmanager
def mock(contract: Contract, *, items: int | None = None, fault: str = "", secret: Secrets = TOKEN) -> Iterator[str]:
    """The mock of a contract, honest or with a named fault; gives its base URL."""
    with answering(application(contract, items=items, fault=fault or None, secret=secret)) as url:
        yield url


@contextmanager
def listening(served: Starlette | Contract, **mock: Any) -> Iterator[str]:
    """The base URL of an application, or of the mock of a contract, at a socket, for clients that are not ours."""
    from conformance.mock.server import running  # noqa: PLC0415 - nothing is loaded when tests are collected

    with running(application(served, **mock) if isinstance(served, Contract) else served) as url:
        yield url


def lying(
    contract: Contract, lie: Lie, *, items: int | None = None, fault: Fault | None = None, fixtures: Path | None = None
) -> Starlette:
    """The mock of a contract, honest or with a fault, whose answers pass through `lie`."""
    from starlette.applications import Starlette  # noqa: PLC0415 - nothing is loaded when tests are collected
    from starlette.routing import Route  # noqa: PLC0415 - as above

    honest = application(contract, items=items, fault=fault, fixtures=fixtures)
    return Starlette(routes=[Route("/{path:path}", _lying(honest, lie))])


@contextmanager
def liar(contract: Contract, lie: Lie, **mock: Any) -> Iterator[str]:
    """The base URL of such a mock."""
    with answering(lying(contract, lie, **mock)) as url:
        yield url


def _lying(honest: Starlette, lie: Lie) -> Callable[[Request], Any]:
    from starlette.responses import Response  # noqa: PLC0415 - as above

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
        from conformance.cli.main import main  # noqa: PLC0415 - nothing is loaded when tests are collected

        path = tmp_path / "report.json"
        with server as url:
            code = main(["run", stem, "--target", url, "--report", str(path), *options])
        return Ran(code, json.loads(path.read_text()))

    return run
