"""The generator's command: what it writes, refuses and notices."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEMS = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))


def generate(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from pathlib import Path; import generate; sys.exit(generate.main(sys.argv[2:], Path(sys.argv[1])))"
    return subprocess.run(
        [sys.executable, "-c", code, str(root), *arguments],
        cwd=ROOT / "scripts",
        env={"PATH": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A checkout with one spec and its generated package."""
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs/browserbase_sessions.yaml", tmp_path / "specs")
    assert generate(tmp_path).returncode == 0
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_generated_packages_are_fresh() -> None:
    """What stands in the repository is what the specs give."""
    done = generate(ROOT, "--check")

    assert (done.returncode, done.stdout) == (0, "")


def test_output_is_byte_identical(checkout: Path) -> None:
    """Neither hash seed nor PATH nor an earlier run has an influence (row 16)."""
    first = files(checkout / "generated")
    generate(checkout, PYTHONHASHSEED="7")

    assert files(checkout / "generated") == first


def test_check_names_every_difference(checkout: Path) -> None:
    """A missing, a stale and an extra file, and the package of a spec that is gone, are each named."""
    package = checkout / "generated/browserbase_sessions"
    (package / "README.md").unlink()
    (package / "LICENSE").write_text("other")
    (package / "extra.txt").write_text("")
    (checkout / "generated/gone_sessions").mkdir()
    (checkout / "generated/gone_sessions/pyproject.toml").write_text("")

    done = generate(checkout, "--check")

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "generated/browserbase_sessions/LICENSE: stale",
        "generated/browserbase_sessions/README.md: missing",
        "generated/browserbase_sessions/extra.txt: extra",
        "generated/gone_sessions/pyproject.toml: extra",
    ]


def test_generation_removes_what_has_no_spec(checkout: Path) -> None:
    """A stale package does not survive a full generation (row 16)."""
    (checkout / "generated/gone_sessions").mkdir()

    generate(checkout)

    assert sorted(path.name for path in (checkout / "generated").iterdir()) == ["README.md", "browserbase_sessions"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("openapi: 3.1.0", "openapi: [", ":4: not YAML"),
        ("operationId: list_sessions", "operationId: 7", ":19: no operationId"),
        ("schemas/Region'}", "schemas/Reign'}", ":122: #/components/schemas/Reign leads nowhere"),
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


def test_a_version_that_pep_440_does_not_know_builds(checkout: Path) -> None:
    """`info.version` may be anything (row 16)."""
    spec = checkout / "specs/browserbase_sessions.yaml"
    spec.write_text(spec.read_text().replace("version: 1.0.0", "version: Spring_release!", 1))

    generate(checkout)

    assert 'version = "0+spring.release"' in (checkout / "generated/browserbase_sessions/pyproject.toml").read_text()


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
