"""The files of a package that the generator has no template for."""

from __future__ import annotations

from pathlib import Path

from openapi_python_client import Project

from generation.view import View

SCRIPTS = Path(__file__).parents[1]
RUNTIME = SCRIPTS / "runtime"
LICENSE = SCRIPTS.parent / "LICENSE"


def add_extras(project: Project, view: View, directory: Path) -> None:
    """Add the runtime, the documented operation, and the licence; take away what a package does not need."""
    package = directory / project.package_name
    for module in sorted(RUNTIME.glob("*.py")):
        if module.name != "__init__.py":
            text = module.read_text("utf-8")
            (package / module.name).write_text(text, "utf-8", newline="\n")
    for name in ("_documented", "_fast", "testing"):
        _render(project, f"{name}.py.jinja", package / f"{name}.py")
    if view.page is None:
        _render(project, "array_page.py.jinja", package / "models" / f"{_module(view.page_class)}.py")
    (directory / "LICENSE").write_bytes(LICENSE.read_bytes().replace(b"\r\n", b"\n"))
    (package / "py.typed").write_bytes(b"")
    (directory / ".gitignore").unlink()


def _module(class_name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in class_name).lstrip("_")


def _render(project: Project, template: str, target: Path) -> None:
    target.write_text(project.env.get_template(template).render(), "utf-8", newline="\n")
