"""Recordings of honest walks of 20 items a page, as a client that lists everything again and again would make them.

The listing moves: between two walks of 1,000 items 51 are new, and as many are gone. So no two of the first 20,000 bodies
are alike where pages are cut by number alone; a longer recording has them again and again, at later times.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlencode
import httpx
from attrs import evolve
from conformance.spec.load import load_contract, own_specs
from conformance.exchange import Exchange, Request
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.collection.order import Order
from conformance.mock.answers.request import Request as Asked
from conformance.mock.answers.responder import Responder
from conformance.mock.collection.values import Entry
from conformance.replay.recording.lines import line_of
from conformance.listing.visit import Visit

DISTINCT = 20_000
stem, wanted, added = sys.argv[1], int(sys.argv[2]), dict.fromkeys(sys.argv[3:], 1)
contract = load_contract(stem, own_specs())
listed, new, walks = (20, 1, 2000) if contract.paging is None else (1000, 51, 100)
query = {} if contract.limit is None else {contract.limit.parameter: 20}
secret = {name.lower(): value for name, value in contract.credentials[0].headers("test-token").items()}
order, when = Order.of(contract), datetime(2026, 5, 7, tzinfo=UTC)


class Asking:
    def __init__(self, dataset):
        self.mock = Responder(contract, dataset, secret="test-token")

    def send(self, query):
        answer = self.mock.answer(Asked("GET", contract.path, tuple(query), secret))
        length = {"content-type": "application/json", "content-length": str(len(answer.raw))}
        url = contract.server + contract.path + ("?" + urlencode(query) if query else "")
        headers = httpx.Headers(length | dict(answer.headers))
        return Exchange(Request("GET", url, ()), answer.status, headers, answer.raw, 0.02, tuple(query))


def pages():
    for seed in count(1):
        pool = load_dataset(contract, items=listed + new * walks, seed=seed, fixtures=None)
        entries = [Entry.of({**one.value, **added}, one.owners) for one in order.sort(pool.entries)]
        for first in range(0, new * walks, new):
            yield from Visit(contract, Asking(evolve(pool, entries=tuple(entries[first : first + listed])))).walk(query)


lines, walked = [], pages()
for number in range(wanted):
    if number < DISTINCT:
        before, mark, after = line_of(next(walked).exchange, now=when).partition(b'"started":"')
        lines.append((before + mark, after.partition(b'"')[2]))
    before, after = lines[number % DISTINCT]
    started = when + timedelta(seconds=0.05 * number)
    sys.stdout.buffer.write(before + started.isoformat().encode() + b'"' + after)
"""


def writing(stem: str, count: int, *added: str) -> list[str]:
    """The command that writes so many exchanges to standard output; each item has an undocumented field `added`."""
    return [sys.executable, "-c", PROGRAM, stem, str(count), *added]


def recorded(directory: Path, stem: str, count: int, *added: str) -> Path:
    """A file of so many exchanges."""
    path = directory / f"{stem}-{'-'.join([str(count), *added])}.jsonl"
    with path.open("wb") as file:
        subprocess.run(writing(stem, count, *added), stdout=file, check=True)
    return path
