"""A grown collection keeps every promise of its contract and shows all that it may show."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.errors import SpecError
from conformance.mock.collection import fixture
from conformance.mock.collection.dataset import Dataset, load_dataset
from conformance.mock.collection.fixture import validator
from conformance.mock.collection.invariants import holds
from conformance.spec.contract import Contract


def test_every_item_is_valid(contract: Contract, dataset: Dataset) -> None:
    """Items are valid for their schema and keep the invariants."""
    schema = validator(contract, contract.item_schema)

    assert [] == [error.message for entry in dataset.entries for error in schema.iter_errors(entry.value)]
    assert all(holds(invariant, entry.value) for invariant in contract.invariants for entry in dataset.entries)


def test_identities_are_unique(contract: Contract) -> None:
    """A thousand items have a thousand identities."""
    dataset = load_dataset(contract, items=1000, seed=3, fixtures=None)

    assert 1000 == len({contract.identity_of(entry.value) for entry in dataset.entries})


def test_a_seed_grows_the_same_collection(contract: Contract) -> None:
    """The same seed grows the same bytes, another seed others."""
    one, same, other = (load_dataset(contract, items=30, seed=seed, fixtures=None) for seed in (1, 1, 2))

    assert [entry.raw for entry in one.entries] == [entry.raw for entry in same.entries]
    assert [entry.raw for entry in one.entries] != [entry.raw for entry in other.entries]


def test_optional_fields_are_present_and_absent(contract: Contract, dataset: Dataset) -> None:
    """Every optional field is in some item and missing in another, unless it sorts or hides; enums show all values."""
    schema = contract.item_schema
    for name, part in schema["properties"].items():
        present = {name in entry.value for entry in dataset.entries}
        sorts = contract.order is not None and f"/{name}" in contract.order.by
        hides = any(known.any and known.field == f"/{name}" for known in contract.filters)
        assert {True} == present if sorts or hides or name in schema["required"] else {True, False} == present, name
        values = contract.resolve(part).get("enum", ())
        assert set(values) <= {entry.value.get(name) for entry in dataset.entries if values}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", ":1: "),
        ('{"items": []}', "[] has less than 1 item"),
        ('{"items": [{}],\n "vayr": {}}', "vayr"),
        ('{"items": [\n{"id": 1}]}', ":2: "),
    ],
)
def test_nonsense_is_an_error_with_its_line(contract: Contract, tmp_path: Path, content: str, message: str) -> None:
    """A fixture that makes no sense is a SpecError that names file and line."""
    path = tmp_path / f"{contract.stem}.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SpecError) as caught:
        load_dataset(contract, items=None, seed=1, fixtures=tmp_path)

    assert str(caught.value).startswith(f"{path}:")
    assert message in str(caught.value)
    assert caught.value.hint


def test_a_byte_order_mark_is_read(contract: Contract, tmp_path: Path) -> None:
    """Editors on Windows write one, and it says nothing."""
    text = (Path(fixture.__file__).parents[2] / "fixtures" / f"{contract.stem}.json").read_bytes()
    (tmp_path / f"{contract.stem}.json").write_bytes(b"\xef\xbb\xbf" + text)

    marked, plain = (load_dataset(contract, items=None, seed=1, fixtures=where) for where in (tmp_path, None))

    assert [entry.value for entry in marked.entries] == [entry.value for entry in plain.entries]
