"""The generator's command: what it writes, refuses and notices."""

import re
from pathlib import Path

import pytest

from tests.answers import ROOT, STEMS
from tests.checkout import files, generate, make_checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one spec and its generated package."""
    assert generate(make_checkout(tmp_path, "browserbase_sessions")).returncode == 0
    return tmp_path


def test_generated_packages_are_fresh() -> None:
    """What stands in the repository is what the specs give."""
    done = generate(ROOT, "--check")

    assert (done.returncode, done.stdout) == (0, "")


def test_check_names_every_difference(checkout: Path) -> None:
    """A missing, a stale and an extra file, an empty directory, and the package of a spec that is gone, are each named."""
    package = checkout / "generated/browserbase_sessions"
    (package / "README.md").unlink()
    (package / "LICENSE").write_text("other")
    (package / "extra.txt").write_text("")
    (package / "empty/inner/__pycache__").mkdir(parents=True)
    (package / "browserbase_sessions/__pycache__").mkdir(exist_ok=True)
    (checkout / "generated/gone_sessions").mkdir()
    (checkout / "generated/gone_sessions/pyproject.toml").write_text("")

    done = generate(checkout, "--check")

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "generated/browserbase_sessions/LICENSE: stale",
        "generated/browserbase_sessions/README.md: missing",
        "generated/browserbase_sessions/empty/inner: extra",
        "generated/browserbase_sessions/extra.txt: extra",
        "generated/gone_sessions/pyproject.toml: extra",
    ]


def test_check_of_one_stem_names_an_empty_directory(checkout: Path) -> None:
    """A directory that generation would remove is not fresh."""
    (checkout / "generated/browserbase_sessions/empty").mkdir()

    done = generate(checkout, "--check", "browserbase_sessions")

    assert (done.returncode, done.stdout) == (1, "generated/browserbase_sessions/empty: extra\n")


def test_generation_removes_what_has_no_spec(checkout: Path) -> None:
    """A stale package does not survive a full generation, be it empty or not."""
    (checkout / "generated/gone_sessions").mkdir()

    assert generate(checkout, "--check").stdout == "generated/gone_sessions: extra\n"
    generate(checkout)

    assert sorted(path.name for path in (checkout / "generated").iterdir()) == ["README.md", "browserbase_sessions"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("openapi: 3.1.0", "openapi: [", ":4: not YAML"),
        ("operationId: list_sessions", "operationId: 7", ":19: no operationId"),
        ("schemas/Region'}", "schemas/Reign'}", ":123: #/components/schemas/Reign leads nowhere"),
        ("identity: /id", "identity: /uid", "no field 'uid'"),
        ("items: $response.body#", "items: sessions", ": items: 'sessions'"),
    ],
)
def test_a_broken_spec_changes_nothing(checkout: Path, old: str, new: str, told: str) -> None:
    """The error names file and line, the exit code is 2, and generated/ stays as it was."""
    before = files(checkout / "generated")
    spec = checkout / "specs/browserbase_sessions.yaml"
    spec.write_text(spec.read_text().replace(old, new, 1))

    done = generate(checkout)

    assert done.returncode == 2
    assert "browserbase_sessions.yaml:" in done.stderr
    assert told in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert files(checkout / "generated") == before


def test_an_unknown_stem_is_refused(checkout: Path) -> None:
    """The error says which stems there are."""
    done = generate(checkout, "nobody_sessions")

    assert done.returncode == 2
    assert "browserbase_sessions" in done.stderr


@pytest.mark.parametrize("stem", STEMS)
def test_generated_files_say_so(stem: str) -> None:
    """Each generated file starts with a line that says from which spec it came."""
    package = ROOT / "generated" / stem
    unmarked = {
        path.name
        for path in package.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and f"specs/{stem}.yaml (sha256 " not in path.read_text().split("\n")[0]
    }

    assert unmarked == {"LICENSE", "py.typed"}


def test_values_that_differ_in_case_alone_are_members_of_their_own(checkout: Path) -> None:
    """No value is lost, and the one that was documented first keeps its name."""
    spec = checkout / "specs/browserbase_sessions.yaml"
    spec.write_text(
        spec.read_text().replace("TIMED_OUT, COMPLETED]", "TIMED_OUT, COMPLETED, Completed, timed-out, completed]")
    )

    done = generate(checkout)

    assert done.returncode == 0, done.stderr
    (enum,) = [each for each in (checkout / "generated").rglob("*status.py") if "StrEnum" in each.read_text()]
    members = dict(re.findall(r'^    (\w+) = "(.+)"$', enum.read_text(), re.MULTILINE))
    assert members["COMPLETED"] == "COMPLETED"
    assert members["COMPLETED_2"] == "Completed"
    assert members["COMPLETED_3"] == "completed"
    assert members["TIMED_OUT_2"] == "timed-out"


def test_an_operation_with_a_mere_summary_is_a_sentence(checkout: Path) -> None:
    """OpenAPI's summaries end without a full stop; the package's README and docstrings do not run on."""
    spec = checkout / "specs/browserbase_sessions.yaml"
    spec.write_text(re.sub(r"\n      description: .*(\n        .*)*", "", spec.read_text(), count=1))

    done = generate(checkout)

    assert done.returncode == 0, done.stderr
    readme = (checkout / "generated/browserbase_sessions/README.md").read_text()
    assert "\nList sessions. A typed client for" in readme
