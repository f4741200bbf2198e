"""`conformance propose --overlay`: the same changes for tools that know no spec of ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conformance.propose.overlay import overlay
from conformance.spec.document import Document
from conformance.spec.load import own_specs
from conformance.tests.propose.conftest import ENUM, SANDBOXES, SESSIONS, Proposed
from conformance.tests.propose.overlaid import overlaid

NAMES = st.sampled_from(["a", "b", "it's", "/v1/x", "a.b", "a\\b", "200", "ü", "", "$ref"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=4)


@given(before=DOCUMENTS, after=DOCUMENTS)
def test_it_makes_the_one_document_of_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Whatever changes, and whatever names are in it; nothing is done where nothing changes."""
    made = overlay(before, after, title="t", version="1", extends="x.yaml")

    assert overlaid(copy.deepcopy(before), made) == after
    assert bool(made["actions"]) == (before != after)


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_it_gives_what_write_gives(after: Callable[..., Proposed], tmp_path: Path, ending: str) -> None:
    """The file of a whole report, applied to the spec of that run."""
    propose, path = after(ENUM), tmp_path / f"overlay{ending}"
    spec = propose.specs / f"{SESSIONS}.yaml"
    before = spec.read_text()
    code, _, told = propose("--overlay", str(path), "--write")
    made = json.loads(path.read_text()) if ending == ".json" else yaml.safe_load(path.read_text())

    assert (code, told) == (0, f"{path}: an overlay of the same changes\n")
    assert (made["overlay"], made["extends"]) == ("1.0.0", f"{SESSIONS}.yaml")
    assert overlaid(content(before), made) == content(spec.read_text())


def test_each_spec_has_its_own(after: Callable[..., Proposed], tmp_path: Path) -> None:
    """An overlay extends one document, so that several have their stems in their names."""
    propose = after(ENUM, SESSIONS, SANDBOXES)
    propose("--overlay", str(tmp_path / "o.yaml"))

    assert sorted(path.name for path in tmp_path.glob("o*")) == [f"o.{SANDBOXES}.yaml", f"o.{SESSIONS}.yaml"]
    assert propose.files() == {path.name: path.read_bytes() for path in own_specs().iterdir() if path.is_file()}


def test_nothing_to_write_is_said(after: Callable[..., Proposed], tmp_path: Path) -> None:
    """What cannot be documented away has no overlay: exit 2, and no file."""
    propose, path = after("equals-ignored", checks=["--check", "filter-sound"]), tmp_path / "o.yaml"
    code, _, told = propose("--overlay", str(path))

    assert (code, path.exists()) == (2, False)
    assert "there is no change to write" in told


def content(text: str) -> Any:
    """What a spec says."""
    return copy.deepcopy(dict(Document.parse(text, name="x").content))
