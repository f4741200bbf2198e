"""The blocks of a recording examined by the machines of a Dask cluster; the optional dependency `cluster`."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conformance.errors import UsageError
from conformance.replay.cores import AHEAD, Work, examine, summed
from conformance.replay.recording.blocks import Block, Stretch
from conformance.replay.tallies import Tallies

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 10
"""Seconds in which a scheduler must answer."""


def among_machines(work: Work, blocks: Iterable[Block | Stretch], *, scheduler: str) -> Tallies:
    """The sum of all blocks, by the workers of a scheduler such as `tcp://host:8786`.

    Lines travel with the task, so workers need this package and the specs, and no shared files.
    """
    with _client(scheduler) as client:
        most = AHEAD * max(1, len(client.scheduler_info()["workers"]))
        return summed(_as_they_come(client, work, (block.read() for block in blocks), most=most))


def _client(scheduler: str) -> Client:
    try:
        connect = importlib.import_module("distributed").Client
    except ImportError:
        hint = "Install the extra: pip install 'sandbox-list-conformance[cluster]'."
        raise UsageError("--scheduler needs Dask, which is not installed", hint=hint) from None
    try:
        client: Client = connect(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        hint = "Start one with `dask scheduler`, or leave --scheduler out."
        raise UsageError(f"--scheduler {scheduler}: no Dask scheduler answers: {error}", hint=hint) from None
    return client


def _as_they_come(client: Client, work: Work, blocks: Iterable[Block], *, most: int) -> Iterator[Tallies]:
    """The results, while no more than `most` blocks are under way."""
    waiting: list[Future[Tallies]] = []
    for block in blocks:
        waiting.append(client.submit(examine, work, block, pure=False))
        if len(waiting) >= most:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()
