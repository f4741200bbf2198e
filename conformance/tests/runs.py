"""Runs of the suite against the mock in this process: honest, lying, or in motion; each is made once and kept."""

from __future__ import annotations

import io
import pickle
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from attrs import evolve, frozen

from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs, stems_in

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from conformance.exchange import Exchange
    from conformance.mock.collection.dataset import Dataset
    from conformance.mock.faults.fault import Fault
    from conformance.mock.motion import Motion
    from conformance.result import Result
    from conformance.spec.credential import Secrets
    from conformance.target.limits import Limits
    from conformance.target.target import Target

TOKEN, OTHER_TOKEN = "test-token", "other-token"


class Contracts(Mapping[str, Contract]):
    """The contracts of a directory; each is read when it is first asked for, and never while tests are collected."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._read: dict[str, Contract] = {}

    def __getitem__(self, stem: str) -> Contract:
        if stem not in self._read:
            self._read[stem] = load_contract(stem, self.directory)
        return self._read[stem]

    def __iter__(self) -> Iterator[str]:
        return iter(stems_in(self.directory))

    def __len__(self) -> int:
        return len(stems_in(self.directory))


CONTRACTS = Contracts(own_specs())
STEMS = list(CONTRACTS)


def applicable(fault: str, contracts: Mapping[str, Contract] = CONTRACTS) -> list[str]:
    """The operations that document what a fault breaks."""
    from conformance.mock.faults import FAULTS  # noqa: PLC0415 - nothing is loaded when tests are collected

    return [stem for stem, contract in contracts.items() if FAULTS[fault].applies(contract)]


def one_of(stems: list[str], name: str) -> list[str]:
    """One operation, where one is enough: another for each name, so that all have their turn; none of none."""
    return [stems[crc32(name.encode()) % len(stems)]] if stems else []


def application(  # noqa: PLR0913 - what a mock can be told
    contract: Contract,
    *,
    items: int | None = None,
    seed: int = 1,
    fault: Fault | str | None = None,
    readings: Sequence[str] = (),
    motion: Motion | None = None,
    fixtures: Path | None = None,
    secret: Secrets = TOKEN,
    now: Callable[[], float] = time.time,
    other: Secrets = OTHER_TOKEN,
) -> Starlette:
    """The mock of a contract, honest, with a fault or the fault of a name, with readings, still or in motion."""
    from conformance.mock.faults import fault_named  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.mock.readings import READINGS  # noqa: PLC0415 - as above
    from conformance.mock.server import app  # noqa: PLC0415 - as above

    dataset = _dataset(contract, items, seed, fixtures)
    lie = fault_named(fault) if isinstance(fault, str) else fault
    taken = [READINGS[name] for name in readings]
    return app(contract, dataset, secret=secret, fault=lie, readings=taken, motion=motion, now=now, other=other)


_DATASETS: dict[tuple[str, int | None, int], Dataset] = {}
"""Those of our own operations, which never change; growing one takes a tenth of a run."""


def _dataset(contract: Contract, items: int | None, seed: int, fixtures: Path | None) -> Dataset:
    from conformance.mock.collection.dataset import load_dataset  # noqa: PLC0415 - as above

    if fixtures is not None or contract is not CONTRACTS.get(contract.stem):
        return load_dataset(contract, items=items, seed=seed, fixtures=fixtures)
    key = (contract.stem, items, seed)
    if key not in _DATASETS:
        _DATASETS[key] = load_dataset(contract, items=items, seed=seed, fixtures=None)
    return _DATASETS[key]


@frozen(kw_only=True)
class Asked:
    """A run, by what makes it differ from others."""

    fault: str | None = None
    readings: tuple[str, ...] = ()
    items: int | None = None
    seed: int = 1
    motion: Motion | None = None
    generated: bool = False
    fixtures: Path | None = None


def ran(contract: Contract, fault: str | None = None, *, limits: Limits | None = None, **asked: Any) -> Result:
    """Run every check, without the generated queries unless `generated`, against a mock; never the same twice."""
    what = Asked(fault=fault, **asked)
    own = what.fixtures is None and contract is CONTRACTS.get(contract.stem)
    return _kept(contract, what) if own and limits is None else _run(contract, what, limits)


def _run(contract: Contract, asked: Asked, limits: Limits | None = None) -> Result:
    from conformance import checks  # noqa: PLC0415 - nothing is loaded when tests are collected
    from conformance.checks.family import FUZZ  # noqa: PLC0415 - as above
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above
    from conformance.target.clock import ToldClock  # noqa: PLC0415 - as above
    from conformance.target.limits import Limits  # noqa: PLC0415 - as above

    clock = ToldClock()
    selected = [check for check in checks.ALL if asked.generated or check.family is not FUZZ]
    server = application(
        contract,
        items=asked.items,
        seed=asked.seed,
        fault=asked.fault,
        readings=asked.readings,
        motion=asked.motion,
        fixtures=asked.fixtures,
        now=clock.now,
    )
    plan = Plan(checks=selected, seed=1, store=KEPT[0] / "queries" if KEPT else None)
    return run_operation(contract, plan, opening(contract, server, evolve(limits or Limits(), clock=clock)))


def opening(
    contract: Contract, server: Starlette, limits: Limits | None = None
) -> Callable[[Callable[[Exchange], None]], Any]:
    """What opens a target on an application in this process."""
    from conformance.job.destination import EMBEDDED  # noqa: PLC0415 - as above
    from conformance.target.limits import Limits  # noqa: PLC0415 - as above
    from conformance.target.target import Target, answered_by  # noqa: PLC0415 - as above

    @contextmanager
    def opened(observe: Callable[[Exchange], None]) -> Iterator[Target]:
        with Target(
            contract,
            EMBEDDED,
            secret=TOKEN,
            others=dict.fromkeys((one.scheme for one in contract.credentials), OTHER_TOKEN),
            limits=limits or Limits(),
            trusted=True,
            transport=answered_by(server),
            observe=observe,
        ) as target:
            yield target

    return opened


KEPT: list[Path] = []
"""Where runs are kept while the tests last, for all their processes; the fixture of the session says it."""


def _kept(contract: Contract, asked: Asked) -> Result:
    """The run of this name: read where some process of this session made it, else made and written."""
    from filelock import FileLock  # noqa: PLC0415 - as above

    name = blake2b(repr((contract.stem, asked)).encode(), digest_size=12).hexdigest()
    path = KEPT[0] / f"{name}.pickle"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            path.write_bytes(_written(_run(contract, asked)))
        return _read(path.read_bytes())


class _Writer(pickle.Pickler):
    def persistent_id(self, obj: Any) -> str | None:
        """A contract is written by its stem, because each process has it."""
        return obj.stem if isinstance(obj, Contract) else None


class _Reader(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Any:
        """The contract of a stem."""
        return CONTRACTS[pid]


def _written(result: Result) -> bytes:
    written = io.BytesIO()
    _Writer(written, pickle.HIGHEST_PROTOCOL).dump(result)
    return written.getvalue()


def _read(written: bytes) -> Result:
    read: Result = _Reader(io.BytesIO(written)).load()
    return read


def drifted(result: Result) -> set[str]:
    """The checks with findings, without the note that the operation is superseded."""
    superseded = ("lifecycle-current", "")
    return {finding.check for finding, _ in result.findings if (finding.check, finding.place) != superseded}


def budget(requests: int) -> Limits:
    """Limits with a ceiling of requests."""
    from conformance.target.limits import Limits  # noqa: PLC0415 - as above

    return evolve(Limits(), requests=requests)
