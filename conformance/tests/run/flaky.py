"""Servers that fail now and then, and servers that are replaced while they are asked."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from conformance.tests.runs import TOKEN

if TYPE_CHECKING:
    from conformance.result import Result
    from conformance.spec.contract import Contract

SHARE = 0.05
"""Of all requests, those that fail."""
JITTER = 0.002
"""Seconds by which an answer may be late."""
PAGE = b"<!doctype html><title>Bad gateway</title>"
Failure = Callable[[httpx.Request], httpx.Response]


def _reset(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("Connection reset by peer", request=request)


def _closed(request: httpx.Request) -> httpx.Response:
    raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)


def _answer(status: int, media: str, body: bytes) -> Failure:
    return lambda _: httpx.Response(status, headers={"content-type": media}, stream=httpx.ByteStream(body))


FAILURES: dict[str, Failure] = {
    "500": _answer(500, "application/json", b'{"error": "oops"}'),
    "502": _answer(502, "text/html", PAGE),
    "503": _answer(503, "text/plain", b""),
    "504": _answer(504, "text/plain", b"upstream timed out"),
    "login page": _answer(200, "text/html; charset=utf-8", PAGE),
    "firewall": _answer(403, "text/html", PAGE),
    "reset": _reset,
    "closed": _closed,
}
"""What may come in the place of an answer."""
Fails = Callable[[int], Failure | None]
"""By the number of a request, from 1, how it fails; None where it does not."""


class Unsteady(httpx.AsyncBaseTransport):
    """Asks applications in this process, one after the other; some requests fail."""

    def __init__(self, *servers: Any, fails: Fails, until: int = 0, jitter: Callable[[], float] = lambda: 0.0) -> None:
        from conformance.target.target import answered_by  # noqa: PLC0415 - nothing is loaded when tests are collected

        self._servers = [answered_by(server) for server in servers]
        self._fails, self._until, self._jitter = fails, until, jitter
        self._numbers = itertools.count(1)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the server that runs now, or what comes in its place."""
        number = next(self._numbers)
        await asyncio.sleep(self._jitter())
        failing = self._fails(number)
        server = self._servers[-1 if number > self._until else 0]
        return failing(request) if failing else await server.handle_async_request(request)


def at(numbers: set[int], failure: str) -> Fails:
    """Fails at the requests of these numbers."""
    return lambda number: FAILURES[failure] if number in numbers else None


def now_and_then(chance: random.Random) -> Fails:
    """Fails at a share of all requests, in any way."""
    return lambda _: FAILURES[chance.choice(list(FAILURES))] if chance.random() < SHARE else None


def run(contract: Contract, transport: Unsteady, *, seed: int = 1, generated: bool = False) -> Result:
    """Run every check, without the generated queries unless `generated`."""
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.checks.family import FUZZ  # noqa: PLC0415 - as above
    from conformance.job.destination import EMBEDDED  # noqa: PLC0415 - as above
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above
    from conformance.target.limits import Limits  # noqa: PLC0415 - as above
    from conformance.target.target import Target  # noqa: PLC0415 - as above

    @contextmanager
    def opened(observe: Any) -> Any:
        with Target(
            contract, EMBEDDED, secret=TOKEN, limits=Limits(), trusted=True, transport=transport, observe=observe
        ) as target:
            yield target

    selected = [check for check in checks.ALL if generated or check.family is not FUZZ]
    return run_operation(contract, Plan(checks=selected, seed=seed), opened)
