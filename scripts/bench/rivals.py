"""Other ways from the same bytes to objects: msgspec, pydantic, stock output, the vendors' packages."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import msgspec
import pydantic
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
Decoder: TypeAlias = Callable[[bytes], object]


def typed(stem: str) -> Iterator[tuple[str, Decoder]]:
    """Make msgspec and pydantic types from the spec's schema."""
    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    operation = next(iter(spec["paths"].values()))["get"]
    body = operation["responses"]["200"]["content"]["application/json"]["schema"]
    yield "msgspec Struct", msgspec.json.Decoder(_type(spec, body, _struct)).decode
    yield "pydantic validate_json", pydantic.TypeAdapter(_type(spec, body, _model)).validate_json


def _struct(name: str, fields: dict[str, tuple[Any, bool]]) -> Any:  # noqa: ANN401
    required = [(key, declared) for key, (declared, needed) in fields.items() if needed]
    optional = [(key, declared | None, None) for key, (declared, needed) in fields.items() if not needed]
    return msgspec.defstruct(name, required + optional)


def _model(name: str, fields: dict[str, tuple[Any, bool]]) -> Any:  # noqa: ANN401
    declared = {key: (kind, ...) if needed else (kind | None, None) for key, (kind, needed) in fields.items()}
    return pydantic.create_model(name, **declared)


def _type(  # noqa: PLR0911 - one for each form of schema
    spec: Any,  # noqa: ANN401
    schema: Any,  # noqa: ANN401
    make: Callable[[str, dict[str, tuple[Any, bool]]], Any],
    name: str = "Body",
) -> Any:  # noqa: ANN401
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _type(spec, spec["components"]["schemas"][name], make, name)
    if "anyOf" in schema:
        first, *_ = (each for each in schema["anyOf"] if each.get("type") != "null")
        return _type(spec, first, make) | None
    declared = schema.get("type")
    if isinstance(declared, list):
        return _type(spec, schema | {"type": next(each for each in declared if each != "null")}, make) | None
    if declared == "array":
        return list[_type(spec, schema["items"], make)]  # type: ignore[misc]
    if declared == "object" and "properties" in schema:
        needed = set(schema.get("required", ()))
        fields = schema["properties"].items()
        return make(name, {key: (_type(spec, each, make), key in needed) for key, each in fields})
    if schema.get("format") == "date-time":
        return Annotated[datetime, msgspec.Meta(tz=True)]
    return {"string": str, "integer": int, "boolean": bool, "object": dict[str, Any]}[declared]


def stock(stem: str, directory: Path) -> Decoder:
    """Generate stock openapi-python-client output, and decode as its functions do."""
    target = directory / f"stock_{stem}"
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    spec = ROOT / "specs" / f"{stem}.yaml"
    subprocess.run([*command, "--path", str(spec), "--output-path", str(target)], check=True, capture_output=True)
    sys.path.insert(0, str(directory))
    models = importlib.import_module(f"stock_{stem}.models")
    page = getattr(models, "SessionPage", None) or getattr(models, "SandboxPage", None)
    if page is not None:
        return lambda content: page.from_dict(json.loads(content))
    return lambda content: [models.Session.from_dict(row) for row in json.loads(content)]


def official(stem: str) -> Iterator[tuple[str, Decoder]]:
    """Decode with the vendors' own packages, as a call does; those that are not installed are left out."""
    with suppress(ImportError):
        if stem == "browserbase_sessions":
            yield "official browserbase", _browserbase()
        elif stem == "sandbase_sessions":
            yield "official anthropic", _anthropic()


def _browserbase() -> Decoder:
    from browserbase._models import construct_type
    from browserbase.types import SessionListResponse

    return lambda content: construct_type(type_=SessionListResponse, value=json.loads(content))


def _anthropic() -> Decoder:
    import anthropic
    import httpx2 as httpx

    box: list[bytes] = [b""]
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=box[0]))
    http = httpx.Client(transport=transport)
    client = anthropic.Anthropic(api_key="k", base_url="http://bench.invalid", http_client=http)

    def decode(content: bytes) -> object:
        box[0] = content
        return client.beta.sessions.list()

    return decode


def workspace() -> tempfile.TemporaryDirectory[str]:
    """Give a directory for stock output."""
    return tempfile.TemporaryDirectory(prefix="stock-")
