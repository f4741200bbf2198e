"""The package that all generated clients share: written once, from what stands in scripts/runtime."""

from __future__ import annotations

import ast
from pathlib import Path

SCRIPTS = Path(__file__).parents[1]
SOURCE = SCRIPTS / "runtime"
LICENSE = SCRIPTS.parent / "LICENSE"
PACKAGE = "listing_runtime"
HTTP, MSGSPEC = "httpx>=0.27,<0.29", "msgspec>=0.19"
"""What clients and runtime need alike."""

_PYPROJECT = """\
[project]
name = "listing-runtime"
version = "{version}"
description = "What the generated clients have in common: calls, pages, errors, recordings."
readme = "README.md"
requires-python = ">=3.11"
license = "MIT"
license-files = ["LICENSE"]
dependencies = [
    "anyio>=4",
    "{http}",
    "{msgspec}",
]

[project.entry-points.pytest11]
listing_runtime = "listing_runtime.testing.plugin"

[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""


def version() -> str:
    """Give the runtime's version, which every client asks for exactly."""
    return str(_constant("__init__", "__version__"))


def exported(module: str) -> list[str]:
    """Give the public names of one of its modules, which a client has under the same module."""
    return list(_constant(module, "__all__"))


def _constant(module: str, name: str) -> str | list[str]:
    # Read, not imported: the runtime need not be installed where clients are generated.
    for node in ast.parse((SOURCE / f"{module}.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == name for each in node.targets
        ):
            found: str | list[str] = ast.literal_eval(node.value)
            return found
    raise LookupError(f"scripts/runtime/{module}.py has no {name}")


def write_runtime(directory: Path) -> None:
    """Write the distribution into a directory that is not there yet."""
    directory.mkdir()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".py", ".md"}:
            place = path.relative_to(SOURCE)
            target = directory / place if path.suffix == ".md" else directory / PACKAGE / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text("utf-8"), "utf-8", newline="\n")
    settings = _PYPROJECT.format(version=version(), http=HTTP, msgspec=MSGSPEC, package=PACKAGE)
    (directory / "pyproject.toml").write_text(settings, "utf-8", newline="\n")
    add_licence(directory)
    (directory / PACKAGE / "py.typed").write_bytes(b"")


def add_licence(directory: Path) -> None:
    """Put the licence of this repository into a distribution."""
    (directory / "LICENSE").write_bytes(LICENSE.read_bytes().replace(b"\r\n", b"\n"))
