"""The files of a package that the generator has no template for."""

from __future__ import annotations

from pathlib import Path

from openapi_python_client import Project

from generation.runtime import add_licence
from generation.view import View


def add_extras(project: Project, view: View, directory: Path) -> None:
    """Add the documented operation, the fast reader and the licence; take away what a package does not need."""
    package = directory / project.package_name
    for name in ("_fast", "_operation", "listing", "testing"):
        _render(project, f"{name}.py.jinja", package / f"{name}.py")
    if view.page is None:
        _render(project, "array_page.py.jinja", package / "models" / f"{_module(view.page_class)}.py")
    add_licence(directory)
    (package / "py.typed").write_bytes(b"")
    (directory / ".gitignore").unlink()


def _module(class_name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in class_name).lstrip("_")


def _render(project: Project, template: str, target: Path) -> None:
    target.write_text(project.env.get_template(template).render(), "utf-8", newline="\n")
