"""A package that changed since the last release needs another version."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from versions import main

Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A repository with the suite and one client, released."""

    def run(*arguments: str) -> None:
        settings = ["-c", "user.name=someone", "-c", "user.email=someone@example.invalid"]
        subprocess.run(
            [shutil.which("git") or "git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    for name, place in (("suite", "."), ("one-things", "generated/one_things")):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "1"\n')
    for path in ("conformance/a.py", "conformance/tests/b.py", "generated/one_things/c.py", "specs/one_things.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("1\n")
    run("init", "--quiet")
    run("add", "-A")
    run("commit", "--quiet", "-m", "first")
    run("tag", "v1")
    return run


@pytest.mark.parametrize(
    ("changed", "bumped", "told"),
    [
        (["conformance/a.py"], [], ["suite"]),
        (["specs/one_things.yaml", "generated/one_things/c.py"], [], ["suite", "one-things"]),
        (["generated/one_things/c.py"], ["generated/one_things"], []),
        (["conformance/tests/b.py"], [], []),
        ([], ["."], []),
    ],
)
def test_a_changed_package_needs_a_changed_version(  # noqa: PLR0913, PLR0917 - pytest's parameters
    changed: list[str], bumped: list[str], told: list[str], git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tests are in no package; what is named is what kept its version."""
    for path in changed:
        (tmp_path / path).write_text("2\n")
    for place in bumped:
        settings = tmp_path / place / "pyproject.toml"
        settings.write_text(settings.read_text().replace('version = "1"', 'version = "2"'))
    git("commit", "--quiet", "--allow-empty", "-am", "second")

    assert main(["--root", str(tmp_path)]) == bool(told)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == told


def test_before_the_first_release_there_is_nothing_to_compare(git: Git, tmp_path: Path) -> None:
    """No tag, no version to change."""
    git("tag", "--delete", "v1")

    assert main(["--root", str(tmp_path)]) == 0
