"""Who calls an operation that has a successor is told of it: once, by name, in README and docstring too."""

import importlib
import inspect
import warnings
from pathlib import Path

import pytest
from listing_runtime import superseded

from tests.answers import ROOT, STEMS, known, listing

OLD = [stem for stem in STEMS if known(stem).successor]


@pytest.mark.parametrize("stem", OLD)
def test_the_first_call_warns(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A DeprecationWarning names the successor, at the line of the caller, and does not come again."""
    monkeypatch.setattr(superseded, "_TOLD", set[str]())
    client = importlib.import_module(stem).Client("t0ken")

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        listing(client, stem)
        listing(client, stem)

    assert [one.category for one in seen] == [DeprecationWarning]
    assert known(stem).successor in str(seen[0].message)
    assert Path(seen[0].filename).name == "answers.py"


@pytest.mark.parametrize("stem", STEMS)
def test_one_warning_serves_both_clients(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sync or async, a package says once in a process since when, by what and according to whom; the others nothing."""
    monkeypatch.setattr(superseded, "_TOLD", set[str]())
    module, operation = importlib.import_module(stem), known(stem)

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        for kind in (module.Client, module.AsyncClient):
            listing(kind("t0ken"), stem)

    told = f"{stem}: {operation.method} {operation.path}: {operation.superseded}"
    assert [str(one.message) for one in seen] == ([told] if operation.superseded else [])


@pytest.mark.parametrize("stem", STEMS)
def test_readme_and_docstring_say_so(stem: str) -> None:
    """Both name the successor where there is one, and neither speaks of one where there is none."""
    module, operation = importlib.import_module(stem), known(stem)
    texts = [
        (ROOT / "generated" / stem / "README.md").read_text(),
        *(inspect.getdoc(getattr(kind, operation.name)) or "" for kind in (module.Client, module.AsyncClient)),
    ]

    for text in texts:
        assert ("Superseded" in text) is bool(operation.successor)
        assert operation.successor in text


@pytest.mark.parametrize("stem", STEMS)
def test_a_readme_promises_pages_where_there_are_any(stem: str) -> None:
    """An operation without paging walks no pages."""
    text = (ROOT / "generated" / stem / "README.md").read_text()

    assert ("walks every page" in text) is bool(known(stem).links)
