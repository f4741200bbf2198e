"""A spec is right, or says where it is wrong."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.errors import SpecError
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs, read_contract


def test_every_promise_says_what_it_rests_on(contract: Contract) -> None:
    """Each promise is worded, and its pointer leads to its own line."""
    promises = [*contract.filters, *contract.counters, *contract.invariants, *contract.refusals]

    assert all(promise.says for promise in promises)
    assert len({promise.pointer for promise in promises}) == len(promises)
    assert all(contract.line(promise.pointer) > 1 for promise in promises)


MISTAKES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "unknown key": (
        "vercel_sessions",
        lambda text: text.replace("        identity: /id", "        idendity: /id"),
        "Did you mean 'identity'?",
    ),
    "a summary of nowhere": (
        "vercel_sessions",
        lambda text: text.replace(
            "        identity: /id\n", "        identity: /id\n        summary: {ended: /stopedAt}\n"
        ),
        "Did you mean '/stoppedAt'?",
    ),
    "unknown parameter": (
        "vercel_sessions",
        lambda text: text.replace("- parameter: name\n", "- parameter: nome\n"),
        "Did you mean 'name'?",
    ),
    "pointer to nowhere": (
        "vercel_sessions",
        lambda text: text.replace("field: /sourceSandboxName", "field: /sourceSandbox"),
        "Did you mean '/sourceSandboxName'?",
    ),
    "link to nowhere": (
        "sandbase_sessions",
        lambda text: text.replace(
            "              operationId: list_sessions\n", "              operationId: list_session\n"
        ),
        "link",
    ),
    "link sets an unknown parameter": (
        "sandbase_sessions",
        lambda text: text.replace("page: $response.body#/next_page", "pag: $response.body#/next_page"),
        "Did you mean 'page'?",
    ),
    "cursor from nowhere": (
        "sandbase_sessions",
        lambda text: text.replace("page: $response.body#/next_page", "page: $response.body#/next"),
        "no schema has $response.body#/next",
    ),
    "entries of an object": (
        "browserbase_sessions",
        lambda text: text.replace(
            "            relation: contains\n",
            "            relation: contains\n            entries: {key: /k, value: /v}\n",
        ),
        "entries goes with an array",
    ),
    "bad relation": (
        "sandbase_sessions",
        lambda text: text.replace("relation: at-least", "relation: atleast"),
        "x-conformance",
    ),
    "not OpenAPI": ("browserbase_sessions", lambda text: text.replace("          in: query\n", "", 1), "OpenAPI 3.1"),
    "a merge key": (
        "browserbase_sessions",
        lambda text: text.replace("info:\n", "x-info: &info {a: b}\ninfo:\n  <<: *info\n", 1),
        "Write out",
    ),
    "a path with a query": (
        "browserbase_sessions",
        lambda text: text.replace("  /v1/sessions:\n", "  /v1/sessions?status=RUNNING:\n", 1),
        "document it as one",
    ),
    "two caps": (
        "instavm_sandboxes",
        lambda text: text.replace(
            "          parameter: limit\n", "          parameter: limit\n          capped: 50\n", 1
        ),
        "capped at 50, but its maximum is 1000",
    ),
    "a direction that requires what chooses nothing": (
        "vercel_named_sandboxes",
        lambda text: text.replace("parameter: sortOrder\n", "parameter: sortOrder\n          requires: status\n", 1),
        "'status' chooses nothing here",
    ),
    "two ways to say a direction": (
        "vercel_named_sandboxes",
        lambda text: text.replace("parameter: sortBy\n", "parameter: sortBy\n            descending: slug\n", 1),
        "'sortOrder' and fields.descending both say a direction",
    ),
    "signs and suffixes": (
        "vercel_named_sandboxes",
        lambda text: text.replace(
            "parameter: sortBy\n",
            "parameter: sortBy\n            signed: true\n            suffix: {separator: ':', desc: desc}\n",
            1,
        ),
        "suffix",
    ),
    "a parameter of the other direction that is none": (
        "vercel_named_sandboxes",
        lambda text: text.replace("parameter: sortBy\n", "parameter: sortBy\n            descending: slugg\n", 1),
        "Did you mean 'slug'?",
    ),
    "several directions of one field": (
        "vercel_named_sandboxes",
        lambda text: text.replace(
            "schema: {$ref: '#/components/schemas/SortOrder'}", "schema: {type: array, items: {type: string}}", 1
        ),
        "takes several directions, and nothing takes several fields",
    ),
    "a cap of nothing": (
        "vercel_sandboxes",
        lambda text: text.replace(
            "          parameter: limit\n", "          parameter: limit\n          capped: true\n", 1
        ),
        "capped, but not at what",
    ),
    "not YAML": ("browserbase_sessions", lambda text: text.replace("info:", "info: {", 1), "Mend the YAML"),
    "a name twice": ("instavm_sandboxes", lambda text: text.replace("info:", "openapi: 3.1.0\ninfo:", 1), "YAML"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_exit_2_with_file_line_and_hint(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error names file and line, and a hint says what to do; nothing is run."""
    stem, change, words = MISTAKES[name]
    text = (own_specs() / f"{stem}.yaml").read_text()
    path = tmp_path / f"{stem}.yaml"
    path.write_text(change(text))
    assert path.read_text() != text

    code = main(["run", stem, "--specs", str(tmp_path)])

    errors = capsys.readouterr().err
    assert code == 2
    assert f"{path}:" in errors.replace("\n", "")
    assert "hint:" in errors
    assert words in " ".join(errors.split())


def test_the_line_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    """A typo in an extension is reported on the line where it stands."""
    path = tmp_path / "vercel_sessions.yaml"
    shutil.copy(own_specs() / path.name, path)
    lines = path.read_text().splitlines()
    number = next(index for index, line in enumerate(lines, 1) if "identity: /id" in line)
    path.write_text(path.read_text().replace("identity: /id", "idendity: /id"))

    with pytest.raises(SpecError) as caught:
        read_contract(path)

    assert f"{path.name}:{number}: " in str(caught.value)


def test_aliases_that_multiply_are_refused_in_time(tmp_path: Path) -> None:
    """Nine aliases of nine, nine times, are 400 million parts in 600 characters."""
    path, names = tmp_path / "acme_boxes.yaml", "abcdefghi"
    lines = [f"a: &a [{', '.join(['lol'] * 9)}]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    path.write_text("\n".join([*lines, "openapi: 3.1.0", ""]))
    began = time.process_time()

    with pytest.raises(SpecError, match=r"acme_boxes\.yaml:1: aliases stand for more than 50,000 parts"):
        read_contract(path)

    assert time.process_time() - began < 2
