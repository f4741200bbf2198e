"""`help()` is enough to use a package: everything public says what it is."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.answers import ROOT, STEMS, known


def modules(stem: str) -> list[ModuleType]:
    package = importlib.import_module(stem)
    below = pkgutil.walk_packages(package.__path__, f"{stem}.")
    return [package, *(importlib.import_module(each.name) for each in below)]


def public(stem: str) -> Iterator[tuple[str, str | None]]:
    """Give the public modules, classes, functions and methods, each with its docstring."""
    for module in modules(stem):
        yield module.__name__, module.__doc__
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
                continue
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{module.__name__}.{name}", thing.__doc__
            if inspect.isclass(thing):
                yield from methods(f"{module.__name__}.{name}", thing)


def methods(name: str, thing: type) -> Iterator[tuple[str, str | None]]:
    for key, value in vars(thing).items():
        method = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if not key.startswith("_") and inspect.isfunction(method):
            yield f"{name}.{key}", method.__doc__


@pytest.mark.parametrize("stem", [*STEMS, "listing_runtime"])
def test_everything_public_has_a_docstring(stem: str) -> None:
    """Modules, classes, functions, methods and properties; a docstring is a sentence."""
    found = dict(public(stem))

    assert len(found) > 20
    assert [name for name, text in found.items() if not (text or "").strip().split("\n")[0].endswith(".")] == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_field_of_a_model_is_described(stem: str) -> None:
    """The class's docstring names each attribute with its type, and says of it all that the spec says."""
    models = importlib.import_module(f"{stem}.models")
    spec, _ = documented_operation(stem)
    for name in models.__all__:
        model: Any = getattr(models, name)
        if hasattr(model, "__attrs_attrs__"):
            text = inspect.getdoc(model) or ""
            assert [each.name for each in model.__attrs_attrs__ if f"\n    {each.name} (" not in text] == []
            described = spec["components"]["schemas"].get(name, {}).get("properties", {}).values()
            words = " ".join(text.split())
            assert [each for each in described if " ".join(each.get("description", "").split()) not in words] == []


def documented_operation(stem: str) -> tuple[Any, Any]:
    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    return spec, next(iter(spec["paths"].values()))["get"]


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
@pytest.mark.parametrize("stem", STEMS)
def test_help_is_enough_to_call(stem: str, kind: str) -> None:
    """Every argument, what values it takes, every documented refusal, and the page that says so."""
    spec, documented = documented_operation(stem)
    method = getattr(getattr(importlib.import_module(stem), kind), documented["operationId"])
    text = inspect.getdoc(method) or ""
    words = " ".join(text.split())

    arguments = [name for name in inspect.signature(method).parameters if name != "self"]
    assert [name for name in arguments if f"\n    {name}: " not in text] == []
    for parameter in documented["parameters"]:
        schema = parameter["schema"]
        schema = schema.get("items", schema)
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        assert " ".join(parameter.get("description", "").split()) in words
        assert ", ".join(schema.get("enum", ())) in words
        if "default" in schema:
            default = schema["default"]
            told = str(default).lower() if isinstance(default, bool) else default
            assert f"The server's default is {told}." in words
    assert re.findall(r"\n        (\d\w\w): ", text) == [each for each in documented["responses"] if each != "200"]
    assert documented["x-conformance"]["source"]["document"] in text


@pytest.mark.parametrize("stem", STEMS)
def test_a_clients_settings_are_described(stem: str) -> None:
    """Every one of them, with the variable of the credential and the default server."""
    package = importlib.import_module(stem)
    operation = known(stem)
    for kind in (package.Client, package.AsyncClient):
        text = inspect.getdoc(kind) or ""

        assert [name for name in inspect.signature(kind).parameters if f"\n    {name}: " not in text] == []
        assert operation.scheme is None or str(operation.scheme.variable) in text
        assert operation.server in text
