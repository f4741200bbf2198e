"""The worked example of specs/README.md is true: its files, its commands, their output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.spec.load import own_specs
from conformance.tests.test_readme import steady

TEXT = (own_specs() / "README.md").read_text(encoding="utf-8").partition("## A sixth provider in an hour")[2]
FILES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [block.partition("\n") for block in re.findall(r"```console\n\$ conformance (.*?)```", TEXT, re.DOTALL)]


def lines(output: str) -> list[str]:
    """The lines of an output without what differs from run to run or grows with every check: held, skipped, sent."""
    counts = re.compile(r"^(acme_boxes +)\d+( +\d+ +\d+ +\d+ +)\d+( +\d+ +)\d+ .*")
    return [re.sub(r" +", " ", counts.sub(r"\1\2\3", steady(line))) for line in output.rstrip().splitlines()]


def answered(draft: str) -> str:
    """The draft with its extension replaced by the one that the README shows."""
    return re.sub(r"      x-conformance:\n.*?(?=components:)", lambda _: FILES[1], draft, flags=re.DOTALL)


def test_each_command_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands are run one after the other, as a contributor would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    Path("acme.yaml").write_text(FILES[0])
    codes = []

    for command, _, shown in COMMANDS:
        codes.append(main(command.split()))
        printed = capsys.readouterr().out
        assert lines(printed) == lines(shown)
        if command.startswith("new"):
            spec = Path("my-specs/acme_boxes.yaml")
            spec.write_text(answered(spec.read_text()))

    assert codes == [0, 0, 0]
