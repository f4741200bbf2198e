"""The README of each package: its sections are there, and every line of its Python runs."""

import functools
import importlib
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.answers import ROOT, STEMS, identity, known, listing, rows

COUNT = 45


def readme(stem: str) -> str:
    return (ROOT / "generated" / stem / "README.md").read_text("utf-8")


@pytest.mark.parametrize("stem", STEMS)
def test_the_sections_are_there(stem: str) -> None:
    """Install, use, errors, recording, testing."""
    sections = ["Install", "Use", "Errors", "Recording", "Testing"]
    assert re.findall("^## (.*)$", readme(stem), re.MULTILINE) == sections


@pytest.fixture
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A pretended server behind every client that is made, with items of that stem; credentials are set."""
    stem: str = request.param
    operation = known(stem)
    package: Any = importlib.import_module(stem)
    served = package.testing.server(rows(stem, COUNT), page_size=20)
    if operation.scheme and operation.scheme.variable:
        monkeypatch.setenv(operation.scheme.variable, "t0ken")

    def answer(asked: httpx.Request) -> httpx.Response:
        answered: httpx.Response = served.answer(asked)
        return answered

    for kind in ("Client", "AsyncClient"):
        made = functools.partial(getattr(httpx, kind), transport=httpx.MockTransport(answer))
        monkeypatch.setattr(httpx, kind, made)
    return stem


@pytest.mark.parametrize("server", STEMS, indirect=True)
def test_its_code_runs(
    server: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As printed: sync, async, errors, a recording, and a user's test."""
    monkeypatch.chdir(tmp_path)
    first, second, third, fourth, fifth = re.findall("```python\n(.*?)```", readme(server), re.DOTALL)
    listed = listing(importlib.import_module(server).testing.client(rows(server, COUNT)), server)
    identities = [str(item.to_dict()[identity(server)]) for item in listed]
    assert len(identities) > COUNT / 2
    paged = 20 if known(server).links else len(identities)

    assert printed(first, capsys)[:-1] == identities
    assert printed(first, capsys)[-1].startswith(f"{paged} 200 0.")
    assert printed(second, capsys) == identities
    assert printed(third, capsys) == [f"{paged} items, 0 set aside because they are not as documented"]
    assert printed(fourth, capsys) == [f"{len(identities)} items"]
    counted = any(each.style in {"page-number", "offset"} for each in known(server).links.values())
    pages = -(-len(identities) // paged) + counted  # counting ends with an empty page
    assert len((tmp_path / "traffic.jsonl").read_bytes().splitlines()) == pages
    assert printed(f"{fifth}\ntest_identities()\nprint('passed')", capsys) == ["passed"]


def printed(code: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    namespace: dict[str, Any] = {"__name__": "readme"}
    exec(compile(code, "README.md", "exec"), namespace)  # noqa: S102 - our own README
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("stem", STEMS)
def test_its_item_is_what_the_documentation_describes(stem: str) -> None:
    """The example's item reads and is given back."""
    (block,) = re.findall("ITEM = (.*?)\n\n", readme(stem), re.DOTALL)
    item = eval(block)  # noqa: S307 - our own README
    model = importlib.import_module(f"{stem}._fast").PAGE.__item__().model

    assert json.dumps(model.from_dict(item).to_dict()) == json.dumps(item)
