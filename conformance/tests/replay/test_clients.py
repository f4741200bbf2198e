"""What the generated clients record is replayed: production traffic judged without a request."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from conformance.replay.recording.lines import Entry, read
from conformance.replay.recording.secrets import Exchanges
from conformance.spec.contract import Contract
from conformance.tests.conftest import TOKEN, Ran, listening
from conformance.tests.replay.conftest import BEGAN
from conformance.tests.runs import CONTRACTS

Replay = Callable[..., Ran]


def list_all(contract: Contract, kind: str, url: str, path: Path, **arguments: Any) -> list[Any]:
    """What a generated client of either kind lists, recorded."""
    package = importlib.import_module(contract.stem)
    client = getattr(package, kind)(TOKEN, base_url=url, record=path)
    listing = getattr(client, contract.operation_id)(**arguments)
    if kind == "Client":
        with client:
            return list(listing)

    async def main() -> list[Any]:
        async with client:
            return [item async for item in listing]

    return asyncio.run(main())


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_honest_traffic_is_replayed_with_exit_0(contract: Contract, kind: str, tmp_path: Path, replay: Replay) -> None:
    """Every page of a walk is an exchange, nothing is ignored or unreadable, and all promises are held."""
    path = tmp_path / "traffic.jsonl"
    with listening(contract, items=60) as url:
        arguments = {contract.limit.parameter: 7} if contract.limit and contract.paging else {}
        listed = len(list_all(contract, kind, url, path, **arguments))
    ran = replay(contract.stem, path)
    told = ran.record["recording"]

    assert listed > 20
    assert ran.code == 0
    assert told["exchanges"] == len(path.read_bytes().splitlines())
    assert (told["ignored"], told["unreadable"]["count"]) == ({}, 0)
    assert TOKEN not in path.read_text()


def test_a_refusal_is_replayed_too(contract: Contract, tmp_path: Path, replay: Replay) -> None:
    """A refused credential is a documented answer: one exchange, no drift."""
    path = tmp_path / "traffic.jsonl"
    package = importlib.import_module(contract.stem)
    with listening(contract, secret="another-token") as url, pytest.raises(package.errors.APIStatusError):
        list_all(contract, "Client", url, path)
    ran = replay(contract.stem, path)

    assert [read(line).status for line in path.read_bytes().splitlines()] == [401]
    assert ran.ids() == set()
    assert ran.record["recording"]["exchanges"] == 1


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
@pytest.mark.parametrize(
    ("stem", "fault", "asked", "checks"),
    [
        ("vercel_sessions", "limit-ignored", {"limit": 5}, {"limit-respected"}),
        ("sandbase_sessions", "order-reversed", {}, {"order-holds", "lifecycle-current"}),
        ("browserbase_sessions", "equals-ignored", {"status": "RUNNING"}, {"filter-sound"}),
        ("vercel_sandboxes", "cursor-loops", {}, {"walk-ends", "lifecycle-current"}),
        ("instavm_sandboxes", "html-for-json", {}, {"content-type-documented", "json-strict", "client-decodes"}),
    ],
)
def test_a_fault_in_production_is_named(  # noqa: PLR0913, PLR0917 - one row of the table, and fixtures
    stem: str, fault: str, asked: dict[str, Any], checks: set[str], kind: str, tmp_path: Path, replay: Replay
) -> None:
    """Whether or not the client raises, the checks that the server breaks end the replay with exit 1."""
    path = tmp_path / "traffic.jsonl"
    errors = importlib.import_module(f"{stem}.errors")
    with listening(CONTRACTS[stem], fault=fault, items=60) as url, suppress(errors.APIError):
        list_all(CONTRACTS[stem], kind, url, path, **asked)
    ran = replay(stem, path)

    assert ran.code == 1
    assert ran.ids() == checks


def test_a_documented_header_called_like_a_secret_is_kept(contract: Contract) -> None:
    """A cursor in `X-Page-Token` leads on in a replay as well; an undocumented one is hidden."""
    documented = [evolve(one, headers={**one.headers, "X-Page-Token": {}}) for one in contract.responses]
    url = contract.server + contract.path
    entry = Entry(url=url, status=404, started=BEGAN, headers=[("X-Page-Token", "page-2")])

    def shown(known: Contract) -> str:
        return str(Exchanges(known).of(entry, b"").headers["x-page-token"])

    assert shown(evolve(contract, responses=tuple(documented))) == "page-2"
    assert shown(contract) == "[redacted]"
