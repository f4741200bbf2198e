"""The blocks of a recording examined by the cores of this machine; whoever examines them, the sum is the same."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from attrs import frozen

from conformance.replay.examine import Examiner
from conformance.replay.recording.blocks import Block, Stretch
from conformance.replay.tally import Tally
from conformance.spec.load import load_contract, own_specs

AHEAD = 2
"""Blocks for each worker that are read before an answer is waited for: bounds memory."""


@frozen
class Work:
    """What to look for; small enough to be sent along with every block."""

    stem: str
    specs: str
    """Directory of the specs; empty for our own, wherever this runs."""
    checks: frozenset[str]
    servers: tuple[str, ...] = ()


def examine(work: Work, part: Block | Stretch) -> Tally:
    """What a block shows; a process makes what it needs for the work once."""
    examiner, block = _examiner(work), part.read()
    gc.disable()  # a block makes millions of objects and no cycles; looking for cycles would cost a tenth of the time
    try:
        return examiner.tally(block)
    finally:
        gc.enable()


@cache
def _examiner(work: Work) -> Examiner:
    contract = load_contract(work.stem, Path(work.specs) if work.specs else own_specs())
    return Examiner(contract, checks=work.checks, servers=work.servers)


def alone(work: Work, blocks: Iterable[Block | Stretch]) -> Tally:
    """The sum of all blocks, by this process."""
    return summed(examine(work, block) for block in blocks)


def among_cores(work: Work, blocks: Iterable[Block | Stretch], *, jobs: int) -> Tally:
    """The sum of all blocks, by so many processes."""
    if jobs == 1:
        return alone(work, blocks)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return summed(_in_turn(lambda block: pool.submit(examine, work, block), blocks, most=AHEAD * jobs))


def _in_turn(
    submit: Callable[[Block | Stretch], Future[Tally]], blocks: Iterable[Block | Stretch], *, most: int
) -> Iterator[Tally]:
    """The results, while no more than `most` blocks wait."""
    waiting: deque[Future[Tally]] = deque()
    for block in blocks:
        waiting.append(submit(block))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def summed(tallies: Iterable[Tally]) -> Tally:
    """The sum of what parts showed."""
    total = Tally()
    for tally in tallies:
        total |= tally
    return total
