"""A style of paging that cannot be followed is refused with file, line and hint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.tests.sixth.test_operations import SPECS

MISTAKES = {
    "a parameter that is none": ("grove_trees", "parameter: page, start", "parameter: pag, start", "'page'"),
    "a style that is none": ("heron_nests", "style: offset", "style: ofset", '"ofset" is not one of'),
    "numbers of pages whose size changes": ("grove_trees", "start: 1,", "start: 1, resized: true,", "by their size"),
    "numbers that know arguments": ("heron_nests", "style: offset,", "style: offset, changed: kept,", "no arguments"),
    "numbers that grow old": ("heron_nests", "style: offset,", "style: offset, lifetime: 60,", "of no time"),
    "a refusal beside a cursor that is not strict": (
        "cabin_boxes",
        "given: unknown-nextToken",
        "given: changed-nextToken",
        "refused when it is changed",
    ),
    "no parameter": ("heron_nests", "style: offset, parameter: offset", "style: offset", '"parameter" is a required'),
    "a number that is text": ("heron_nests", "parameter: offset, says", "parameter: tree, says", "is an integer"),
    "an end of counted pages": ("grove_trees", "start: 1,", "start: 1, ends: ['null'],", "'ends' does not belong"),
    "a header that is not documented": ("ferry_trips", "headers: {Link:", "headers: {Lin:", "no header 'Link'"),
    "a Link Object beside it": (
        "grove_trees",
        "description: A page of trees.\n",
        "description: A page.\n          links: {next_page: {operationId: list_trees}}\n",
        "paging is described twice",
    ),
    "neither style nor Link Object": ("grove_trees", "style: page-number, parameter: page, start: 1,", "", '"ends"'),
    "a form that is none": ("lagoon_boats", "range, unit: boats, counts: page", "rang, counts: page", "content-range"),
    "a unit of no range": (
        "lagoon_boats",
        "form: content-range, unit: boats, counts: page",
        "unit: x, counts: page",
        "form",
    ),
    "a range under a condition": (
        "lagoon_boats",
        "counts: matching, says",
        "counts: matching, where: {field: /berth, equals: north}, says",
        "a range counts under no condition",
    ),
    "a range that is a number": (
        "grove_trees",
        "/total, counts: matching",
        "/total, form: content-range, counts: matching",
        "content-range is text",
    ),
    "a start without a style": ("cabin_boxes", "paging: {", "paging: {start: 1, ", "'start' does not belong"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_it_is_exit_2_with_file_line_and_hint(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error says what is wrong, where, and what to do."""
    stem, old, new, words = MISTAKES[name]
    shutil.copytree(SPECS, tmp_path / "specs")
    path = tmp_path / "specs" / f"{stem}.yaml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))

    code = main(["run", stem, "--specs", str(path.parent)])

    printed = " ".join(capsys.readouterr().err.split())
    assert (code, f"{path}:" in printed.replace(" ", ""), "hint:" in printed) == (2, True, True)
    assert words in printed
