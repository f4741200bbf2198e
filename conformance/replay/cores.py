"""The blocks of a recording examined by the cores of this machine; whoever examines them, the sum is the same."""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path

from attrs import frozen

from conformance.replay.examine import Examiner, unread
from conformance.replay.recording.blocks import Block, Stretch
from conformance.replay.recording.shares import Sorter
from conformance.replay.tallies import Tallies
from conformance.replay.tally import MOST_SHOWN, Tally
from conformance.spec.carried import carrying
from conformance.spec.load import load_contract, own_specs

AHEAD = 2
"""Blocks for each worker that are read before an answer is waited for: bounds memory."""


@frozen
class Work:
    """What to look for; small enough to be sent along with every block."""

    stems: tuple[str, ...]
    specs: str
    """Directory of the specs; empty for our own, wherever this runs."""
    checks: frozenset[str]
    servers: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    """`NAME=VALUE`: what every request carries."""


def examine(work: Work, part: Block | Stretch) -> Tallies:
    """What a block shows; a process makes what it needs for the work once."""
    examiners, block = _examiners(work), part.read()
    gc.disable()  # a block makes millions of objects and no cycles; looking for cycles would cost a tenth of the time
    try:
        return _examined(examiners, block)
    finally:
        gc.enable()


def _examined(examiners: Mapping[str, Examiner], block: Block) -> Tallies:
    """What a block shows of one operation, or of several, whose lines are told apart first."""
    if len(examiners) == 1:
        return Tallies(Tally(lines=len(block.own)), {stem: one.tally(block) for stem, one in examiners.items()})
    shares = Sorter({stem: one.matching for stem, one in examiners.items()}).shares(block)
    unreadable = unread(block, shares.unreadable)
    rest = Tally(
        lines=len(block.own),
        ignored=shares.ignored,
        unreadable=unreadable[:MOST_SHOWN],
        unreadable_count=len(unreadable),
    )
    return Tallies(rest, {stem: examiners[stem].tally(share) for stem, share in shares.blocks.items()})


@cache
def _examiners(work: Work) -> Mapping[str, Examiner]:
    where = Path(work.specs) if work.specs else own_specs()
    contracts = carrying([load_contract(stem, where) for stem in work.stems], work.params, {})
    return {one.stem: Examiner(one, checks=work.checks, servers=work.servers) for one in contracts}


def alone(work: Work, blocks: Iterable[Block | Stretch]) -> Tallies:
    """The sum of all blocks, by this process."""
    return summed(examine(work, block) for block in blocks)


def among_cores(work: Work, blocks: Iterable[Block | Stretch], *, jobs: int) -> Tallies:
    """The sum of all blocks, by so many processes."""
    if jobs == 1:
        return alone(work, blocks)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
        return summed(_in_turn(lambda block: pool.submit(examine, work, block), blocks, most=AHEAD * jobs))


def end_with_parent() -> None:
    """Let this process end when the one that started it is gone, however that ended."""
    threading.Thread(target=_end, daemon=True).start()


def _end() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # whatever the process waits for


def _in_turn(
    submit: Callable[[Block | Stretch], Future[Tallies]], blocks: Iterable[Block | Stretch], *, most: int
) -> Iterator[Tallies]:
    """The results, while no more than `most` blocks wait."""
    waiting: deque[Future[Tallies]] = deque()
    for block in blocks:
        waiting.append(submit(block))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def summed(tallies: Iterable[Tallies]) -> Tallies:
    """The sum of what parts showed."""
    total = Tallies()
    for tally in tallies:
        total |= tally
    return total
