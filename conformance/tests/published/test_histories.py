"""The class of a difference is what it does to a client of the version before."""

from __future__ import annotations

import importlib
import json
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from conformance.draft.draft import draft
from conformance.draft.fixture import fixture
from conformance.draft.from_document import of_document
from conformance.draft.sample import Sampler
from conformance.draft.yaml_text import as_yaml
from conformance.mock.answers.responder import Responder
from conformance.mock.collection.dataset import load_dataset
from conformance.published.comparison import compare
from conformance.published.document import parse
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.load import contract_of, own_specs
from conformance.tests.draft.kinds import Json
from conformance.tests.draft.test_round_trip import answered
from conformance.tests.published.histories import CHANGES, first
from conformance.tests.published.old_client import CLASSES, Oracle

SEEDS = range(6)


def chance(seed: object) -> random.Random:
    """Choices that are the same in every run."""
    return random.Random(str(seed))  # noqa: S311 - no secret


def spec_of(document: Json, stem: str, directory: Path) -> Contract:
    """The contract that is drafted of a document, its files in a directory."""
    source = of_document(parse("acme.json", json.dumps(document).encode()), "/boxes")
    text = answered(as_yaml(draft(stem, source, "2026-11-27")))
    (directory / "specs").mkdir(exist_ok=True)
    (directory / "specs" / f"{stem}.yaml").write_text(text)
    (directory / f"{stem}.json").write_text(fixture(source))
    return contract_of(Document.parse(text, name=f"{stem}.yaml"), stem)


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, ModuleType]]:
    """A client of the first version of each history."""
    root = tmp_path_factory.mktemp("histories")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(own_specs().parent / name, root / name)
    for seed in SEEDS:
        spec_of(first(chance(seed)), f"history{seed}_boxes", root)
    assert importlib.import_module("generate").main([], root) == 0
    paths = [str(root / "generated" / f"history{seed}_boxes") for seed in SEEDS]
    sys.path[:0] = paths
    yield {seed: importlib.import_module(f"history{seed}_boxes") for seed in SEEDS}
    del sys.path[: len(paths)]


def classes(seed: int, name: str, round_: int, client: ModuleType, directory: Path) -> tuple[str, str] | None:
    """What the client makes of a change, and what the comparison says; None where nothing can change so."""
    old, new = first(chance(seed)), first(chance(seed))
    if not CHANGES[name](new, chance(f"{name} {round_}")):
        return None
    before, after = spec_of(old, "history_boxes", directory), spec_of(new, "changed_boxes", directory)
    drifts = (compare(before, parse("acme.json", json.dumps(new).encode())).drifts or {}).values()
    dataset = load_dataset(after, items=5, seed=1, fixtures=directory)
    known = dict(before.item_schema)
    known["gone"] = [one for one in known["properties"] if one not in after.item_schema["properties"]]
    oracle = Oracle(client, known)
    sampler = Sampler(after.document["components"]["schemas"])
    parameters = [{"name": one.name} for one in after.parameters]
    worst = oracle.worst(sampler, dict(after.item_schema), Responder(after, dataset, secret="k"), parameters)
    return worst, max(["additive", *drifts], key=CLASSES.index)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_the_class_of_what_it_does(name: str, clients: dict[int, ModuleType], tmp_path: Path) -> None:
    """The client of the version before reads answers of the new one, and asks it: that is the class."""
    found = [classes(seed, name, 0, clients[seed], tmp_path) for seed in SEEDS[:3]]
    told = [one for one in found if one is not None]

    assert [diff for _, diff in told] == [truth for truth, _ in told]


@pytest.mark.exhaustive
def test_classes_agree(clients: dict[int, ModuleType], tmp_path: Path) -> None:
    """In 99 of 100 changes."""
    rounds = [(seed, name, count) for seed in SEEDS for name in CHANGES for count in range(6)]
    found = [(seed, name, count, classes(seed, name, count, clients[seed], tmp_path)) for seed, name, count in rounds]
    told = [row for row in found if row[3] is not None]
    wrong = [row for row in told if row[3] is not None and row[3][0] != row[3][1]]

    assert len(told) > 500
    assert len(wrong) <= len(told) / 100, wrong[:10]
