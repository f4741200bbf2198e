"""The generator's command: what it writes, refuses and notices."""

import re
from difflib import ndiff
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

    left = sorted(path.name for path in (checkout / "generated").iterdir())
    assert left == ["README.md", "browserbase_sessions", "listing_runtime"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("openapi: 3.1.0", "openapi: [", ":4: not YAML"),
        ("operationId: list_sessions", "operationId: 7", ":19: no operationId"),
        ("schemas/Region'}", "schemas/Reign'}", ":133: #/components/schemas/Reign leads nowhere"),
        ("identity: /id", "identity: /uid", "no field 'uid'"),
        ("- BrowserbaseAuth: []", "- {BrowserbaseAuth: [], Team: []}", "security scheme 'Team' is not described"),
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


def test_what_clients_share_is_no_stem(checkout: Path) -> None:
    """A spec may not be called like the package that all clients need."""
    (checkout / "specs/browserbase_sessions.yaml").rename(checkout / "specs/listing_runtime.yaml")

    done = generate(checkout)

    assert done.returncode == 2
    assert "listing_runtime.yaml: not a package name" in done.stderr


@pytest.mark.parametrize("package", [*STEMS, "listing_runtime"])
def test_generated_files_say_so(package: str) -> None:
    """Each starts with a line that says what it was made from; one file of a client says from which text of its spec."""
    firsts = {
        path.name: path.read_text().split("\n")[0]
        for path in (ROOT / "generated" / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    origin = f"specs/{package}.yaml" if package in STEMS else "scripts/runtime"

    assert {name for name, first in firsts.items() if origin not in first} == {"LICENSE", "py.typed"}
    stamped = {"pyproject.toml"} if package in STEMS else set()
    assert {name for name, first in firsts.items() if "sha256" in first} == stamped


def test_a_new_value_of_an_enum_changes_the_lines_that_name_it(checkout: Path) -> None:
    """In the diff there is the member, the arguments' documentation, and one stamp."""
    spec, before = checkout / "specs/browserbase_sessions.yaml", files(checkout / "generated")
    spec.write_text(spec.read_text().replace("TIMED_OUT, COMPLETED]", "TIMED_OUT, COMPLETED, HIBERNATING]"))

    generate(checkout, "browserbase_sessions")

    after = files(checkout / "generated")
    changed = [line for path in after for line in ndiff(*(lines(each[path]) for each in (before, after)))]
    told = [line for line in changed if line.startswith(("+", "-"))]
    assert sorted(line[0] for line in told if "sha256" in line) == ["+", "-"]
    assert [line for line in told if line[0] == "+" and not re.search("HIBERNATING|sha256", line)] == []
    assert {path for path in after if after[path] != before[path]} == {
        "browserbase_sessions/pyproject.toml",
        "browserbase_sessions/browserbase_sessions/client.py",
        "browserbase_sessions/browserbase_sessions/models/session.py",  # the new one is final
        "browserbase_sessions/browserbase_sessions/models/session_status.py",
    }


def lines(content: bytes) -> list[str]:
    return content.decode().splitlines()


def test_one_stem_is_generated_with_all_that_it_needs(tmp_path: Path) -> None:
    """What clients share comes with the first of them, and the README names it; nothing is stale then."""
    checkout = make_checkout(tmp_path, "browserbase_sessions")

    done = generate(checkout, "browserbase_sessions")

    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "generated/browserbase_sessions",
        "generated/listing_runtime",
    ]
    assert generate(checkout, "--check").stdout == ""
    assert "[browserbase_sessions](browserbase_sessions/README.md)" in (checkout / "generated/README.md").read_text()


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
